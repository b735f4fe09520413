"""The fitted part of groundedness: one weight a feature, none against its meaning."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = Path(__file__).with_name("grounding.json")


@dataclass(frozen=True)
class Weights:
    """What each feature adds to the log-odds that a sentence is supported."""

    base: float
    weights: dict[str, float]

    def probability(self, found: Mapping[str, float]) -> float:
        """That a sentence with these features is supported, 0 to 1."""
        odds = self.base + math.fsum(weight * found[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-odds))


@lru_cache(maxsize=1)
def fitted() -> Weights:
    """The weights that ship with the coach."""
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(base=kept["base"], weights=kept["weights"])
