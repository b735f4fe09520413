"""Labelled reflections: what each sentence tells, and who promised what by when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from coach.domain.guidance import Frozen
from coach.reflecting.sentences import Span, sentences_of
from evals.cases import Part

_HERE = Path(__file__).parent / "cases" / "reflections"
#: Three of the eight writers of whole reflections; nothing was tuned on them, nor were they read.
_HELD_OUT = ("e", "f", "z")


class LabelledSentence(Frozen):
    """A sentence, its place, its kind, and for a commitment who is to do it, and when."""

    span: Span
    kind: str
    who: str = ""
    when: date | None = None


class LabelledReflection(Frozen):
    """A reflection, or an excerpt of a few sentences, which has no session date."""

    id: str
    writer: str
    text: str
    session_date: date | None
    sentences: tuple[LabelledSentence, ...]

    @property
    def part(self) -> Part:
        """Held out by writer."""
        return Part.HELD_OUT if self.writer in _HELD_OUT else Part.TUNE

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole reflection, and not an excerpt to tune on."""
        return self.session_date is not None


@lru_cache(maxsize=1)
def labelled_reflections() -> tuple[LabelledReflection, ...]:
    """All of them, by file and line."""
    return tuple(_read())


def _read() -> Iterator[LabelledReflection]:
    for path in sorted(_HERE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text, found = "", []
            for said in row["sentences"]:
                text += "" if not text or said["text"].startswith("\n") else " "
                # The label is of the sentence; bullets before it are none of its words.
                inside = sentences_of(said["text"])
                start = len(text) + (inside[0].start if inside else 0)
                end = len(text) + (inside[-1].end if inside else len(said["text"]))
                text += said["text"]
                found.append(
                    LabelledSentence(
                        span=Span(start=start, end=end, text=text[start:end]),
                        kind=said["kind"],
                        who=said.get("who") or "",
                        when=said.get("when"),
                    )
                )
            yield LabelledReflection(
                id=row["id"],
                writer=row["writer"],
                text=text,
                session_date=row.get("session_date"),
                sentences=tuple(found),
            )
