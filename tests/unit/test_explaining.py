"""Why a report on a file shows less: a reason of its own for each cause, from K pairs on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.domain.themes import Statement
from coach.themes.explaining import Explained, LeftOut, explained, unprotected

COPY = "Our sessions were moved three times and nobody told us why."
OWN = [f"Statement number {number} is about subject {number * 7}." for number in range(20)]


def file_of(texts: Sequence[str]) -> list[Statement]:
    return [Statement(id=str(at), pair=f"p{at}", text=text) for at, text in enumerate(texts)]


def told(texts: Sequence[str], left: LeftOut | None = None, least: int = 5) -> Explained:
    return explained(file_of(texts), left or LeftOut(), least)


WORDS = ["The calendar is full", "We baked bread", "Prompts help", "My tools are old", "We rowed"]


def test_too_few_pairs_are_told_how_many_it_takes() -> None:
    found = told(WORDS)

    assert () == found.notes
    assert "fewer than 10 pairs have statements in this file" in found.explanation
    assert "at least 5 pairs that tell of the same thing and 5 that do not" in found.explanation


def test_copies_of_one_text_are_the_reason_where_nothing_else_is_left() -> None:
    found = told([COPY] * 12)

    assert [True] == ["stands under at least 5 pairs" in note for note in found.notes]
    assert "without what is left out for the reasons in the notes" in found.explanation


@pytest.mark.parametrize(
    ("left", "word"),
    [
        (LeftOut(foreign=range(9)), "another language or script"),
        (LeftOut(orders=range(9)), "an order to a language model"),
        (LeftOut(sensitive=[f"p{at}" for at in range(9)]), "harassment, harm or the like"),
    ],
)
def test_each_reason_has_words_of_its_own(left: LeftOut, word: str) -> None:
    found = told(WORDS * 3, left)

    assert [True] == [word in note for note in found.notes]
    assert "reasons in the notes" in found.explanation


def test_nothing_in_common_is_said_where_nothing_is_left_out() -> None:
    found = told(WORDS * 3)

    assert () == found.notes
    assert "too little in common" in found.explanation


def test_a_reason_that_holds_for_fewer_pairs_than_the_threshold_is_not_given() -> None:
    assert () == told(WORDS * 3, LeftOut(foreign=range(4), orders=range(4, 8))).notes


def test_a_text_under_one_pair_is_no_copy_at_any_threshold() -> None:
    statements = [Statement(id=str(at), pair="p", text=COPY) for at in range(3)]

    assert () == explained(statements, LeftOut(), 1).notes


def test_below_the_floor_of_programs_a_report_says_that_it_protects_nobody() -> None:
    assert "protects nobody" in unprotected(4)[0]
    assert () == unprotected(5)
