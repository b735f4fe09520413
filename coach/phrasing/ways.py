"""Ways to put a message, each with the floor's verdict on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from coach.domain.phrasing import Level
from coach.phrasing.techniques import Draft, Drafting


@dataclass(frozen=True)
class Way:
    """A way to put the message, and why the floor refuses it, if it does."""

    drafting: Drafting
    refusal: str

    def drafts(self, level: Level) -> Iterator[Draft]:
        """Its candidates for a level; one is enough to show what was refused."""
        found = self.drafting.drafts(level)
        return islice(found, 1) if self.refusal else found


class Ways:
    """Ways that are judged when they are first asked for; the first mostly serves all levels."""

    def __init__(self, ways: Iterator[Way]) -> None:
        self._left = ways
        self._judged: list[Way] = []

    def __iter__(self) -> Iterator[Way]:
        yield from self._judged
        for way in self._left:
            self._judged.append(way)
            yield way
