"""Where two accounts differ: questions, and nothing that judges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.domain.kept_reflection import SharedLine, SharedSummary
from coach.domain.reflection import ItemKind
from coach.pair.gap import Differs, Gap, gaps

WIN, HARD, PROMISE = ItemKind.WIN, ItemKind.CHALLENGE, ItemKind.COMMITMENT


class FirstWords:
    """Vectors that are alike for texts with the same first word, and at right angles else."""

    identity = "first-words:1"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text."""
        words = sorted({text.split()[0] for text in texts})
        rows = [[float(word == text.split()[0]) for word in words] for text in texts]
        return np.array(rows, dtype=np.float32)

    def warm(self) -> None:
        """Nothing to load."""


def account(*items: tuple[ItemKind, str], after: int | None = None) -> SharedSummary:
    return SharedSummary(
        items=tuple(SharedLine(kind=kind, text=text) for kind, text in items), after=after
    )


def between(mine: SharedSummary, theirs: SharedSummary) -> tuple[Gap, ...]:
    return gaps(mine, theirs, "Tom", FirstWords())


@pytest.mark.parametrize(
    ("mine", "theirs", "differs"),
    [(2, -1, True), (-1, 1, True), (2, 0, False), (1, 2, False), (-2, None, False)],
)
def test_moods_differ_when_one_is_good_and_the_other_is_not(
    mine: int, theirs: int | None, differs: bool
) -> None:
    found = between(account(after=mine), account(after=theirs))

    assert ([Differs.FEELING] if differs else []) == [one.differs for one in found]


def test_a_win_of_one_that_is_hard_for_the_other_is_told_in_both_peoples_words() -> None:
    mine = account((WIN, "demo went well"), (HARD, "time was short"), (WIN, "lunch"))
    theirs = account((HARD, "demo too fast"), (WIN, "time flew"), (WIN, "lunch"))

    found = between(mine, theirs)

    assert [(Differs.SUBJECT, "demo went well", "demo too fast")] == [
        (one.differs, one.mine, one.theirs) for one in found
    ]


def test_of_promises_that_only_one_tells_of_the_soonest_due_is_asked_about() -> None:
    day = date(2026, 3, 12)
    mine = SharedSummary(
        items=(
            SharedLine(kind=PROMISE, text="one", what="undated act"),
            SharedLine(kind=PROMISE, text="two", what="late act", when=day + timedelta(days=9)),
            SharedLine(kind=PROMISE, text="three", what="soon act", when=day),
        )
    )
    theirs = account((PROMISE, "tea"))

    for here, there, said in (
        (mine, theirs, ("soon act", "tea")),
        (mine, account(), ("soon act", "")),
    ):
        (found,) = between(here, there)
        assert (Differs.PROMISE, *said) == (found.differs, found.mine, found.theirs)


def test_a_promise_that_the_other_tells_of_in_other_words_is_no_difference() -> None:
    mine = account((PROMISE, "list comes on Friday"))

    for kind in ItemKind:
        assert () == between(mine, account((kind, "list will come")))
    assert () == between(mine, SharedSummary(paragraph=(SharedLine(text="list and tea"),)))


def test_every_difference_is_an_open_question_and_there_is_one_of_a_kind() -> None:
    many = [(PROMISE, f"act{number} now") for number in range(9)]
    wins = [(WIN, f"part{number} ran") for number in range(9)]
    hard = [(HARD, f"part{number} was slow") for number in range(9)]
    found = between(account(*many, *wins, after=2), account(*hard, (PROMISE, "tea"), after=-2))

    assert list(Differs) == [one.differs for one in found]
    assert all(one.question.endswith("?") for one in found)
    assert not any(word in one.question for one in found for word in ("wrong", "forgot", "should"))


def test_the_same_account_twice_has_no_difference() -> None:
    same = account((WIN, "demo"), (HARD, "time"), (PROMISE, "list"), after=-2)

    assert () == between(same, same)
