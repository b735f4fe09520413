"""The groups into which declared segments cut the pairs, so that no filter can cut finer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """Pairs that are in the very same segments; every filter holds all of them or none."""

    segments: frozenset[str]
    pairs: frozenset[str]


def cells(segments: Mapping[str, AbstractSet[str]], pairs: Iterable[str]) -> tuple[Cell, ...]:
    """``pairs`` by the segments they are in, also those that are in none; no cell is empty."""
    grouped: dict[frozenset[str], set[str]] = {}
    for pair in sorted(pairs):
        signature = frozenset(name for name, held in segments.items() if pair in held)
        grouped.setdefault(signature, set()).add(pair)
    return tuple(
        Cell(signature, frozenset(held))
        for signature, held in sorted(grouped.items(), key=lambda one: sorted(one[0]))
    )


def usable(
    segments: Mapping[str, AbstractSet[str]], pairs: AbstractSet[str], smallest: int
) -> tuple[str, ...]:
    """The segments that cut ``pairs`` into cells of ``smallest`` at least, in their order.

    The smallest segment is left out until that holds. It looks at sizes alone, which everybody who
    knows the roster knows, so what is left out tells nothing of any theme.
    """
    left = {name: held & pairs for name, held in segments.items()}
    left = {name: held for name, held in left.items() if held and held != pairs}
    while left and min(len(cell.pairs) for cell in cells(left, pairs)) < smallest:
        del left[min(left, key=lambda name: (len(left[name]), name))]
    return tuple(left)
