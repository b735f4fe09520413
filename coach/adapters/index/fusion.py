"""Join the two halves of the index into one order of documents."""

from __future__ import annotations

from collections.abc import Mapping

#: Weight of meaning (cosine) against words (BM25). Chosen on the tuning part of our own
#: questions and checked on two public collections; docs/decisions/0003 has the table.
MEANING = 0.6
#: Weight of a document's second-best passage: two passages that agree beat one lucky one.
SECOND = 0.25


def fuse(cosines: Mapping[int, float], words: Mapping[int, float]) -> dict[int, float]:
    """One score per passage, 0 to 1: the weighted sum of both halves.

    Cosines are stretched between the worst and best candidate and BM25 is
    divided by its best, because only differences within one query mean
    anything. A passage that one half did not offer counts 0 there.
    """
    lowest, highest = min(cosines.values(), default=0.0), max(cosines.values(), default=0.0)
    spread = highest - lowest
    best = max(words.values(), default=0.0)
    return {
        row: (MEANING * _stretched(cosines[row], lowest, spread) if row in cosines else 0.0)
        + (1 - MEANING) * (words.get(row, 0.0) / best if best > 0 else 0.0)
        for row in cosines.keys() | words.keys()
    }


def of_document(passages: list[float]) -> float:
    """A document's score from those of its passages, best first; one passage stands for itself."""
    second = passages[1] if len(passages) > 1 else passages[0]
    return (1 - SECOND) * passages[0] + SECOND * second


def _stretched(cosine: float, lowest: float, spread: float) -> float:
    return (cosine - lowest) / spread if spread > 1e-6 else 1.0
