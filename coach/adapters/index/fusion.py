"""Join the two halves of the index into one order of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

#: Weight of meaning (cosine) against words (BM25). Chosen on the tuning part of our own
#: questions and checked on two public collections; docs/decisions/0003 has the table.
MEANING = 0.65
#: The best candidates between which cosines are stretched. Those that only the words brought in
#: lie far below, and would squeeze the differences that matter.
_STRETCHED = 100
#: How much a document's five best texts count against its single best: a document that is about
#: the subject throughout beats one with a lucky sentence. Chosen like MEANING.
BREADTH = 0.5

Key = TypeVar("Key", int, str)


def fuse(cosines: Mapping[Key, float], words: Mapping[Key, float]) -> dict[Key, float]:
    """One score per passage or document, 0 to 1: the weighted sum of both halves.

    Cosines are stretched over the hundred best and BM25 is divided by its best,
    because only differences within one query mean anything. What one half did
    not offer counts 0 there.
    """
    nearest = sorted(cosines.values(), reverse=True)[:_STRETCHED] or [0.0]
    lowest, spread = nearest[-1], nearest[0] - nearest[-1]
    best = max(words.values(), default=0.0)
    return {
        row: (MEANING * _stretched(cosines[row], lowest, spread) if row in cosines else 0.0)
        + (1 - MEANING) * (words.get(row, 0.0) / best if best > 0 else 0.0)
        for row in cosines.keys() | words.keys()
    }


def nearness(cosines: Sequence[float]) -> float:
    """How near a document is as a whole, -1 to 1, from its texts' cosines, best first."""
    five = cosines[:5]
    return (1 - BREADTH) * five[0] + BREADTH * sum(five) / len(five)


def _stretched(cosine: float, lowest: float, spread: float) -> float:
    return max(0.0, (cosine - lowest) / spread) if spread > 1e-6 else 1.0
