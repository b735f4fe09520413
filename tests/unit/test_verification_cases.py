"""The labelled texts of verification: held out by writer, and counted honestly."""

from __future__ import annotations

import pytest

from coach.domain.proposal import Proposal, Refusal, Verdict
from evals.cases import Part
from evals.verification import LabelledText, labelled_texts, lines, measure


class _Always:
    """A judge that says the same of every text, and counts how often it is asked."""

    def __init__(self, *, accepts: bool) -> None:
        self._verdict = Verdict(accepted=accepts, reason=None if accepts else Refusal.MEANING)
        self.asked = 0

    def verify(self, _: Proposal) -> Verdict:
        """See ``Judge.verify``."""
        self.asked += 1
        return self._verdict


class _Knowing:
    """A judge that knows the labels."""

    def __init__(self) -> None:
        self._good = {case.proposal for case in labelled_texts() if case.good}

    def verify(self, proposal: Proposal) -> Verdict:
        """See ``Judge.verify``."""
        good = proposal in self._good
        return Verdict(accepted=good, reason=None if good else Refusal.MEANING)


def _of(part: Part) -> list[LabelledText]:
    return [case for case in labelled_texts() if case.part is part]


def _context(case: LabelledText) -> Proposal:
    return case.proposal.model_copy(update={"text": ""})


def _plain(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in text.lower()).split())


def test_every_text_has_an_identifier_of_its_own() -> None:
    names = [case.id for case in labelled_texts()]

    assert len(names) == len(set(names))


def test_no_writer_stands_in_both_parts() -> None:
    assert {"e", "f"} == {case.writer for case in _of(Part.HELD_OUT)}
    assert not {"e", "f"} & {case.writer for case in _of(Part.TUNE)}


def test_no_context_of_a_held_out_writer_was_tuned_on() -> None:
    held_out = {_context(case) for case in _of(Part.HELD_OUT)}
    tuned = {_context(case) for case in _of(Part.TUNE)}

    assert held_out
    assert not held_out & tuned


def test_no_brief_of_a_held_out_writer_was_tuned_on() -> None:
    held_out = {case.proposal.brief for case in _of(Part.HELD_OUT)}

    assert not held_out & {case.proposal.brief for case in _of(Part.TUNE)}


def test_no_text_of_a_held_out_writer_was_tuned_on() -> None:
    """Not even with other marks or capitals."""
    held_out = {_plain(case.proposal.text) for case in _of(Part.HELD_OUT)}
    tuned = {_plain(case.proposal.text) for case in _of(Part.TUNE)}

    assert not held_out & tuned


def test_no_text_is_both_good_and_bad_in_the_same_place() -> None:
    good = {case.proposal for case in labelled_texts() if case.good}

    assert not good & {case.proposal for case in labelled_texts() if not case.good}


def test_every_bad_text_says_how_it_is_broken_and_no_good_one_does() -> None:
    assert [] == [case.id for case in labelled_texts() if case.good == bool(case.broken)]


@pytest.mark.parametrize("part", [Part.TUNE, Part.HELD_OUT])
@pytest.mark.parametrize("good", [True, False])
def test_each_part_holds_enough_of_both_sorts(part: Part, good: bool) -> None:
    found = [case for case in _of(part) if case.good is good and not case.is_extra]

    assert len(found) >= 100, len(found)


def test_what_was_written_only_to_tune_on_is_not_held_out() -> None:
    assert not any(case.is_extra for case in _of(Part.HELD_OUT))


@pytest.mark.parametrize(("accepts", "accepted", "refused"), [(True, 1.0, 0.0), (False, 0.0, 1.0)])
def test_a_judge_that_does_not_look_is_perfect_in_one_half_only(
    accepts: bool, accepted: float, refused: float
) -> None:
    report = measure(_Always(accepts=accepts))

    for part in ("tune", "held out"):
        assert {"accepted": accepted, "refused": refused} == report.parts[part]
    for kind, rates in report.refused_by_kind.items():
        assert {refused} == {rate for rate in rates.values() if rate is not None}, kind


def test_a_judge_that_knows_makes_no_mistake() -> None:
    report = measure(_Knowing())

    assert [{"accepted": 1.0, "refused": 1.0}] * 2 == list(report.parts.values())
    assert () == report.mistakes


def test_only_the_main_set_is_measured_and_each_text_once() -> None:
    judge = _Always(accepts=True)
    report = measure(judge)

    assert judge.asked == sum(report.counts.values())
    assert judge.asked == sum(not case.is_extra for case in labelled_texts())


def test_no_held_out_text_is_shown() -> None:
    """Who reads the mistakes of the held-out part begins to tune on them."""
    shown = "\n".join((*lines(report := measure(_Always(accepts=True))), *report.mistakes))

    assert report.mistakes
    assert not any(case.id in shown for case in _of(Part.HELD_OUT))


def test_the_baseline_does_not_depend_on_the_judge() -> None:
    assert measure(_Always(accepts=True)).baseline == measure(_Always(accepts=False)).baseline
