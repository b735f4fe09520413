"""What the ladder needs from the other rooms of phrasing, as protocols."""

from __future__ import annotations

from typing import Protocol

from coach.domain.grammar import Reading
from coach.domain.phrasing import FloorVerdict, Point, TactCheck


class Checker(Protocol):
    """Says what in a message threatens face."""

    def check(self, text: str) -> TactCheck:
        """The findings, with a score from 0 to 1."""
        ...


class Floor(Protocol):
    """Says whether a rewrite keeps the point."""

    def keeps(self, original: str, rewrite: str) -> FloorVerdict:
        """The verdict, with the reason for a refusal."""
        ...


class PointReader(Protocol):
    """Reads what must survive of a message."""

    def __call__(self, reading: Reading) -> Point:
        """The point of what was read."""
        ...
