"""Whether an adversary who does not know who contributed can be certain of it for somebody.

As in ``worlds``: a pair's silence is recovered unless another world looks the same, in which it is
the other way round. Two pairs of a cell can change places in everything. Where all of a cell are
alike, a world with other numbers is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.themes import Count
from coach.themes.attack.programs import Program
from coach.themes.attack.seen import Disclosing, Seen
from coach.themes.cells import cells
from coach.themes.disclosing import Found, Rules

if TYPE_CHECKING:
    from coach.themes.attack.seen import Bits

#: Pairs of the cell that fall silent, or speak up, together with the target.
_TOGETHER = 12


class Silence:
    """One release of a program: who contributed, and in which themes they are."""

    def __init__(self, program: Program, release: int, code: Disclosing) -> None:
        self._release = program.releases[release]
        self._code = code
        self._pairs = np.array(sorted(self._release.running))
        self._rules = Rules(self._release.least, self._release.running, program.segments)
        self._told = self._held(self._release.contributing)
        self._themes = {name: self._held(held) for name, held in self._release.themes.items()}
        self._cells = [self._held(one.pairs) for one in cells(program.segments, self._pairs)]
        self._shown = {name: self._seen(self._told, held) for name, held in self._themes.items()}

    def cells(self, known: frozenset[str]) -> tuple[int, int]:
        """Pairs tried and recovered by somebody who knows of the ``known`` ones."""
        tried = lost = 0
        open_to = ~self._held(known)
        for cell in self._cells:
            others = cell & open_to
            tried += int(others.sum())
            told = self._told[others]
            if others.any() and told.all() == told.any() and not self._witness(others, open_to):
                lost += int(others.sum())
        return tried, lost

    def _witness(self, cell: Bits, open_to: Bits) -> bool:
        """Whether one of the cell, which are all alike, may not be; themes are open each alone."""
        return any(
            all(self._fits(name, told, open_to) for name in self._themes)
            for told in self._worlds(cell, open_to)
        )

    def _worlds(self, cell: Bits, open_to: Bits) -> Iterator[Bits]:
        """Some of the cell change sides, alone or as others elsewhere change to theirs."""
        inside = np.flatnonzero(cell)
        spoke = bool(self._told[inside[0]])
        elsewhere = np.flatnonzero(open_to & ~cell & (self._told != spoke))
        for count in range(1, min(len(inside), _TOGETHER) + 1):
            for others in (elsewhere[:0], elsewhere[:count]):
                told = self._told.copy()
                told[inside[:count]], told[others] = not spoke, spoke
                yield told

    def _fits(self, name: str, told: Bits, open_to: Bits) -> bool:
        """Whether some of those who ``told`` can make the theme look as it does."""
        return any(
            self._seen(told, held) == self._shown[name]
            for held in self._refilled(self._themes[name], told, open_to)
        )

    def _refilled(self, held: Bits, told: Bits, open_to: Bits) -> Iterator[Bits]:
        left, free = held & told, open_to & told
        yield left
        near, far = left.copy(), left.copy()
        for cell in self._cells:
            missing = int((held & ~told & cell).sum())
            near[np.flatnonzero(cell & free & ~held)[:missing]] = True
        far[np.flatnonzero(free & ~held)[: int((held & ~told).sum())]] = True
        yield from (near, far)
        for made in (left, near, far):
            for cell in self._cells:
                for side in (True, False):
                    other = made.copy()
                    other[np.flatnonzero(cell & free & (made != side))[:1]] = side
                    yield other
        yield from (left | free, left & ~free)

    def _seen(self, told: Bits, held: Bits) -> tuple[Count | None, Seen, Seen]:
        found = {"theme": Found(self._names(held))}
        preview = self._code.disclosed(found, self._names(told), self._rules)
        final = preview.after(len(self._release.withdrawn))
        read = self._code.read
        return preview.contributing, read(preview.themes["theme"]), read(final.themes["theme"])

    def _names(self, held: Bits) -> frozenset[str]:
        return frozenset(self._pairs[held].tolist())

    def _held(self, pairs: frozenset[str]) -> Bits:
        held: Bits = np.isin(self._pairs, sorted(pairs))
        return held
