"""The attacks on what a program discloses, by name, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from coach.themes.attack.filters import by_filters
from coach.themes.attack.programs import Program
from coach.themes.attack.seen import Disclosing, Observed
from coach.themes.attack.silence import Silence
from coach.themes.attack.worlds import Certainty

if TYPE_CHECKING:
    from coach.themes.attack.seen import Bits

FILTERS = "every pair of filters"
ONE = "one pair's own statements"
COLLUSION = "K - 1 pairs together"
CONSECUTIVE = "consecutive releases"
MOVED = "a pair that joins or leaves"
WITHDRAWN = "withdrawal before a release"
RAISED = "a raised threshold"
SILENT = "who contributes at all"
ON_COUNTS = (FILTERS, ONE, COLLUSION, CONSECUTIVE, MOVED, WITHDRAWN, RAISED, SILENT)


@dataclass
class Tally:
    """Cells tried and recovered, by attack; ``programs`` that gave any away, by their ids."""

    tried: Counter[str] = field(default_factory=Counter)
    recovered: Counter[str] = field(default_factory=Counter)
    programs: list[str] = field(default_factory=list)

    def add(self, attack: str, program: str, cells: tuple[int, int]) -> None:
        """Count what an attack came to: cells tried, and recovered."""
        tried, recovered = cells
        self.tried[attack] += tried
        self.recovered[attack] += recovered
        if recovered and program not in self.programs:
            self.programs.append(program)


def attack_counts(program: Program, tally: Tally, code: Disclosing | None = None) -> None:
    """Try every attack on the counts of ``program``, and add what they come to to ``tally``."""
    code = code or Disclosing()
    observed = Observed(program, code)
    draw = Random(program.id)  # noqa: S311 - a repeatable case, not a secret
    for index, release in enumerate(program.releases):
        silence = Silence(program, index, code)
        for theme in release.themes:
            for known in _coalitions(observed, observed.told(theme)[index], index, draw):
                names = frozenset(np.array(observed.roster)[known].tolist())
                tally.add(FILTERS, program.id, by_filters(program, release, theme, names, code))
                tally.add(SILENT, program.id, silence.cells(names))
        for known in _silent(observed, index, draw):
            names = frozenset(np.array(observed.roster)[known].tolist())
            tally.add(SILENT, program.id, silence.cells(names))
    for theme in program.releases[0].themes:
        told = observed.told(theme)
        for index in range(len(program.releases)):
            for known in _coalitions(observed, told[index], index, draw):
                _attack_theme(Certainty(observed, told, known), observed, known, tally)


def _attack_theme(certainty: Certainty, observed: Observed, known: Bits, tally: Tally) -> None:
    program = observed.program
    alone = ONE if known.sum() <= 1 else COLLUSION
    for index, release in enumerate(program.releases):
        everybody = observed.contributing[index]
        tally.add(alone, program.id, certainty.cells(index, everybody))
        tally.add(WITHDRAWN, program.id, certainty.cells(index, observed.withdrawn[index]))
        if index == 0:
            continue
        before = observed.contributing[index - 1]
        tally.add(CONSECUTIVE, program.id, certainty.cells(index, everybody & before))
        joined = observed.running[index] & ~observed.running[index - 1]
        left = observed.running[index - 1] & ~observed.running[index]
        tally.add(MOVED, program.id, certainty.cells(index, joined))
        tally.add(MOVED, program.id, certainty.cells(index - 1, left))
        if release.least > program.releases[index - 1].least:
            tally.add(RAISED, program.id, certainty.cells(index, everybody & before))


def _coalitions(observed: Observed, told: Bits, index: int, draw: Random) -> Iterator[Bits]:
    """One pair; then K - 1: in the theme, out of it, mixed, and where fewest are in or out."""
    contributing = np.flatnonzero(observed.contributing[index]).tolist()
    most = observed.program.releases[index].least - 1
    inside = [pair for pair in contributing if told[pair]]
    outside = [pair for pair in contributing if not told[pair]]
    yield _mask(observed, draw.sample(contributing, min(1, len(contributing))))
    for among in (inside, outside, contributing):
        yield _mask(observed, draw.sample(among, min(most, len(among))))
    for among in (inside, outside):
        sizes = Counter(observed.cell[among].tolist())
        thinnest = sorted(among, key=lambda pair: (sizes[int(observed.cell[pair])], pair))
        yield _mask(observed, thinnest[:most])


def _silent(observed: Observed, index: int, draw: Random) -> Iterator[Bits]:
    """One to K - 1 pairs that ran and did not contribute."""
    silent = np.flatnonzero(observed.running[index] & ~observed.contributing[index]).tolist()
    for size in range(1, observed.program.releases[index].least):
        yield _mask(observed, draw.sample(silent, min(size, len(silent))))


def _mask(observed: Observed, pairs: list[int]) -> Bits:
    mask = np.zeros(len(observed.roster), dtype=bool)
    mask[pairs] = True
    return mask
