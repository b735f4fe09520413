"""What an adversary sees of a program in one possible world, through the code that serves the lead.

Disclosing looks at pairs only through the cells that they are in, so worlds with the same numbers
of pairs in each cell are disclosed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.themes import Withheld
from coach.themes.attack.programs import Program, Release
from coach.themes.cells import cells
from coach.themes.disclosing import Disclosure, Found, Rules, Shown, disclosed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.bool_]

#: All that people read of one theme: its bands, or nothing.
Seen = tuple[object, ...] | None


@dataclass(frozen=True)
class Disclosing:
    """The code under attack; a test swaps a part for a broken one."""

    disclosed: Callable[..., Disclosure] = disclosed
    after: Callable[[Disclosure, Found, Release, Rules], Disclosure] = (
        lambda shown, _found, release, _rules: shown.after(len(release.withdrawn))
    )
    counted: Callable[[Bits, int], Bits] = lambda bits, release: bits[release]
    read: Callable[[Shown | Withheld], Seen] = lambda theme: (
        None
        if isinstance(theme, Withheld)
        else (theme.pairs, tuple(sorted(theme.segments.items())))
    )


class Observed:
    """One program's releases as functions of who told of one theme when.

    ``told`` is, per release and pair of ``program.roster``, whether it told of the theme.
    """

    def __init__(self, program: Program, code: Disclosing) -> None:
        self.program, self.code = program, code
        self.roster = program.roster
        place = {pair: index for index, pair in enumerate(self.roster)}
        self.running = self._bits(place, [one.running for one in program.releases])
        self.contributing = self._bits(place, [one.contributing for one in program.releases])
        self.withdrawn = self._bits(place, [one.withdrawn for one in program.releases])
        withdrew = {f"{index}": one.withdrawn for index, one in enumerate(program.releases)}
        #: What tells pairs apart in public: their segments, and when they withdrew anything.
        self.cell = self._cells(place, dict(program.segments) | withdrew)
        self.cells = int(self.cell.max(initial=0)) + 1
        #: The same by each choice of segments: a release may leave some of them out.
        self.views = [
            self._cells(place, {name: program.segments[name] for name in names})
            for count in range(len(program.segments) + 1)
            for names in combinations(program.segments, count)
        ]
        self._names = np.array(self.roster)
        self._known: dict[tuple[int, bytes], tuple[Seen, Seen]] = {}
        self._rules = [Rules(one.least, one.running, program.segments) for one in program.releases]

    def told(self, theme: str) -> Bits:
        """The truth about ``theme``."""
        place = {pair: index for index, pair in enumerate(self.roster)}
        return self._bits(place, [one.themes[theme] for one in self.program.releases])

    def seen(self, told: Bits) -> tuple[tuple[Seen, Seen], ...]:
        """Of each release, what its preview and what the release itself show of the theme."""
        return tuple(self._release(index, told) for index in range(len(told)))

    def _release(self, index: int, told: Bits) -> tuple[Seen, Seen]:
        inside = self.code.counted(told, index)
        key = index, np.bincount(self.cell[inside], minlength=self.cells).tobytes()
        if key not in self._known:
            self._known[key] = self._disclosed(index, inside)
        return self._known[key]

    def _disclosed(self, index: int, inside: Bits) -> tuple[Seen, Seen]:
        release, rules = self.program.releases[index], self._rules[index]
        found = Found(frozenset(self._names[inside].tolist()))
        counted = self._names[self.code.counted(self.contributing, index)]
        running = rules.running | frozenset(counted.tolist()) if rules.running else rules.running
        rules = Rules(rules.min_pairs, running, rules.segments)
        shown = self.code.disclosed({"theme": found}, frozenset(counted.tolist()), rules)
        final = self.code.after(shown, found, release, rules)
        return self.code.read(shown.themes["theme"]), self.code.read(final.themes["theme"])

    def _bits(self, place: dict[str, int], held: list[frozenset[str]]) -> Bits:
        bits = np.zeros((len(held), len(place)), dtype=bool)
        for index, pairs in enumerate(held):
            bits[index, [place[pair] for pair in pairs]] = True
        return bits

    def _cells(
        self, place: dict[str, int], public: Mapping[str, frozenset[str]]
    ) -> NDArray[np.intp]:
        found = np.zeros(len(place), dtype=np.intp)
        for number, cell in enumerate(cells(public, self.roster)):
            found[[place[pair] for pair in cell.pairs]] = number
        return found
