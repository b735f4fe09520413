"""Questions that a senior mentee can bring: curious, open, never a test."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from coach.domain.agenda import TopicMatch, WorryAdvice
from coach.domain.brief import Brief
from coach.domain.guidance import Citation, Frozen
from coach.domain.refinement import Refined


class Depth(StrEnum):
    """How far a question goes: begin with ``opening``, end with ``deeper``."""

    OPENING = "opening"
    EXPLORING = "exploring"
    DEEPER = "deeper"


class Question(Frozen):
    """One open question, what to listen for in the answer, and what to offer back.

    ``refined`` marks a text that is a model's.
    """

    text: str
    depth: Depth
    listen_for: str
    offer_back: str
    citations: tuple[Citation, ...] = Field(min_length=1)
    refined: Refined | None = None


class QuestionSet(Frozen):
    """Six to ten questions, opening ones first."""

    brief: Brief
    questions: tuple[Question, ...] = Field(min_length=6, max_length=10)
    topic_kit: TopicMatch | None
    not_covered: tuple[str, ...] = ()
    worry_advice: WorryAdvice | None = None
