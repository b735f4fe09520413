"""The fitted part of the floor: boosted trees, one model for each way to break a message."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = Path(__file__).with_name("floor.json")
#: What each model refuses, for people.
FAULTS = {
    "roles": "it may turn round who did what",
    "polarity": "it may say the opposite of something",
    "request_lost": "it may lose what is asked for, or the point",
    "claim_added": "it may add something that was not said",
}
Node = tuple[int, float, int, int, float]


@dataclass(frozen=True)
class Judge:
    """Trees by fault: each a list of nodes (feature or -1, threshold, left, right, value).

    A rewrite is refused if its log-odds for any fault lie above ``limit``.
    """

    features: tuple[str, ...]
    trees: dict[str, tuple[tuple[Node, ...], ...]]
    bases: dict[str, float]
    shifts: dict[str, float]
    limit: float

    def odds(self, found: Mapping[str, float]) -> dict[str, float]:
        """Log-odds of each fault, made comparable by what faithful rewrites get."""
        row = [found[name] for name in self.features]
        return {
            fault: self.bases[fault]
            - self.shifts[fault]
            + math.fsum(_leaf(tree, row) for tree in trees)
            for fault, trees in self.trees.items()
        }


def _leaf(tree: tuple[Node, ...], row: list[float]) -> float:
    place = 0
    while True:
        feature, threshold, left, right, value = tree[place]
        if feature < 0:
            return value
        place = left if row[feature] <= threshold else right


@lru_cache(maxsize=1)
def fitted() -> Judge:
    """The judge that ships with the coach."""
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Judge(
        features=tuple(kept["features"]),
        trees={
            fault: tuple(tuple(tuple(node) for node in tree) for tree in trees)
            for fault, trees in kept["trees"].items()
        },
        bases=kept["bases"],
        shifts=kept["shifts"],
        limit=kept["limit"],
    )
