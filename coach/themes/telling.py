"""How the pairs of a theme tell of it: as a win, as hard, as a question, or each otherwise.

What two thirds of them tell is said from K pairs on, as a word is. A kind besides that one is said
only from 2K - 1 pairs on: if it is not, K - 1 pairs who all told of it cannot know that nobody else
did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from coach.domain.reflection import ItemKind
from coach.domain.themes import Statement
from coach.themes.counts import band_of

#: Pairs that "several" means at least, whatever the threshold of a file is.
SEVERAL = 3
_SOME = {
    ItemKind.WIN: "For some it goes well.",
    ItemKind.CHALLENGE: "Some find it hard.",
    ItemKind.LEARNING: "Some learned from it.",
    ItemKind.SURPRISE: "Some were surprised by it.",
    ItemKind.NEXT_STEP: "Some plan for it.",
    ItemKind.FEELING: "Some have feelings about it.",
    ItemKind.QUESTION: "Some ask themselves about it.",
    ItemKind.COMMITMENT: "Some made promises about it.",
}
#: Share of a theme's pairs that tell a kind before its sentence says so of "several": with half of
#: them, as many would read something about themselves that they never said.
_MOST = 2 / 3
_DIFFERS = "What they make of it differs."
#: By the band that the page shows beside it, so that the words tell no more than that.
_FEW = {
    (1, 1): "One pair speaks of it.",
    (2, 2): "Two pairs speak of it.",
    (2, 3): "Two or three pairs speak of it.",
}
#: All whole sentences that this says: nobody's words, whoever says the same.
LINES = (*_SOME.values(), _DIFFERS, *_FEW.values())


@dataclass(frozen=True)
class Telling:
    """``kind`` is what most of the pairs tell; ``behind`` the smallest number behind what is said.

    ``few`` is the sentence for so few pairs that they are not several; empty for more.
    """

    kind: ItemKind | None
    others: tuple[ItemKind, ...]
    few: str
    behind: int
    differs: bool

    def sentence(self, said: str, *, kind_is_in: bool = True) -> str:
        """``said``, and how else pairs tell of it; ``kind_is_in`` where ``said`` has the kind."""
        kinds = self.others
        if self.kind and not kind_is_in:
            kinds = (self.kind, *kinds)
        more = [_SOME[kind] for kind in kinds] or [_DIFFERS] * self.differs
        return " ".join((said, *more))


def telling(statements: Iterable[Statement], least: int) -> Telling:
    """How ``statements``, of which none is a copy, tell of their theme; ``least`` is K."""
    pairs: set[str] = set()
    by_kind: defaultdict[ItemKind, set[str]] = defaultdict(set)
    for one in statements:
        pairs.add(one.pair)
        if one.kind:
            by_kind[one.kind].add(one.pair)
    counts = {kind: len(by_kind[kind]) for kind in ItemKind if kind in by_kind}
    best = min(counts, key=lambda kind: (-counts[kind], kind), default=None)
    most = best is not None and counts[best] >= max(least, SEVERAL, _MOST * len(pairs))
    kind = best if most else None
    safe = max(2 * least - 1, SEVERAL)
    others = tuple(one for one in counts if one != kind and counts[one] >= safe)
    band = band_of(len(pairs), least)
    said = [counts[one] for one in (kind, *others) if one]
    return Telling(
        kind=kind,
        others=others,
        few=_FEW.get((band.least, band.most), ""),
        behind=min(said, default=len(pairs)),
        differs=not said and len(counts) > 1,
    )
