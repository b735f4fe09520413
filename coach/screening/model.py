"""The fitted weights, and how they make log-odds of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.screening.placing import ALONE, VERDICT, placing_rows, verdict_row
from coach.screening.reading import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class Head:
    """Log-odds of windows from their vectors, n-grams and cues; ``vectors`` may be empty."""

    vectors: Row
    grams: Row
    cues: Row
    bias: float

    def odds(self, reading: Reading) -> Row:
        """One number per window."""
        counted = [sum(self.grams[at] * w for at, w in found.items()) for found in reading.grams]
        odds = np.array(counted, dtype=np.float64) + reading.cues @ self.cues + self.bias
        return odds + reading.vectors @ self.vectors


@dataclass(frozen=True)
class Model:
    """Two heads on windows, a judge of a sentence's place, and the verdict over a section.

    ``override`` tells orders to a model from other text; ``ask`` tells requests to an
    assistant from prose. A text of many sections needs stronger odds to be flagged:
    ``sections`` times the logarithm of their number.
    """

    override: Head
    ask: Head
    misplaced: Row
    verdict: Row
    sections: float

    def judge(self, windows: Reading) -> tuple[float, int]:
        """The log-odds of a section, 0 where it is flagged, and which window is the worst."""
        override, misplaced, row = self.weigh(windows)
        either = (
            max(0.0, self.verdict[VERDICT.index("strongest")]) * override
            + max(0.0, self.verdict[VERDICT.index("misplaced")]) * misplaced
        )
        return float(linear(row, self.verdict)), int(np.argmax(either))

    def weigh(self, windows: Reading) -> tuple[Row, Row, Row]:
        """For each window how much it is an order, and out of place; and a row of ``VERDICT``."""
        override, ask = self.override.odds(windows), self.ask.odds(windows)
        misplaced = np.full(len(override), ALONE)
        if len(override) > 1:
            misplaced = linear(placing_rows(override, ask, windows.near()), self.misplaced)
        return override, misplaced, verdict_row(override, ask, misplaced)


def linear(rows: Row, weights: Row) -> Row:
    """Log-odds of ``rows``; the last weight is the bias."""
    return np.asarray(rows @ weights[:-1] + weights[-1], dtype=np.float64)


def pack(model: Model, name: str) -> dict[str, NDArray[np.generic]]:
    """``model`` as arrays for a file of weights."""
    heads = {"override": model.override, "ask": model.ask}
    found: dict[str, NDArray[np.generic]] = {
        f"{name}.{part}.{kind}": np.asarray(getattr(head, kind), dtype=np.float16)
        for part, head in heads.items()
        for kind in ("vectors", "grams", "cues", "bias")
    }
    for part in ("misplaced", "verdict", "sections"):
        found[f"{name}.{part}"] = np.asarray(getattr(model, part), dtype=np.float32)
    return found


def unpack(stored: Mapping[str, NDArray[np.generic]], name: str) -> Model:
    """The model called ``name`` in a file of weights."""

    def row(part: str) -> Row:
        return np.asarray(stored[f"{name}.{part}"], dtype=np.float64)

    def head(part: str) -> Head:
        vectors, grams, cues = (row(f"{part}.{kind}") for kind in ("vectors", "grams", "cues"))
        return Head(vectors, grams, cues, bias=float(row(f"{part}.bias")))

    return Model(
        override=head("override"),
        ask=head("ask"),
        misplaced=row("misplaced"),
        verdict=row("verdict"),
        sections=float(row("sections")),
    )


@lru_cache(maxsize=1)
def fitted() -> tuple[str, Model, Model]:
    """The embedder that the full model was fitted for, that model, and one without vectors."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return str(arrays["embedder"]), unpack(arrays, "full"), unpack(arrays, "lean")
