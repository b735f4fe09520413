"""Which statements are about the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.themes import Statement
from coach.ports import Clusterer
from coach.themes.copies import copied

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A pair's statements that decide where the themes are: this many times what is usual, or ...
_TIMES_USUAL = 3
#: ... so many, if that is more.
_ALWAYS = 12


@dataclass(frozen=True)
class Group:
    """Statements about one thing, before anybody may see it.

    ``members`` are their places in the list that was given. ``pairs`` said them; ``copies`` are
    those of them who said nothing here but what another pair had said word for word. ``centre`` has
    length 1, and every pair counts in it alike.
    """

    members: tuple[int, ...]
    statements: tuple[Statement, ...]
    pairs: frozenset[str]
    copies: frozenset[str]
    centre: NDArray[np.float32]


def discover(
    statements: Sequence[Statement],
    vectors: NDArray[np.float32],
    clusterer: Clusterer,
    *,
    themes: int | None = None,
) -> tuple[Group, ...]:
    """Groups of statements, in the order of their first identifiers; some may be in none.

    ``vectors`` has a row per statement. With ``themes`` there are so many, if there are as many
    different statements, and every statement is in one. The order of the statements does not
    matter. No pair has more weight in where the themes are than three times what is usual, and a
    copy has none.
    """
    if not statements:
        return ()
    order = sorted(range(len(statements)), key=lambda place: (statements[place].id, place))
    said = [statements[place] for place in order]
    rows = np.asarray(vectors, dtype=np.float32)
    if order != list(range(len(order))):
        rows = rows[order]
    firsts = copied(said)
    labels = clusterer.group(rows, _deciding(said, firsts), themes)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place, first in enumerate(firsts):
        # A copy goes where the first went, or it would count there as somebody's own words.
        members[int(labels[first])].append(place)
    members.pop(-1, None)
    groups = (
        _group([order[place] for place in places], said, rows, firsts, places)
        for places in members.values()
    )
    return tuple(sorted(groups, key=lambda group: group.statements[0].id))


def _deciding(statements: Sequence[Statement], firsts: Sequence[int]) -> NDArray[np.bool_]:
    own = [place == first for place, first in enumerate(firsts)]
    counts = Counter(one.pair for one, mine in zip(statements, own, strict=True) if mine)
    most = max(_ALWAYS, round(_TIMES_USUAL * float(np.median(list(counts.values())))))
    left = {pair: _spread(count, most) for pair, count in counts.items()}
    chosen = np.zeros(len(statements), dtype=np.bool_)
    for place, one in enumerate(statements):
        chosen[place] = own[place] and next(left[one.pair])
    return chosen


def _spread(count: int, most: int) -> Iterator[bool]:
    """For each of ``count`` whether it is one of ``most``, evenly spread."""
    kept = min(count, most)
    return ((turn + 1) * kept // count > turn * kept // count for turn in range(count))


def _group(
    members: Sequence[int],
    statements: Sequence[Statement],
    rows: NDArray[np.float32],
    firsts: Sequence[int],
    places: Sequence[int],
) -> Group:
    own = {statements[place].pair for place in places if firsts[place] == place}
    pairs = frozenset(statements[place].pair for place in places)
    by_pair: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        by_pair[statements[place].pair].append(place)
    middle = np.mean([rows[held].mean(axis=0) for held in by_pair.values()], axis=0)
    return Group(
        members=tuple(members),
        statements=tuple(statements[place] for place in places),
        pairs=pairs,
        copies=pairs - own,
        centre=np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-12), dtype=np.float32),
    )
