"""Where a text threatens face and how gravely, without a score: quick enough for every clause."""

from __future__ import annotations

from collections.abc import Callable

from coach.domain.guidance import Frozen
from coach.domain.phrasing import Threat
from coach.phrasing.spotting import spots
from coach.phrasing.threats import ABOUT


class Mark(Frozen):
    """A span in characters, its kind, and its severity from 0 to 1."""

    start: int
    end: int
    kind: Threat
    severity: float


Marker = Callable[[str], tuple[Mark, ...]]


def marks_of(text: str) -> tuple[Mark, ...]:
    """The marks of ``text``, by position."""
    return tuple(
        Mark(start=one.start, end=one.end, kind=one.kind, severity=ABOUT[one.kind].severity)
        for one in spots(text)
    )
