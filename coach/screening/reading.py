"""Windows of a text as numbers that a linear model can weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coach.language.grams import SIZE, grams
from coach.ports import Embedder
from coach.screening.cues import cues, is_reversed
from coach.screening.normal import decoded, normal

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Reading:
    """One row per window: its unit vector, which may be empty, its n-grams by place, its cues."""

    vectors: NDArray[np.float32]
    grams: tuple[dict[int, float], ...]
    cues: NDArray[np.float32]

    def near(self) -> NDArray[np.float64]:
        """The cosine of each window with each; of their n-grams where there are no vectors."""
        rows = self.vectors if self.vectors.size else _dense(self.grams)
        return np.asarray(rows @ rows.T, dtype=np.float64)


def read_windows(raw: Sequence[str], embedder: Embedder | None) -> Reading:
    """Read windows; without an embedder their vectors stay empty. Raises ``EmbedderError``."""
    texts = [legible(text) for text in raw]
    counted = tuple(grams(text) for text in texts)
    found = [cues(*pair) for pair in zip(raw, texts, strict=True)]
    empty = np.zeros((len(texts), 0), dtype=np.float32)
    vectors = embedder.embed(texts) if embedder else empty
    return Reading(vectors, counted, np.array(found, dtype=np.float32))


def legible(raw: str) -> str:
    """``raw`` as ``normal`` reads it, with what is encoded or written backwards in it in clear."""
    text = normal(raw)
    inner = decoded(raw)
    if inner:
        text = f"{text} {normal(inner)}" if len(text) > 3 * len(inner) else normal(inner)
    return text[::-1] if is_reversed(text) else text


def _dense(counted: Sequence[dict[int, float]]) -> NDArray[np.float32]:
    vectors = np.zeros((len(counted), SIZE), dtype=np.float32)
    for row, found in zip(vectors, counted, strict=True):
        row[list(found)] = list(found.values())
    return vectors
