"""Join the two halves of the index into one order."""

from __future__ import annotations

from collections.abc import Mapping

#: Weight of meaning (cosine) against words (BM25). Chosen on the tuning
#: two thirds of evals/cases/retrieval.yaml; `make eval` prints the held-out third.
DENSE_WEIGHT = 0.6


def fuse(cosines: Mapping[int, float], words: Mapping[int, float]) -> dict[int, float]:
    """One score per row, 0 to 1: a weighted sum of both halves.

    BM25 is divided by its best value for this query, because its scale depends
    on the query; cosines keep their scale, because theirs does not. A row that
    only one half found counts 0 in the other.
    """
    best = max(words.values(), default=0.0)
    rows = cosines.keys() | words.keys()
    return {
        row: DENSE_WEIGHT * max(0.0, cosines.get(row, 0.0))
        + (1 - DENSE_WEIGHT) * (words.get(row, 0.0) / best if best > 0 else 0.0)
        for row in rows
    }
