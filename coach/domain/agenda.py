"""Agendas: timeboxed items whose minutes sum exactly to the session's length."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.brief import Brief
from coach.domain.guidance import Citation, Frozen
from coach.domain.refinement import Refined


class ItemKind(StrEnum):
    """What an agenda item is for."""

    OPEN = "open"
    AGREE = "agree"
    CARRY_OVER = "carry_over"
    DEMONSTRATE = "demonstrate"
    DRIVE = "drive"
    DISCUSS = "discuss"
    EXCHANGE = "exchange"
    CLOSE = "close"


class GiveAndTake(Frozen):
    """What each of the two gives in an item; each takes what the other gives."""

    mentor_gives: str
    mentee_gives: str


class AgendaItem(Frozen):
    """One timeboxed part of a session. ``minutes`` is at least 1.

    ``refined`` marks the words that are a model's.
    """

    title: str
    minutes: int = Field(ge=1)
    kind: ItemKind
    purpose: str
    open_with: str
    questions: tuple[str, ...]
    if_awkward: str
    give_and_take: GiveAndTake
    steps: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = Field(min_length=1)
    refined: tuple[Refined, ...] = ()


class WorryAdvice(Frozen):
    """For the mentor's eyes: what to do about the worry that they named.

    No file that is shared holds it. Without citations, the guidance had nothing
    that fits, and ``advice`` says so.
    """

    worry: str
    advice: str
    words: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


class TopicMatch(Frozen):
    """The topic kit that an agenda draws on."""

    key: str
    title: str


class Agenda(Frozen):
    """A session's plan. The items' minutes sum exactly to ``brief.minutes``.

    ``not_covered`` says in plain sentences what of the brief the guidance does
    not cover; it is empty when all of it is covered.
    """

    brief: Brief
    items: tuple[AgendaItem, ...] = Field(min_length=1)
    topic_kit: TopicMatch | None
    not_covered: tuple[str, ...] = ()
    worry_advice: WorryAdvice | None = None

    @model_validator(mode="after")
    def _minutes_sum(self) -> Self:
        total = sum(item.minutes for item in self.items)
        if total != self.brief.minutes:
            raise ValueError(f"the items take {total} minutes, the session {self.brief.minutes}")
        return self
