"""What is told in one text and denied, opposed or only wished for in another, in other words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import coach.language
from coach.adapters.grammar import EnglishGrammar
from coach.language.expressions import Expressions, Formed
from coach.language.turns import MANNERS, told_in, turn_features

_LISTS = sorted((Path(coach.language.__file__).parent / "opposites").glob("*.txt"))


@lru_cache(maxsize=1)
def _grammar() -> EnglishGrammar:
    return EnglishGrammar()


def _turned(before: str, after: str) -> dict[str, float]:
    return turn_features(told_in(_grammar().read(before)), told_in(_grammar().read(after)))


def _places(expression: str, text: str) -> list[tuple[int, ...]]:
    found = Expressions([(expression, 1)]).find(Formed(_grammar().read(text).words))
    return [one.places for one in found]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("She carried on with the course.", "She gave the course up."),
        ("I held back from volunteering.", "I volunteered at once."),
        ("They called the meeting off.", "They went ahead with the meeting."),
        ("He spoke up in the meeting.", "He held his tongue in the meeting."),
    ],
)
def test_an_opposite_in_other_words_is_seen(before: str, after: str) -> None:
    found = _turned(before, after)

    assert found["opposed"] + found["opposed_single"] > 0
    assert found["opposed_new"] > 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("You left me out of the decision.", "I was not included in the decision."),
        ("She gave the course up.", "She did not carry on with the course."),
        ("He never fails to answer.", "He always answers."),
        ("We called it off.", "We called it off."),
    ],
)
def test_what_says_the_same_is_not_opposed(before: str, after: str) -> None:
    found = _turned(before, after)

    assert found["agreed"] > 0
    assert found["opposed"] == found["opposed_single"] == found["denied_same"] == 0


def test_a_denial_of_the_same_words_is_seen() -> None:
    found = _turned("I volunteered for it.", "I did not volunteer for it.")

    assert found["denied_same"] > 0
    assert found["denials_odd"] == 1


def test_a_denial_reaches_no_clause_of_its_own() -> None:
    found = _turned("She gave up when he left.", "She gave up when he did not reply.")

    assert found["opposed"] == 0


def test_what_is_only_wanted_is_not_told_as_done() -> None:
    assert _turned("I volunteered for it.", "I wanted to volunteer for it.")["agreed_unreal"] > 0


def test_a_gap_holds_a_few_words_and_no_mark() -> None:
    assert _places("call … off", "She called the whole thing off.") == [(1, 5)]
    assert _places("call … off", "She called me, and off we went.") == []
    assert _places("call … off", "She called all her many old friends off.") == []


def test_whose_it_is_does_not_matter() -> None:
    assert _places("hold one's tongue", "I held my tongue.") == [(1, 2, 3)]
    assert _places("help oneself", "They helped themselves.") == [(1, 2)]


def test_a_word_of_a_longer_expression_does_not_stand_for_itself() -> None:
    listed = Expressions([("give up", 1), ("give", 2)])

    found = listed.find(Formed(_grammar().read("They give up.").words))

    assert [one.words for one in found] == [("give", "up")]


def test_an_empty_text_tells_nothing() -> None:
    told = told_in(_grammar().read(" "))

    assert told.ideas == {}
    assert set(told.counts) == {*MANNERS, "denials"}


@pytest.mark.parametrize("path", _LISTS, ids=lambda path: path.name)
def test_each_line_has_two_sides_that_share_nothing(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    for line in lines:
        if not line.startswith("# "):
            one, other = (set(side.split(", ")) for side in line.split(" | "))
            assert "" not in one | other, line
            assert not one & other, line
            assert line == line.lower(), line
