"""How tactful a message sounds: fitted heads over its vector, its n-grams and its signs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.language.grams import grams
from coach.phrasing.signs import signs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("tone.npz")
#: The registers that the heads were fitted for: a request among strangers, a comment under an
#: issue, a reply to somebody who disagrees, and a message between colleagues.
REGISTERS = ("request", "comment", "reply", "message")
#: What vectors, n-grams and signs are multiplied by, so that one penalty suits all three.
SCALES = (5.0, 4.0, 0.5)


@dataclass(frozen=True)
class Tone:
    """One head per register, and a gate that says how much a text is of each.

    ``vectors``, ``grams`` and ``signs`` have a row for each head and then for each gate.
    """

    vectors: Row
    grams: Row
    signs: Row
    biases: Row
    centre: Row
    spread: Row
    ordinary: NDArray[np.int64]

    def score(self, text: str, vector: NDArray[np.float32]) -> float:
        """From 0 (threatens face) to 1 (tactful), for a text without names and its vector."""
        by_vector, by_grams, by_signs = SCALES
        found = grams(text)
        places = np.fromiter(found, dtype=np.int64, count=len(found))
        weights = np.fromiter(found.values(), dtype=np.float64, count=len(found))
        counted = self.grams[:, places] @ weights if len(found) else 0.0
        toned = (np.array(signs(text)) - self.centre) / self.spread
        odds = (
            by_vector * (self.vectors @ vector)
            + by_grams * counted
            + by_signs * (self.signs @ toned)
            + self.biases
        )
        heads, gates = odds[: len(REGISTERS)], odds[len(REGISTERS) :]
        share = np.exp(gates - gates.max())
        return float((share / share.sum()) @ (1 / (1 + np.exp(-heads))))

    @property
    def plain_words(self) -> frozenset[int]:
        """The places of ordinary words, by which a name at a sentence's start is told."""
        return frozenset(self.ordinary.tolist())


def keep(tone: Tone) -> None:
    """Write the weights in half precision; no pickle."""
    kept = {field.name: getattr(tone, field.name) for field in fields(Tone)}
    halves = {
        name: value.astype(np.float16 if name in {"vectors", "grams", "signs"} else np.float32)
        for name, value in kept.items()
        if name != "ordinary"
    }
    ordinary = tone.ordinary.astype(np.int32)
    np.savez_compressed(WEIGHTS, allow_pickle=False, ordinary=ordinary, **halves)


@lru_cache(maxsize=1)
def fitted_tone() -> Tone:
    """The weights that ship with the coach."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    ordinary = arrays.pop("ordinary").astype(np.int64)
    return Tone(
        **{name: array.astype(np.float64) for name, array in arrays.items()}, ordinary=ordinary
    )
