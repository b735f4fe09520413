"""A text that a model proposes for a slot, and what verification says of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from coach.domain.brief import Brief
from coach.domain.guidance import Frozen

#: Characters of a text that are looked at; a slot has a few hundred.
MOST_TEXT = 20_000


class Slot(StrEnum):
    """What a model may reword.

    ``answer`` is one sentence of an answer from the library, ``rung`` a way to say a hard thing,
    ``summary`` a sentence of what a reflection comes to.
    """

    PURPOSE = "purpose"
    OPENING = "opening"
    QUESTION = "question"
    ANSWER = "answer"
    RUNG = "rung"
    SUMMARY = "summary"


class Refusal(StrEnum):
    """Why a text is refused."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    FORMAT = "format"
    META = "talks about itself"
    OBEYED = "follows a stranger's order"
    LANGUAGE = "language"
    NOT_A_QUESTION = "not a question"
    CLOSED_QUESTION = "closed question"
    TWO_QUESTIONS = "two questions"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    POLICY = "policy"
    PROMISE = "promise"
    CLAIM = "unsupported claim"
    ROLES = "roles swapped"
    MEANING = "meaning changed"
    UNSUPPORTED = "not supported by the passage"
    RESPECT = "respect"
    TACT = "less tactful than the draft"
    SCREENED = "instructions in the brief"
    UNCHANGED = "no change"
    PERSON = "for a person to hear"


class Proposal(Frozen):
    """``text`` for a slot, beside all that it may stand on: brief, passages and draft."""

    slot: Slot
    brief: Brief
    passages: tuple[str, ...]
    draft: str
    text: Annotated[str, Field(max_length=MOST_TEXT)]


class Verdict(Frozen):
    """Whether a text is accepted. ``reason`` is ``None`` if it is; ``detail`` says what was seen.

    ``support`` is how well the sources carry the text, 0 to 1, as computed in code.
    """

    accepted: bool
    reason: Refusal | None = None
    detail: str = ""
    support: float | None = None
