"""Every pair of filters, by arithmetic: what sums and differences of bands say of small groups.

This adversary knows nothing of the rules. It looks at the bands that are shown as inequalities and
narrows each cell until nothing moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from coach.domain.themes import Withheld
from coach.themes.attack.programs import Program, Release
from coach.themes.attack.seen import Disclosing
from coach.themes.cells import Cell, cells
from coach.themes.disclosing import Found, Rules, Shown

#: Cells that hold at least and at most so many.
_Fact = tuple[frozenset[int], int, int]


def by_filters(
    program: Program, release: Release, theme: str, known: frozenset[str], code: Disclosing
) -> tuple[int, int]:
    """Groups tried and recovered that two filters cut out of a theme, for who knows ``known``."""
    groups = cells(program.segments, release.contributing)
    rules = Rules(release.least, release.running, program.segments)
    told = release.themes[theme]
    shown = code.disclosed({theme: Found(told)}, release.contributing, rules).themes[theme]
    inside = [len(cell.pairs & known & told) for cell in groups]
    bounds = _Bounds([len(cell.pairs - known) for cell in groups], _facts(shown, groups, inside))
    regions = _regions(program.segments, groups)
    return len(regions), sum(bounds.certain(region, release.least) for region in regions)


def _regions(
    segments: Mapping[str, frozenset[str]], groups: tuple[Cell, ...]
) -> tuple[frozenset[int], ...]:
    """What each filter, and each pair of them, can cut out, as cells."""
    everything = frozenset(range(len(groups)))
    filters = [everything, *(_held(name, groups) for name in segments)]
    cut = {*filters, *(everything - one for one in filters)}
    for one, other in combinations(filters, 2):
        cut |= {one & other, one - other, other - one, one | other, everything - one - other}
    return tuple(sorted(cut - {frozenset()}, key=sorted))


def _held(name: str, groups: tuple[Cell, ...]) -> frozenset[int]:
    return frozenset(index for index, cell in enumerate(groups) if name in cell.segments)


def _facts(theme: Shown | Withheld, groups: tuple[Cell, ...], inside: list[int]) -> list[_Fact]:
    """What the bands say of the pairs whose statements the adversary does not hold."""
    if isinstance(theme, Withheld):
        return []
    counts = {frozenset(range(len(groups))): theme.pairs} | {
        _held(name, groups): count for name, count in theme.segments.items()
    }
    known = {held: sum(inside[index] for index in held) for held in counts}
    return [
        (held, count.least - known[held], count.most - known[held])
        for held, count in counts.items()
    ]


class _Bounds:
    """At least and at most so many of each cell's ``others`` are in the theme."""

    def __init__(self, others: list[int], facts: list[_Fact]) -> None:
        self._others, self._facts = others, facts
        self._least, self._most = [0] * len(others), list(others)
        moved = bool(facts)
        while moved:
            moved = sum(self._narrowed(*fact) for fact in facts) > 0

    def certain(self, region: frozenset[int], least: int) -> bool:
        """Whether all or none of the region's others are in it, or how many of fewer than K."""
        others = sum(self._others[index] for index in region)
        low, high = self._of(region)
        return others > 0 and (low >= others or high <= 0 or (low == high and others < least))

    def _of(self, region: frozenset[int]) -> tuple[int, int]:
        low, high = self._sum(self._least, region), self._sum(self._most, region)
        for held, at_least, at_most in self._facts:
            if region <= held:
                low = max(low, at_least - self._sum(self._most, held - region))
                high = min(high, at_most - self._sum(self._least, held - region))
            if held <= region:
                low = max(low, at_least + self._sum(self._least, region - held))
                high = min(high, at_most + self._sum(self._most, region - held))
        return low, high

    def _narrowed(self, held: frozenset[int], low: int, high: int) -> bool:
        before = list(self._least), list(self._most)
        least, most = self._sum(before[0], held), self._sum(before[1], held)
        for index in held:
            self._least[index] = max(self._least[index], low - (most - before[1][index]))
            self._most[index] = min(self._most[index], high - (least - before[0][index]))
        return before != (self._least, self._most)

    def _sum(self, side: list[int], held: frozenset[int]) -> int:
        return sum(side[index] for index in held)
