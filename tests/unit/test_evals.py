"""The labelled cases are sound, and what measures the coach measures rightly."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from coach.domain.library import GuidanceLibrary
from coach.library.load import load_library
from coach.resources import shipped
from evals import agendas, coverage, show, timing, topics
from evals.cases import Part, off_topic_cases, retrieval_cases, topic_cases
from evals.closed import is_closed
from evals.interval import mean_with_interval
from evals.retrieval import (
    ALL,
    DENSE,
    FUSION,
    HIT,
    MRR,
    WORDS,
    Points,
    Retrieval,
    group,
    reciprocal_rank,
)


@pytest.fixture(scope="module")
def library() -> GuidanceLibrary:
    return load_library(shipped("knowledge"))


def _points(fusion: list[float], dense: list[float], words: list[float]) -> Points:
    systems = {FUSION: np.array(fusion), DENSE: np.array(dense), WORDS: np.array(words)}
    return {HIT: systems, MRR: systems}


def _judgement(kind: str, *, covered: bool) -> coverage.Judgement:
    return coverage.Judgement(
        id="x", question="x?", part=Part.TUNE, kind=kind, covered=covered, confidence=0.5
    )


def _match(kit: str | None, found: str | None) -> topics.Match:
    return topics.Match(id="x", topic="x", part=Part.TUNE, kit=kit, found=found)


def test_every_case_has_an_id_of_its_own() -> None:
    ids = [case.id for case in retrieval_cases()]
    ids += [case.id for case in off_topic_cases()]
    ids += [case.id for case in topic_cases()]

    assert [] == [name for name, count in Counter(ids).items() if count > 1]


def test_no_question_is_asked_twice() -> None:
    """A question in both parts would let the tuning see what is held out."""
    asked = [case.question for case in retrieval_cases()]
    asked += [case.question for case in off_topic_cases()]
    topics_asked = [case.topic for case in topic_cases()]

    for texts in (asked, topics_asked):
        folded = Counter(" ".join(text.lower().split()) for text in texts)
        assert [] == [text for text, count in folded.items() if count > 1]


def test_relevant_documents_are_in_the_library(library: GuidanceLibrary) -> None:
    named = {key for case in retrieval_cases() for key in case.relevant}

    assert set() == named - set(library.by_key)


def test_wanted_kits_are_in_the_library(library: GuidanceLibrary) -> None:
    wanted = {case.kit for case in topic_cases() if case.kit}

    assert set() == wanted - {kit.key for kit in library.kits if not kit.general}


def test_every_kit_is_wanted_by_some_subject(library: GuidanceLibrary) -> None:
    wanted = {case.kit for case in topic_cases()}

    assert set() == {kit.key for kit in library.kits if not kit.general} - wanted


def test_there_are_enough_questions() -> None:
    assert len(retrieval_cases()) >= 150
    assert len(off_topic_cases()) >= 60


def test_the_two_parts_share_no_writer() -> None:
    writers = {
        part: {case.writer for case in retrieval_cases() if case.part is part} for part in Part
    }

    assert all(writers.values())
    assert set() == writers[Part.TUNE] & writers[Part.HELD_OUT]


def test_both_parts_hold_every_kind_of_off_topic_question() -> None:
    kinds = {part: {case.kind for case in off_topic_cases() if case.part is part} for part in Part}

    assert {"far", "work", "near"} == kinds[Part.TUNE] == kinds[Part.HELD_OUT]


def test_both_parts_hold_subjects_with_and_without_a_kit() -> None:
    for part in Part:
        has_kit = {case.kit is not None for case in topic_cases() if case.part is part}
        assert {True, False} == has_kit


@pytest.mark.parametrize(
    "text",
    [
        "Do you use it?",
        "And would you show me?",
        "When you open it, do you look twice?",
        "What a day. Is it always like this?",
        "You like it, right?",
        "Isn’t that odd?",
        "Can't we leave it?",
        "Any questions?",
    ],
)
def test_a_closed_question_is_found(text: str) -> None:
    assert is_closed(text)


@pytest.mark.parametrize(
    "text",
    [
        "What do you look at first?",
        "If you could change one thing, what would it be?",
        "When did you last try it?",
        "In which of your meetings would it help, and is there time?",
        "Tell me about the last time you tried.",
        "It was hard. How did you begin?",
    ],
)
def test_an_open_question_is_left_alone(text: str) -> None:
    assert not is_closed(text)


@pytest.mark.parametrize(
    ("order", "rank"),
    [(["a"], 1.0), (["x", "y", "b"], 1 / 3), (["x"], 0.0), ([], 0.0), (["x"] * 10 + ["a"], 0.0)],
)
def test_the_first_relevant_document_counts(order: list[str], rank: float) -> None:
    assert rank == reciprocal_rank(order, ("a", "b"))


def test_the_fusion_is_compared_with_the_better_half() -> None:
    points = _points([1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0])

    found = group(points, np.array([True] * 4)).differences[0]

    assert (WORDS, -0.25) == (found.better_half, found.difference)
    assert found.low <= -0.25 <= found.high


def test_only_the_questions_of_the_group_count() -> None:
    found = group(_points([1, 0], [0, 1], [0, 0]), np.array([True, False]))

    assert 1 == found.questions
    assert {FUSION: 1.0, DENSE: 0.0, WORDS: 0.0} == found.means[HIT]


@pytest.mark.parametrize(
    ("fusion", "holds"), [([1.0, 0.0], False), ([1.0, 1.0], True), ([1.0, 0.5], True)]
)
def test_a_fusion_below_its_better_half_does_not_hold(fusion: list[float], holds: bool) -> None:
    whole = group(_points(fusion, [1, 0.5], [0, 0]), np.array([True, True]))

    assert holds is Retrieval(parts={ALL: whole}, writers={}).holds


def test_an_interval_is_repeatable_and_holds_the_mean() -> None:
    values = np.array([0.0, 1.0] * 50)

    mean, low, high = mean_with_interval(values)

    assert (mean, low, high) == mean_with_interval(values)
    # Twice the standard error of a fair coin thrown 100 times is 0.1.
    assert pytest.approx((0.5, 0.4, 0.6), abs=0.02) == (mean, low, high)


def test_precision_and_recall_of_both_answers() -> None:
    judged = [
        *[_judgement("on", covered=True)] * 3,
        _judgement("on", covered=False),
        _judgement("near", covered=True),
        *[_judgement("far", covered=False)] * 2,
    ]

    found = coverage.rates(judged)

    assert (3 / 4, 3 / 4) == (found.covered_precision, found.covered_recall)
    assert (2 / 3, 2 / 3) == (found.not_covered_precision, found.not_covered_recall)
    assert {"far": 1.0, "near": 0.0} == found.refused_by_kind


def test_right_wrong_missing_and_false_kits_are_told_apart() -> None:
    pairs = [("a", "a"), ("a", "a"), ("a", "b"), ("a", None), (None, "b"), (None, None)]

    found = topics.count([_match(kit, chosen) for kit, chosen in pairs])

    expected = {
        "with_kit": 4,
        "right_kit": 2,
        "wrong_kit": 1,
        "no_kit": 1,
        "without_kit": 2,
        "false_kit": 1,
    }
    assert expected == found.model_dump()


def test_generated_briefs_are_repeatable_and_varied() -> None:
    made = list(agendas.briefs(300))

    assert made == list(agendas.briefs(300))
    assert {case.topic for case in topic_cases()} == {brief.topic for brief in made}
    assert len({brief.minutes for brief in made}) > 80
    assert len({brief.stage for brief in made}) == 5
    assert len({brief.setting for brief in made}) == 3
    assert {True, False} == {bool(brief.worry) for brief in made}
    # A first session may carry something over from an earlier program.
    assert any(brief.carried_over and brief.session == 1 for brief in made)


def test_tasks_take_turns_and_warm_up_is_not_counted() -> None:
    ran: list[str] = []
    tasks: dict[str, timing.Task] = {
        "a": lambda turn: ran.append(f"a{turn}"),
        "b": lambda turn: ran.append(f"b{turn}"),
    }

    timings = timing.side_by_side(tasks, 2, warm_up=1)

    assert ["a0", "b0", "b1", "a1", "a2", "b2"] == ran
    assert [("a", 2), ("b", 2)] == [(one.name, one.runs) for one in timings]


def test_a_time_is_shown_as_a_ratio_to_its_peer() -> None:
    timings = [
        timing.Timing(name="ours", runs=3, median=30.0, p95=40.0),
        timing.Timing(name="theirs", runs=3, median=20.0, p95=20.0),
    ]

    shown = "\n".join(timing.lines(timings, ["theirs"], "under a second"))

    assert "1.50 x" in shown
    assert shown.endswith("asked: under a second")


def test_a_table_is_aligned() -> None:
    shown = show.table(("part", "n"), [("all", "1,000"), ("tuning", "7")])

    assert "part        n\nall     1,000\ntuning      7" == shown


def test_a_share_of_nothing_is_no_number() -> None:
    assert show.share(0, 0) is None
    assert show.rate(None) == "–"
