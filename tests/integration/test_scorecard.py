"""The scorecard over the shipped library, with the real embedder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.agenda import Agenda
from coach.domain.answer import Answer
from coach.domain.brief import Brief
from coach.domain.guidance import Passage
from coach.errors import LibraryError
from evals import __main__ as scorecard
from evals import agendas, asking, coverage, retrieval, screening, topics, verification
from evals.cases import Part, retrieval_cases

HOLDS = agendas.AgendaReport(
    briefs=1,
    items=1,
    citations=1,
    questions=1,
    failed=(),
    minutes_off=(),
    citations_not_found=(),
    closed_questions=(),
    items_with_two_citations=1.0,
    p50_ms=1.0,
    p95_ms=1.0,
)


def _retrieval(difference: float) -> retrieval.Retrieval:
    means = {name: dict.fromkeys(retrieval.SYSTEMS, 0.5) for name in retrieval.MEASURES}
    found = retrieval.Difference(
        measure=retrieval.HIT, better_half=retrieval.DENSE, difference=difference, low=-1, high=1
    )
    whole = retrieval.Group(questions=2, means=means, differences=(found,))
    return retrieval.Retrieval(parts={retrieval.ALL: whole}, writers={"lead": whole})


@pytest.fixture
def measured(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scorecard whose suites are already measured, and hold."""
    covered = coverage.CoverageReport(
        parts={"all": coverage.rates([])}, wrongly_covered=(), wrongly_refused=()
    )
    counted = topics.TopicReport(parts={"all": topics.count([])}, mistakes=())
    monkeypatch.setattr(scorecard, "open_evaluated", lambda _: coach)
    monkeypatch.setattr(retrieval, "measure", lambda _: _retrieval(0.0))
    monkeypatch.setattr(coverage, "measure", lambda _: covered)
    asked = asking.AskingReport(parts={"all": asking.rates([])}, strays=())
    monkeypatch.setattr(asking, "measure", lambda _: asked)
    monkeypatch.setattr(topics, "measure", lambda _: counted)
    monkeypatch.setattr(agendas, "measure", lambda _: HOLDS)
    screened = screening.ScreeningReport(groups={}, mistakes=(), missing=())
    monkeypatch.setattr(screening, "measure", lambda _: screened)
    judged = verification.VerificationReport(
        parts={}, refused_by_kind={}, counts={}, baseline={}, mistakes=()
    )
    monkeypatch.setattr(verification, "measure", lambda _: judged)


@pytest.mark.usefixtures("measured")
def test_a_scorecard_that_holds_exits_with_0_and_writes_its_numbers(tmp_path: Path) -> None:
    target = tmp_path / "scorecard.json"

    code = scorecard.main(["--json", str(target)])

    numbers = json.loads(target.read_text(encoding="utf-8"))
    assert 0 == code
    assert 0.5 == numbers["retrieval"]["parts"]["all"]["means"]["MRR"]["fusion"]
    measured = {"retrieval", "coverage", "asking", "topics", "agendas", "screening", "verification"}
    assert {"machine", "seconds", *measured} == set(numbers)


@pytest.mark.usefixtures("measured")
def test_a_fusion_below_its_halves_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(retrieval, "measure", lambda _: _retrieval(-0.01))

    code = scorecard.main([])

    assert 1 == code
    assert "below the better of its halves" in capsys.readouterr().out


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    "promise", ["failed", "minutes_off", "citations_not_found", "closed_questions"]
)
def test_a_broken_promise_exits_with_1_and_is_named(
    promise: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = HOLDS.model_copy(update={promise: ("the one at fault",)})
    monkeypatch.setattr(agendas, "measure", lambda _: broken)

    code = scorecard.main([])

    assert 1 == code
    assert "  - the one at fault" in capsys.readouterr().out


@pytest.mark.usefixtures("measured")
def test_a_sentence_that_is_not_in_its_passage_exits_with_1_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = asking.AskingReport(parts={"all": asking.rates([])}, strays=("c001 Made up.",))
    monkeypatch.setattr(asking, "measure", lambda _: stray)

    code = scorecard.main([])

    assert 1 == code
    assert "  - c001 Made up." in capsys.readouterr().out


def test_a_sentence_that_was_changed_is_found(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Coach.ask

    def changed(self: Coach, question: str) -> Answer:
        answer = real(self, question)
        sentences = tuple(
            one.model_copy(update={"text": f"{one.text} So it is."}) for one in answer.sentences
        )
        return answer.model_copy(update={"sentences": sentences})

    monkeypatch.setattr(asking, "retrieval_cases", lambda: retrieval_cases()[:2])
    monkeypatch.setattr(asking, "off_topic_cases", lambda: ())
    assert asking.measure(coach).holds
    monkeypatch.setattr(Coach, "ask", changed)

    assert not asking.measure(coach).holds


def test_a_citation_that_opens_nothing_is_found(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Coach.passage

    def another_text(self: Coach, passage_id: str) -> Passage | None:
        passage = real(self, passage_id)
        return passage and passage.model_copy(update={"text": "something else"})

    assert () == agendas.measure(coach, 3).citations_not_found
    monkeypatch.setattr(Coach, "passage", another_text)
    assert agendas.measure(coach, 3).citations_not_found


def test_minutes_that_do_not_sum_are_found(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model refuses such an agenda; the scorecard does not rely on that."""
    real = Coach.agenda

    def longer(self: Coach, brief: Brief) -> Agenda:
        agenda = real(self, brief)
        other = agenda.brief.model_copy(update={"minutes": brief.minutes + 1})
        return agenda.model_copy(update={"brief": other})

    assert () == agendas.measure(coach, 3).minutes_off
    monkeypatch.setattr(Coach, "agenda", longer)
    assert 3 == len(agendas.measure(coach, 3).minutes_off)


def test_an_agenda_that_cannot_be_composed_is_told(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Coach.agenda
    refused = next(iter(agendas.briefs(3))).topic

    def refusing(self: Coach, brief: Brief) -> Agenda:
        if brief.topic == refused:
            raise LibraryError("no card")
        return real(self, brief)

    monkeypatch.setattr(Coach, "agenda", refusing)

    found = agendas.measure(coach, 3)

    assert 1 == len(found.failed)
    assert "no card" in found.failed[0]
    assert not found.holds


@pytest.mark.slow
def test_the_fusion_is_not_below_the_better_half_on_the_tuning_part(coach: Coach) -> None:
    cases = [case for case in retrieval_cases() if case.part is Part.TUNE]

    found = retrieval.measure(coach, cases)

    rates = "\n".join(retrieval.lines(found))
    print(rates)  # noqa: T201 - pytest shows it with -s or -rP
    assert {Part.TUNE.value, retrieval.ALL} == set(found.parts)
    assert found.holds, rates
