"""Which themes and counts a release may show.

A release says something about pairs, and somebody who knows the roster, these rules, every release
and the statements of K - 1 pairs reads it. What keeps the others safe, K being the threshold:

1. **K in it and K not in it.** A theme is shown when at least K contributing pairs are in it and at
   least K are not. Whichever K - 1 pairs somebody knows, one that is in it and one that is not are
   left, and nothing tells which. So even its exact number would tell of nobody.
2. **All segments of a theme, or none.** They are shown when the first rule holds in every *cell*:
   every group of pairs that declared segments can be added up or subtracted to. Then no filter
   reaches a smaller group. Segments too small for that in the roster are left out beforehand.
3. **Bands.** A number comes as a band K wide. Too few and nearly everybody are one answer,
   withheld, so that "withheld" is never "nobody else".
4. **Who contributes stays open.** A theme that is shown also tells that its pairs and K more have
   contributed. So another K running pairs must be left, of whom nobody can tell that.
5. **Once.** A statement counts in one release only (``history``), so that no release can be
   subtracted from another. A release is not made again, and what a pair withdraws between preview
   and release is paid for as if it had been in every theme (``Disclosure.after``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coach.domain.themes import FLOOR, Count, Withheld
from coach.themes.cells import Cell, cells, usable
from coach.themes.counts import CountNoise, Group, band_of, coverage, together


@dataclass(frozen=True)
class Found:
    """A theme before it is disclosed.

    ``pairs`` have statements in it. ``shared`` is the smallest number of those pairs behind any of
    the words that came from statements (0: it has no words to show; ``None``: all its words are
    the library's own). ``copies`` are pairs whose statement is a copy of another pair's: they count
    neither in it nor out of it.
    """

    pairs: frozenset[str]
    shared: int | None = None
    copies: frozenset[str] = frozenset()
    sensitive: bool = False


@dataclass(frozen=True)
class Rules:
    """``min_pairs`` is K; ``segments`` are those declared at launch, each a set of pairs.

    ``running`` are the pairs that ran while the statements were written, whether or not they
    contributed; ``None`` for a file, where who contributed is no secret.
    """

    min_pairs: int = FLOOR
    running: frozenset[str] | None = None
    segments: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.min_pairs < 1:
            raise ValueError("a threshold is one pair at least")

    @property
    def enough_run(self) -> bool:
        """Whether so many pairs run that any theme whatever could be shown."""
        return self.running is None or len(self.running) >= 3 * self.min_pairs

    def can_show_any(self, contributing: int) -> bool:
        """Whether so many contributing pairs are enough for any theme whatever."""
        return self.enough_run and contributing >= 2 * self.min_pairs


@dataclass(frozen=True)
class Shown:
    """What may be shown of a theme.

    ``bears`` is how many pairs may still withdraw before the theme is withheld, and
    ``segments_bear`` before its segments are. Both are secret, and stay under seal.
    """

    pairs: Count
    segments: Mapping[str, Count] = field(default_factory=dict)
    bears: int = 0
    segments_bear: int = 0


@dataclass(frozen=True)
class Disclosure:
    """What a release shows of each theme; ``contributing`` is ``None`` where no band is safe."""

    themes: Mapping[str, Shown | Withheld]
    contributing: Count | None = None

    def after(self, withdrawn: int) -> Disclosure:
        """The same once ``withdrawn`` pairs have withdrawn anything since it was previewed.

        The bands stay. Each theme is treated as if all of those pairs had been in it and out of it,
        so its fate tells nothing of any of them.
        """
        return replace(
            self, themes={name: _after(theme, withdrawn) for name, theme in self.themes.items()}
        )


def disclosed(
    found: Mapping[str, Found],
    contributing: frozenset[str],
    rules: Rules,
    noise: CountNoise | None = None,
) -> Disclosure:
    """What may be shown of the themes in ``found``, told by those who are ``contributing``.

    Raises ``ValueError`` where a theme holds a pair that does not contribute, or one contributes
    that does not run.
    """
    running = contributing if rules.running is None else rules.running
    if not contributing <= running or any(not one.pairs <= contributing for one in found.values()):
        raise ValueError("a theme holds contributing pairs, and those are running ones")
    secret = rules.running is not None
    names = usable(rules.segments, running, (3 if secret else 2) * rules.min_pairs)
    view = _View(
        least=rules.min_pairs,
        cells=cells({name: rules.segments[name] for name in names}, running),
        names=names,
        secret=secret,
        noise=noise,
    )
    return Disclosure(
        {name: view.told(one, contributing) for name, one in found.items()},
        coverage(len(contributing), len(running), rules.min_pairs) if secret else None,
    )


@dataclass(frozen=True)
class _View:
    """The roster as this release cuts it; ``secret``: who of it contributes is not known."""

    least: int
    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    secret: bool
    noise: CountNoise | None

    def told(self, found: Found, contributing: frozenset[str]) -> Shown | Withheld:
        """The theme as it may be shown, or why it is withheld."""
        if found.sensitive:
            return Withheld.SENSITIVE
        inside = found.pairs - found.copies
        groups = self._groups(inside, contributing - found.copies)
        bears = self._bears(together(groups))
        if bears < 0:
            return Withheld.TOO_FEW if len(inside) < self.least else Withheld.REMAINDER
        if found.shared is not None:
            bears = min(bears, found.shared - self.least)
        if bears < 0:
            return Withheld.WORDS
        segments_bear = min(bears, *(self._bears(group) for group in groups))
        segments = {name: self._band(self._of(name, groups)) for name in self.names}
        return Shown(
            pairs=self._band(groups),
            segments=segments if segments_bear >= 0 else {},
            bears=bears,
            segments_bear=segments_bear,
        )

    def _groups(self, inside: frozenset[str], contributing: frozenset[str]) -> tuple[Group, ...]:
        counts = tuple(len(cell.pairs & inside) for cell in self.cells)
        told = self.noise.noisy(counts) if self.noise else counts
        return tuple(
            Group(
                count,
                seen,
                len(cell.pairs & contributing),
                len(cell.pairs) if self.secret else None,
            )
            for cell, count, seen in zip(self.cells, counts, told, strict=True)
        )

    def _of(self, name: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        both = zip(self.cells, groups, strict=True)
        return tuple(group for cell, group in both if name in cell.segments)

    def _bears(self, group: Group) -> int:
        return group.bears(self.least, self.noise.margin(len(self.cells)) if self.noise else 0)

    def _band(self, groups: tuple[Group, ...]) -> Count:
        return band_of(together(groups).told, self.least)


def _after(theme: Shown | Withheld, withdrawn: int) -> Shown | Withheld:
    if isinstance(theme, Withheld) or withdrawn == 0:
        return theme
    if theme.bears < withdrawn:
        return Withheld.CHANGE
    return theme if theme.segments_bear >= withdrawn else replace(theme, segments={})
