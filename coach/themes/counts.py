"""Numbers of pairs: what a group of them bears, and the bands that are shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.domain.bands import band
from coach.domain.themes import Count


class CountNoise(Protocol):
    """Draws numbers that hide one pair's part in counts."""

    #: A pair is counted in so many themes at most, or the noise would not hide it.
    most_themes: int

    def noisy(self, counts: tuple[int, ...]) -> tuple[int, ...]:
        """Each count with noise of its own."""
        ...

    def margin(self, counts: int) -> int:
        """How far the sum of so many noisy counts may be off, but for a chance that is stated."""
        ...


@dataclass(frozen=True)
class Group:
    """Pairs of one cell, or of several added up.

    ``told`` is ``inside`` with noise, where there is any. ``running`` is ``None`` where everybody
    may know who contributes.
    """

    inside: int
    told: int
    contributing: int
    running: int | None

    def bears(self, least: int, margin: int) -> int:
        """How many pairs could leave either side before one has fewer than ``least``."""
        sides = [self.inside, self.contributing - self.inside]
        if self.running is not None:
            sides.append(self.running - self.inside - least)
        if margin:
            sides += [self.told - margin, self.contributing - self.told - margin]
        return min(sides) - least


def together(groups: Sequence[Group]) -> Group:
    """All of the groups as one."""
    running = [group.running for group in groups if group.running is not None]
    return Group(
        sum(group.inside for group in groups),
        sum(group.told for group in groups),
        sum(group.contributing for group in groups),
        sum(running) if running else None,
    )


def band_of(count: int, width: int) -> Count:
    """The band of ``width`` that holds ``count``."""
    found = band(count, width)
    return Count(least=found.least, most=found.least + width - 1)


def coverage(contributing: int, running: int, least: int) -> Count | None:
    """How many of ``running`` pairs contribute, as a band; ``None`` where none is safe.

    The first band reaches from none to 2K - 1, and the last takes in all of them and all but K.
    """
    last = (running - least) // least * least
    if last < 2 * least:
        return None
    if contributing >= last:
        return Count(least=last, most=running)
    if contributing < 2 * least:
        return Count(least=0, most=2 * least - 1)
    return band_of(contributing, least)
