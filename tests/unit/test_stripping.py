"""What a statement keeps once it is stripped, and what it must not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import NamesOnly

from coach.adapters.common_words import is_common
from coach.domain.identifiers import Identifier, IdentifierKind
from coach.domain.themes import MOST_STATEMENT
from coach.themes.stripping import Stripper, generalised


class _Listed:
    """Finds given words, each of a given kind."""

    def __init__(self, **kinds: IdentifierKind) -> None:
        self._kinds = kinds

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        del participants
        return tuple(
            Identifier(start=text.index(word), end=text.index(word) + len(word), kind=kind)
            for word, kind in sorted(self._kinds.items(), key=lambda one: text.find(one[0]))
            if word in text
        )

    def find_many(
        self, texts: Sequence[str], *, participants: Collection[str] = ()
    ) -> tuple[tuple[Identifier, ...], ...]:
        return tuple(self.find(text, participants=participants) for text in texts)


def stripped(text: str, *names: str) -> str:
    return Stripper(NamesOnly(), is_common).strip(text, names).text


@pytest.mark.parametrize(
    ("said", "general"),
    [
        ("Ana showed me the board.", "somebody showed me the board."),
        ("We met on 14 May at 10:30.", "We met on a day at a day."),
        ("It ended in Q3 2025, last Thursday.", "It ended in a day, last a day."),
        ("The licence costs €3,400 a year.", "The licence costs an amount a year."),
        ("It saved 87% of 20 minutes.", "It saved a number of a number minutes."),
        ("The PX-42 project is late.", "something project is late."),
        ("He said “you will never lead here” to me.", "He said some words to me."),
        ("We tried Figjam with the team.", "We tried something with the team."),
        ("The xylotheque was closed.", "something was closed."),
        ("Мы говорили об отчёте.", "something."),
        ("I’d rather ask in ChatGPT than in a meeting.",) * 2,
        ("I learned to ask before I tell.",) * 2,
        ("- Nine people came.\n- May I ask?", "- Nine people came. - May I ask?"),
    ],
)
def test_what_tells_who_when_or_where_becomes_general(said: str, general: str) -> None:
    assert general == stripped(said, "Ana Costa")


def test_each_kind_of_identifier_has_general_words_and_no_article_too_many() -> None:
    finder = _Listed(
        Contoso=IdentifierKind.ORGANISATION, Lyon=IdentifierKind.PLACE, CFO=IdentifierKind.ROLE
    )

    found = Stripper(finder, is_common).strip(
        "The Contoso office in Lyon is the CFO of my day.", ()
    )

    assert "an organisation office in a place is somebody of my day." == found.text
    assert 3 == found.changed


def test_an_enormous_statement_is_cut_at_a_sentence() -> None:
    found = stripped("We had time to talk. " * 500)

    assert len(found) <= MOST_STATEMENT
    assert found.endswith("talk.")


@given(st.text(max_size=900))
def test_any_text_can_be_stripped_and_keeps_no_figure(text: str) -> None:
    found = stripped(text, "Ana Costa")

    assert len(found) <= 20 * MOST_STATEMENT
    assert not any(mark.isascii() and mark.isdigit() for mark in found)


@pytest.mark.parametrize(
    "word", ["spreadsheet", "practise", "meetings", "well-meant", "don't", "organised", "carried"]
)
def test_common_words_of_english_are_known_in_their_forms(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["xylotheque", "zørg", "qwrtz", "отчёт", "natarajan"])
def test_rare_words_and_other_scripts_are_not(word: str) -> None:
    assert not is_common(word)


@pytest.mark.parametrize(
    ("text", "general", "share"),
    [
        ("It was hard to slow down for Tom.", "It was hard to slow down for somebody.", 1 / 3),
        ("My diary is full.", "My diary is full.", 0.0),
        ("feel like dirt abt it", "feel like dirt something it", 0.5),
        ("会议又取消了", "something", 1.0),
        ("Why did nobody show me this before?", "Why did nobody show me this before?", 0.0),
        ("", "", 0.0),
    ],
)
def test_how_much_became_general_is_counted_in_words_that_say_something(
    text: str, general: str, share: float
) -> None:
    assert share == generalised(text, general)
