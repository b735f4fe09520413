"""Labelled cases, and the part of them that nobody tunes on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field

from coach.domain.guidance import Frozen

FOLDER = Path(__file__).with_name("cases")
#: Personas whose questions are held out: no row and no writer is in both parts.
HELD_OUT_WRITERS = {"second-language", "director"}


class Part(StrEnum):
    """``tune`` may be looked at while choosing; ``held_out`` only when reporting."""

    TUNE = "tune"
    HELD_OUT = "held_out"


class RetrievalCase(Frozen):
    """A question, and the documents that answer it."""

    id: str
    question: str
    relevant: tuple[str, ...] = Field(min_length=1)
    writer: str

    @property
    def part(self) -> Part:
        """Split by writer."""
        return Part.HELD_OUT if self.writer in HELD_OUT_WRITERS else Part.TUNE


class OffTopicCase(Frozen):
    """A question that the guidance does not cover."""

    id: str
    question: str
    kind: str

    @property
    def part(self) -> Part:
        """Half of the rows; the three kinds follow one another in the file."""
        return Part.HELD_OUT if (int(self.id[1:]) // 3) % 2 == 0 else Part.TUNE


class TopicCase(Frozen):
    """A session's subject in free words, and the kit for it, if there is one."""

    id: str
    topic: str
    kit: str | None

    @property
    def part(self) -> Part:
        """A third of the rows, in runs of three, since every third row has no kit."""
        return Part.HELD_OUT if (int(self.id[1:]) // 3) % 3 == 0 else Part.TUNE


def retrieval_cases() -> tuple[RetrievalCase, ...]:
    """Questions about cards and about topic kits."""
    rows = _read("retrieval_cards.yaml") + _read("retrieval_kits.yaml")
    return tuple(RetrievalCase.model_validate(row) for row in rows)


def off_topic_cases() -> tuple[OffTopicCase, ...]:
    """Far-off, workplace, and near-miss questions."""
    return tuple(OffTopicCase.model_validate(row) for row in _read("off_topic.yaml"))


def topic_cases() -> tuple[TopicCase, ...]:
    """Subjects with and without a kit."""
    return tuple(TopicCase.model_validate(row) for row in _read("topics.yaml"))


def _read(name: str) -> list[dict[str, Any]]:
    import yaml

    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return rows
