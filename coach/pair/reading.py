"""What reads a reflection for its author: a summary of it, and signs that need a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Event
from typing import Protocol

from coach.domain.kept_reflection import KeptSummary
from coach.domain.refinement import Refinement
from coach.domain.reflection import CareSignal, Evidence, ReflectionSummary


class Summarise(Protocol):
    """Tells what texts come to, every line with the words that it stands on."""

    def __call__(
        self,
        texts: Sequence[str],
        *,
        author: str = "",
        session_date: date | None = None,
        partner: str = "",
    ) -> ReflectionSummary:
        """The summary; days are told from ``session_date``. Raises ``CoachError``."""
        ...


class Rewrite(Protocol):
    """Asks a model to say the sentences of a summary more plainly."""

    def __call__(
        self,
        summary: KeptSummary,
        *,
        person: str,
        participants: Collection[str] = (),
        stop: Event | None = None,
    ) -> Iterator[Refinement]:
        """What came of each sentence, by its position; faults stand in there.

        The daily budget of ``person`` pays, and no model outside this machine gets the names of
        ``participants``. Raises ``CoachError`` before anything is sent.
        """
        ...


@dataclass(frozen=True)
class Sign:
    """Characters ``start`` to ``end``, excluded, that hold a sign."""

    signal: CareSignal
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """``signs`` finds what no summary should handle alone, for each of several texts.

    The one to answer first is at the front. No text may be empty.

    ``note`` says what its author may do then; its second argument is the program's contacts.
    ``rewrite`` is ``None`` where no model is set, and ``leaves`` says whether what goes to the
    model leaves this machine.
    """

    summarise: Summarise
    signs: Callable[[Sequence[str]], Sequence[Sequence[Sign]]]
    note: Callable[[CareSignal, str], str]
    rewrite: Rewrite | None = None
    leaves: bool = False

    def grave(self, summary: KeptSummary) -> frozenset[str]:
        """The lines that hold such a sign, or whose words stand in or beside one."""
        around = {
            one: _around(summary.texts[one.text_index], one.start, one.end)
            for line in summary.lines
            for one in line.evidence
        }
        alone = [text for line in summary.lines for text in (line.text, getattr(line, "what", ""))]
        alone += [
            summary.texts[one.text_index][start:end]
            for one, (start, end) in around.items()
            if len(summary.texts[one.text_index]) > _READ_WHOLE
        ]
        texts = [text for text in dict.fromkeys((*summary.texts, *alone)) if text.strip()]
        found = dict(zip(texts, self.signs(texts), strict=True))

        def stands_by(evidence: Evidence) -> bool:
            text, (start, end) = summary.texts[evidence.text_index], around[evidence]
            near = any(sign.start < end and start < sign.end for sign in found.get(text, ()))
            return near or bool(found.get(text[start:end]))

        return frozenset(
            line.id
            for line in summary.lines
            if found.get(line.text)
            or found.get(getattr(line, "what", ""))
            or any(map(stands_by, line.evidence))
        )


#: Characters up to which every sentence is read for signs; beyond, those around a line are again.
_READ_WHOLE = 10_000
#: Sentences before and after one that are read with it, as a story has its parts.
_BESIDE = 2
_BREAK = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences of these words, and some beside them: what is hinted at is there."""
    breaks = [mark.end() for mark in _BREAK.finditer(text)]
    before = [0] * _BESIDE + [0, *(place for place in breaks if place <= start)]
    after = [*(place for place in breaks if place >= end), len(text)] + [len(text)] * _BESIDE
    return before[-1 - _BESIDE], after[_BESIDE]
