"""Acts between two sides, told from either."""

from __future__ import annotations

from functools import lru_cache

import pytest

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.reflecting.grounding import Grounder
from coach.reflecting.grounding_converses import ties_of

_NAMES = frozenset({"priya", "tom", "writer"})


@lru_cache(maxsize=1)
def _grammar() -> EnglishGrammar:
    return EnglishGrammar()


@pytest.mark.parametrize(
    "told",
    [
        "Priya taught Tom the shortcuts.",
        "Tom learned the shortcuts from Priya.",
        "Tom was taught the shortcuts by Priya.",
    ],
)
def test_who_gives_and_who_takes_is_read_from_either_side(told: str) -> None:
    found = ties_of(_grammar().read(told), _NAMES)

    assert any("priya" in tie.giver and "tom" in tie.taker for tie in found)
    assert not any("tom" in tie.giver or "priya" in tie.taker for tie in found)


def test_without_two_sides_there_is_no_tie() -> None:
    assert ties_of(_grammar().read("Priya teaches."), _NAMES) == ()
    assert ties_of(_grammar().read(""), _NAMES) == ()


def test_the_same_act_told_from_the_other_side_is_better_carried_than_the_exchanged_one() -> None:
    source = "Priya taught Tom the shortcuts of the spreadsheet. Then they had tea."
    grounder = Grounder(_grammar(), MiniLMEmbedder())

    right, wrong = grounder.measured(
        source,
        [
            "Tom learned the shortcuts of the spreadsheet from Priya.",
            "Priya learned the shortcuts of the spreadsheet from Tom.",
        ],
    )

    assert (right["converse_same"], right["converse_crossed"]) == (1.0, 0.0)
    assert (wrong["converse_same"], wrong["converse_crossed"]) == (0.0, 1.0)
