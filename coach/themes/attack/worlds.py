"""Whether an adversary can be certain: is there a world that looks the same, with another answer?

The adversary knows the roster, the segments, who contributed when and who withdrew, every preview
and release, the rules, and whatever some pairs told. A cell is recovered unless a *witness* is
found: another world in which what those pairs told is the same, everything that is shown is the
same, and the target's answer is the other one. The witness goes through the same code that serves
the lead. Where none is found, the cell counts as recovered: the search can only err against us.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from coach.themes.attack.seen import Observed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coach.themes.attack.seen import Bits

#: Worlds that are all looked through where no simple witness is found.
_MOST_WORLDS = 3000


class Certainty:
    """What stays open about one theme to somebody who knows what ``known`` pairs told."""

    def __init__(self, observed: Observed, told: Bits, known: Bits) -> None:
        self._observed, self._told, self._known = observed, told, known
        self._shown = observed.seen(told)
        self._alike = _alike(observed, told)
        self._open: dict[tuple[int, int], bool] = {}

    def cells(self, release: int, targets: Bits) -> tuple[int, int]:
        """How many of ``targets`` were tried, and of how many the adversary is certain."""
        open_to = targets & self._observed.contributing[release] & ~self._known
        pairs = np.flatnonzero(open_to)
        if not len(pairs):
            return 0, 0
        _, first, sizes = np.unique(self._alike[pairs], return_index=True, return_counts=True)
        lost = sum(
            int(size)
            for target, size in zip(pairs[first], sizes, strict=True)
            if not self._stays_open(release, int(target))
        )
        return len(pairs), lost

    def _stays_open(self, release: int, target: int) -> bool:
        key = release, int(self._alike[target])
        if key not in self._open:
            self._open[key] = self._witness(release, target)
        return self._open[key]

    def _witness(self, release: int, target: int) -> bool:
        return any(
            self._observed.seen(world) == self._shown for world in self._worlds(release, target)
        )

    def _worlds(self, release: int, target: int) -> Iterator[Bits]:
        """Other worlds in which the target's answer is the other one, the likeliest first."""
        answer = bool(self._told[release, target])
        free = self._observed.contributing[release] & ~self._known
        free[target] = False
        flipped = self._told.copy()
        flipped[release, target] = not answer
        others = np.flatnonzero(free & (self._told[release] != answer))
        _, first = np.unique(self._alike[others], return_index=True)
        apart = self._observed.cell[others[first]] != self._observed.cell[target]
        for other in others[first[np.argsort(apart, kind="stable")]]:
            world = flipped.copy()
            world[release, other] = answer
            yield world
        yield flipped
        for cell in (self._observed.cell, *self._observed.views):
            groups = [np.flatnonzero(free & (cell == one)) for one in range(int(cell.max()) + 1)]
            yield from _refilled(release, flipped, groups, int(cell[target]))


def _alike(observed: Observed, told: Bits) -> NDArray[np.intp]:
    """A number for each pair: the same for pairs that nothing in the world tells apart."""
    number = observed.cell.copy()
    for bits in (*observed.contributing, *told):
        number = number * 2 + bits
    return number


def _refilled(
    release: int, flipped: Bits, groups: list[NDArray[np.intp]], ours: int
) -> Iterator[Bits]:
    """Every number of pairs in the target's group, with the other groups moved along."""
    now = [int(flipped[release, group].sum()) for group in groups]
    for count in _from(now[ours], len(groups[ours])):
        for counts in _others(now, [len(group) for group in groups], ours, count):
            yield _filled(flipped, release, groups, counts)
    ranges = [range(len(group) + 1) for group in groups]
    if prod(map(len, ranges)) <= _MOST_WORLDS:
        for counts in product(*ranges):
            yield _filled(flipped, release, groups, counts)


def _from(now: int, most: int) -> list[int]:
    """0 to ``most``, those next to ``now`` first."""
    return sorted(range(most + 1), key=lambda count: abs(count - now))


def _others(now: list[int], sizes: list[int], ours: int, count: int) -> Iterator[tuple[int, ...]]:
    """The other cells unchanged, making up for the change, empty and full."""
    rest = [index for index in range(len(now)) if index != ours]
    owed = now[ours] - count
    levelled = list(now)
    for index in rest:
        level = min(max(now[index] + owed, 0), sizes[index])
        owed, levelled[index] = owed - level + now[index], level
    for made in (now, levelled, [0] * len(now), sizes):
        counts = list(made)
        counts[ours] = count
        yield tuple(counts)


def _filled(
    world: Bits, release: int, groups: list[NDArray[np.intp]], counts: tuple[int, ...]
) -> Bits:
    made = world.copy()
    for group, count in zip(groups, counts, strict=True):
        made[release, group] = False
        made[release, group[:count]] = True
    return made
