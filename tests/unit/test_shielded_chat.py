from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Sequence
from threading import Event

import pytest
from pydantic import BaseModel, Field

from coach.adapters.chat.shielded import ShieldedChat
from coach.domain.chat import Message, Part, Speaker, Usage
from coach.domain.identifiers import Identifier, IdentifierKind
from coach.errors import IdentifierError, ModelReplyError
from coach.ports import ChatModel, IdentifierFinder, Schema

_TOOK = Usage(prompt_tokens=3, reply_tokens=2, milliseconds=1)


class Scripted:
    """A chat model that says what it was told to, keeps what it got, and fails when it runs out."""

    name = "scripted"

    def __init__(self, *replies: Sequence[str]) -> None:
        self._replies = list(replies)
        self.got: list[tuple[list[Message], str]] = []
        self.closed = 0

    def stream(
        self, messages: Sequence[Message], *, limit: int, keep: str = "", stop: Event | None = None
    ) -> Generator[str, None, Usage]:
        del limit, stop
        self.got.append((list(messages), keep))
        try:
            yield from self._replies.pop(0)
        finally:
            self.closed += 1
        return _TOOK

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        del limit, stop
        self.got.append((list(messages), ""))
        return schema.model_validate_json("".join(self._replies.pop(0))), _TOOK


class Listed:
    """A finder of three names."""

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        names = "|".join(("Priya Natarajan", "Priya", "Wei", 'Jo "Ace" Day', *participants))
        return tuple(
            Identifier(start=match.start(), end=match.end(), kind=IdentifierKind.PERSON)
            for match in re.finditer(names, text)
        )


class Broken:
    """A finder whose model is not installed."""

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        del text, participants
        raise IdentifierError("The name finder cannot be loaded.")


class Point(BaseModel):
    text: str = Field(max_length=40)
    by: dict[str, str] = {}


class Points(BaseModel):
    points: tuple[Point, ...]
    heading: str = Field(alias="title")
    count: int = 1


_ASKED = [
    Message(speaker=Speaker.SYSTEM, parts=(Part(text="Write about Wei, as in the manual."),)),
    Message(
        speaker=Speaker.USER,
        parts=(Part(text="Brief: "), Part(text="Priya Natarajan, and Priya's team", is_data=True)),
    ),
]


def _shielded(
    *replies: Sequence[str],
    finder: IdentifierFinder | None = None,
    participants: Collection[str] = (),
) -> tuple[ShieldedChat, Scripted]:
    inner = Scripted(*replies)
    return ShieldedChat(inner, finder or Listed(), participants), inner


def _said(chat: ChatModel, keep: str = "") -> list[str]:
    return list(chat.stream(_ASKED, limit=100, keep=keep))


def test_data_leaves_with_placeholders_and_template_parts_as_they_are() -> None:
    chat, inner = _shielded(["[PERSON_1] it is"])
    _said(chat, keep="Priya goes first")
    messages, keep = inner.got[0]

    assert "Write about Wei, as in the manual." == messages[0].text
    assert "Brief: [PERSON_1], and [PERSON_1.2]'s team" == messages[1].text
    assert "[PERSON_1.2] goes first" == keep


def test_a_participant_is_handed_to_the_finder() -> None:
    chat, inner = _shielded(["fine"], participants=["team"])
    _said(chat)

    assert "Brief: [PERSON_1], and [PERSON_1.2]'s [PERSON_2]" == inner.got[0][0][1].text


def test_the_shield_has_the_models_name() -> None:
    assert "scripted" == _shielded()[0].name


def test_a_placeholder_that_is_split_across_pieces_is_restored() -> None:
    chat, _ = _shielded(["Ask [", "PER", "SON_", "1", "]'s", " team and [PERSON_1", ".2]."])

    assert "Ask Priya Natarajan's team and Priya." == "".join(_said(chat))


