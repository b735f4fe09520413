"""Every possible world of a small program, put together by how it looks to an adversary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

from coach.themes.disclosing import Disclosure, Found, Rules, Shown, disclosed

#: Of each cell: how many pairs contribute, and how many of those are in the theme.
World = tuple[tuple[int, int], ...]
#: Of each cell, what the adversary holds: silent pairs, pairs out of the theme, pairs in it.
Known = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Roster:
    """Cells of pairs that only segments tell apart; ``segments`` name the cells they hold."""

    least: int
    sizes: tuple[int, ...]
    segments: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def pairs(self, counts: tuple[int, ...]) -> frozenset[str]:
        return frozenset(f"{cell}/{i}" for cell, count in enumerate(counts) for i in range(count))

    def rules(self) -> Rules:
        everybody = self.pairs(self.sizes)
        held = {
            name: frozenset(pair for pair in everybody if int(pair.split("/")[0]) in cells)
            for name, cells in self.segments.items()
        }
        return Rules(self.least, everybody, held)

    def worlds(self) -> Iterator[World]:
        each = [
            [(told, inside) for told in range(size + 1) for inside in range(told + 1)]
            for size in self.sizes
        ]
        return product(*each)

    def coalitions(self) -> Iterator[Known]:
        """Up to K - 1 pairs, silent or not, in the theme or not, wherever they are."""
        most = range(self.least)
        each = [(silent, out, inside) for silent in most for out in most for inside in most]
        for chosen in product(each, repeat=len(self.sizes)):
            if sum(map(sum, chosen)) < self.least:
                yield chosen

    def disclosed(self, world: World) -> Disclosure:
        inside = self.pairs(tuple(cell[1] for cell in world))
        told = self.pairs(tuple(cell[0] for cell in world))
        return disclosed({"theme": Found(inside)}, told, self.rules())


def read(shown: Disclosure) -> str:
    """All that anybody sees of it."""
    theme = shown.themes["theme"]
    bands = (theme.pairs, dict(theme.segments)) if isinstance(theme, Shown) else None
    return repr((shown.contributing, bands))


def certainties(
    roster: Roster, look: Callable[[Disclosure], str], *, knows_who: bool
) -> set[tuple[str, Known]]:
    """What some coalition can be certain of in some world: nothing, if the rules are right.

    ``knows_who``: the adversary also knows which pairs contribute.
    """
    groups: dict[object, list[World]] = defaultdict(list)
    for world in roster.worlds():
        who = tuple(cell[0] for cell in world) if knows_who else None
        groups[look(roster.disclosed(world)), who].append(world)
    return {
        (answer, known)
        for known in roster.coalitions()
        for worlds in groups.values()
        for answer in _certain(roster, worlds, known, knows_who=knows_who)
    }


def _certain(
    roster: Roster, worlds: list[World], known: Known, *, knows_who: bool
) -> Iterator[str]:
    left = [world for world in worlds if _fits(roster, world, known)]
    for index, (silent, out, inside) in enumerate(known):
        told = {world[index][0] - out - inside for world in left}
        within = {world[index][1] - inside for world in left}
        others = max(told, default=0) if knows_who else roster.sizes[index] - silent - out - inside
        if not others:
            continue
        if within in ({0}, {others}):
            yield f"{within} of {others} in cell {index} are in the theme"
        if not knows_who and told in ({0}, {others}):
            yield f"{told} of {others} in cell {index} contribute"


def _fits(roster: Roster, world: World, known: Known) -> bool:
    return all(
        size - told >= silent and told - within >= out and within >= inside
        for size, (told, within), (silent, out, inside) in zip(
            roster.sizes, world, known, strict=True
        )
    )
