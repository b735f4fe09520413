from __future__ import annotations

import re
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.identifiers import Identifier, IdentifierKind
from coach.errors import IdentifierError, ModelReplyError
from coach.privacy.placeholders import Placeholders
from coach.privacy.restoring import Restorer


class Listed:
    """A finder that knows a few names, whole or in parts."""

    _NAMES = re.compile(r"Priya Natarajan|Priya's|Priya|Natarajan|Priya Sharma|Wei|Contoso|a@b\.c")

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        del participants
        return tuple(
            Identifier(start=match.start(), end=match.end(), kind=_kind(match[0]))
            for match in self._NAMES.finditer(text)
        )


class Overlapping:
    """A finder that breaks its promise: spans overlap."""

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        del participants
        person, place = IdentifierKind.PERSON, IdentifierKind.PLACE
        return (
            Identifier(start=0, end=min(5, len(text)), kind=person),
            Identifier(start=min(3, len(text) - 1), end=len(text), kind=place),
        )


def _kind(name: str) -> IdentifierKind:
    if name == "Contoso":
        return IdentifierKind.ORGANISATION
    return IdentifierKind.EMAIL if "@" in name else IdentifierKind.PERSON


#: Pieces that stress the borders: names, placeholders, and what is left of broken ones.
_BORDERS = (
    "Priya", "Priya's", "Priya Natarajan", "Wei", "Contoso", "a@b.c", "[PERSON_1]", "[person_1]",
    "[PERSON_", "PERSON_1", "[", "]", "_1", "1]", ".2]", "[[", "[TEXT_1]", "[Person 2]",
    "[PRESON_1]", "PERSON", "[ORGANISATION_1.2]", "\\", "_", "\x00", "👩🏽‍💼",
)  # fmt: skip
_PIECES = st.lists(st.one_of(st.text(max_size=6), st.sampled_from(_BORDERS)), max_size=12).map(
    "".join
)


@given(_PIECES, st.lists(st.integers(1, 9), max_size=200))
def test_an_echoed_text_comes_back_whatever_it_holds_and_however_it_is_cut(
    text: str, cuts: list[int]
) -> None:
    placeholders = Placeholders(Listed())
    hidden = placeholders.hide(text)
    restorer = Restorer(placeholders)
    said, position = "", 0
    for size in cuts:
        said += restorer.feed(hidden[position : position + size])
        position += size
    said += restorer.feed(hidden[position:]) + restorer.end()

    assert text == placeholders.restore(hidden)
    assert text == said


@given(_PIECES)
def test_no_name_is_left_in_what_is_hidden(text: str) -> None:
    hidden = Placeholders(Listed()).hide(text)

    assert not re.search("Priya|Natarajan|Wei|Contoso|a@b", hidden)


@given(st.text(min_size=1, max_size=30))
def test_overlapping_spans_are_hidden_as_one(text: str) -> None:
    placeholders = Placeholders(Overlapping())

    assert text == placeholders.restore(placeholders.hide(text))


def test_a_name_has_one_placeholder_throughout_a_conversation() -> None:
    placeholders = Placeholders(Listed())

    assert "[PERSON_1] met [PERSON_2]" == placeholders.hide("Priya met Wei")
    assert "[PERSON_2] of [ORGANISATION_1]" == placeholders.hide("Wei of Contoso")


def test_spellings_of_one_person_share_a_number_and_come_back_exactly() -> None:
    placeholders = Placeholders(Listed())
    hidden = placeholders.hide("Priya Natarajan spoke. Priya's talk was good, said Natarajan.")

    assert "[PERSON_1] spoke. [PERSON_1.2]'s talk was good, said [PERSON_1.3]." == hidden
    assert "Priya and Priya Natarajan" == placeholders.restore("[PERSON_1.2] and [PERSON_1]")


def test_first_and_last_name_of_a_participant_are_one_person() -> None:
    placeholders = Placeholders(Listed(), ["Priya Natarajan"])

    assert "[PERSON_1] or [PERSON_1.2]; [PERSON_2]" == placeholders.hide("Natarajan or Priya; Wei")


def test_a_participant_whose_name_was_not_sent_has_no_placeholder() -> None:
    placeholders = Placeholders(Listed(), ["Priya Natarajan"])
    placeholders.hide("nobody")

    with pytest.raises(ModelReplyError, match=r"\[PERSON_1\]"):
        placeholders.restore("[PERSON_1] will do it.")


def test_a_first_name_that_two_people_share_is_given_to_neither() -> None:
    placeholders = Placeholders(Listed(), ["Priya Natarajan", "Priya Sharma"])
    placeholders.hide("Priya Natarajan")

    assert "[PERSON_2]" == placeholders.hide("Priya")


def test_text_that_looks_like_a_placeholder_gets_one_of_its_own() -> None:
    placeholders = Placeholders(Listed())
    hidden = placeholders.hide("[PERSON_1] is Priya")

    assert "[TEXT_1] is [PERSON_1]" == hidden
    assert "[PERSON_1] is Priya" == placeholders.restore(hidden)


@pytest.mark.parametrize(
    "reply",
    [
        "[PERSON_2]", "[PERSON_1.2]", "[ORGANISATION_1]", "[person_1]", "[Person 1]", "[PERSON-1]",
        "[PERSON1]", "PERSON_1", "[PERSON_01]", "[ PERSON_1 ]", "[PRESON_1]", "[PERSONNE_1]",
        "[PERSON_1", "[NAME_1]", "[ORGANIZATION_1]", "\\[PERSON\\_1\\]", "[PERSON_١]",
    ],
)  # fmt: skip
def test_a_placeholder_that_was_never_given_out_is_refused(reply: str) -> None:
    placeholders = Placeholders(Listed())
    placeholders.hide("Priya")

    with pytest.raises(ModelReplyError, match="invented"):
        placeholders.restore(f"I think {reply} agrees.")


@pytest.mark.parametrize("reply", ["[see page 1]", "[1]", "person 1", "[Tom, 2024]", "number 1"])
def test_ordinary_words_and_brackets_are_no_placeholders(reply: str) -> None:
    assert reply == Placeholders(Listed()).restore(reply)


def test_a_dropped_name_is_told_and_another_spelling_of_it_is_as_good() -> None:
    placeholders = Placeholders(Listed())
    hidden = placeholders.hide("Priya Natarajan, Priya and Wei")

    assert ("[PERSON_2]",) == placeholders.missing(hidden, "[PERSON_1.2] only")
    assert () == placeholders.missing(hidden, "[PERSON_2] and [PERSON_1]")


def test_only_what_may_begin_a_placeholder_is_held_back() -> None:
    placeholders = Placeholders(Listed())
    placeholders.hide("Priya")
    restorer = Restorer(placeholders)

    assert "We ask " == restorer.feed("We ask [PER")
    assert "Priya" == restorer.feed("SON_1]")
    assert " tomorrow, at 9." == restorer.feed(" tomorrow, at 9.")
    assert "" == restorer.end()


def test_the_beginning_of_a_placeholder_that_never_ends_is_shown_at_the_end() -> None:
    restorer = Restorer(Placeholders(Listed()))

    assert "yes " == restorer.feed("yes [PERS")
    assert "[PERS" == restorer.end()


def test_a_text_that_would_come_back_changed_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    placeholders = Placeholders(Listed())
    monkeypatch.setattr(placeholders, "restore", lambda text: text.upper())

    with pytest.raises(IdentifierError, match="not sent"):
        placeholders.hide("Priya")