def test_what_the_reply_took_is_returned() -> None:
    chat, _ = _shielded(["fine"])
    took: list[Usage] = []

    def asking() -> Generator[str, None, None]:
        took.append((yield from chat.stream(_ASKED, limit=100)))

    assert ["fin", "e"] == list(asking())
    assert [_TOOK] == took


def test_an_invented_placeholder_is_refused_and_the_rest_is_not_read() -> None:
    chat, inner = _shielded(["Ask [PERSON_7] ", "and more", "and more"])
    with pytest.raises(ModelReplyError, match=r"invented .*\[PERSON_7\]"):
        _said(chat)

    assert 1 == inner.closed


def test_a_dropped_placeholder_is_refused_and_named() -> None:
    chat, _ = _shielded(["She may go first."])

    with pytest.raises(ModelReplyError, match=r"dropped .*\[PERSON_1\]"):
        _said(chat, keep="Priya Natarajan goes first")


def test_a_reply_with_every_name_to_keep_is_taken() -> None:
    chat, _ = _shielded(["May [PERSON_1] go first?"])

    assert "May Priya Natarajan go first?" == "".join(
        _said(chat, keep="Priya Natarajan goes first")
    )


def test_a_name_that_is_left_out_is_no_fault_where_nothing_is_to_be_kept() -> None:
    chat, _ = _shielded(["Somebody may go first."])

    assert "Somebody may go first." == "".join(_said(chat))


def test_nothing_is_sent_when_names_cannot_be_looked_for() -> None:
    chat, inner = _shielded(["fine"], finder=Broken())
    with pytest.raises(IdentifierError, match="cannot be loaded"):
        _said(chat)
    with pytest.raises(IdentifierError, match="cannot be loaded"):
        chat.structured(_ASKED, Points, limit=100)

    assert [] == inner.got


def test_two_requests_share_no_names() -> None:
    chat, _ = _shielded(["fine"], ["[PERSON_1]"])
    _said(chat)
    nobody = [Message(speaker=Speaker.USER, parts=(Part(text="nobody", is_data=True),))]

    with pytest.raises(ModelReplyError, match="invented"):
        list(chat.stream(nobody, limit=100))


def test_every_string_of_a_structured_reply_is_restored_however_deep() -> None:
    reply = {
        "title": "For [PERSON_1]",
        "points": [{"text": "[PERSON_1.2]'s turn", "by": {"[PERSON_1]": "asks [PERSON_1.2]"}}],
        "count": 2,
    }
    chat, _ = _shielded([json.dumps(reply)])
    found, took = chat.structured(_ASKED, Points, limit=100)

    assert "For Priya Natarajan" == found.heading
    assert Point(text="Priya's turn", by={"Priya Natarajan": "asks Priya"}) == found.points[0]
    assert (2, _TOOK) == (found.count, took)


def test_a_name_with_quotes_comes_back_whole_from_json() -> None:
    asked = [Message(speaker=Speaker.USER, parts=(Part(text='Jo "Ace" Day asks', is_data=True),))]
    chat, _ = _shielded(['{"title": "\\u005bPERSON_1\\u005d", "points": []}'])
    found, _ = chat.structured(asked, Points, limit=100)

    assert 'Jo "Ace" Day' == found.heading


def test_an_invented_placeholder_in_a_nested_string_is_refused() -> None:
    chat, _ = _shielded(['{"title": "x", "points": [{"text": "[PERSON_9]"}]}'])

    with pytest.raises(ModelReplyError, match=r"\[PERSON_9\]"):
        chat.structured(_ASKED, Points, limit=100)


def test_a_reply_that_no_longer_fits_its_form_with_the_names_back_is_refused() -> None:
    chat, _ = _shielded(
        [
            json.dumps(
                {"title": "x", "points": [{"text": "[PERSON_1] and [PERSON_1] and [PERSON_1]"}]}
            )
        ]
    )

    with pytest.raises(ModelReplyError, match="form"):
        chat.structured(_ASKED, Points, limit=100)
