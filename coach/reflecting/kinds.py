"""What each sentence of a reflection tells: a win, a feeling, a promise, or nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.reflection import ItemKind
from coach.reflecting.telling import runs, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coach.domain.grammar import Word
    from coach.reflecting.sentences import Span

    Row = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("kinds.npz")
#: The classes of the model; the last one is no item: what was done, setting, small talk.
CONTEXT = "context"
CLASSES = (*(kind.value for kind in ItemKind), CONTEXT)
#: What vectors, those of the neighbours, runs, signs and the neighbours' signs are multiplied by,
#: so that one penalty suits all.
OWN, BESIDE, RUNS, SIGNS, SIGNS_BESIDE = 4.0, 1.5, 3.0, 0.4, 0.15
#: Sentences below which a text has no course.
_FEW = 4


@dataclass(frozen=True)
class Told:
    """The sentences of one text in numbers: a row each."""

    dense: Row
    runs: tuple[dict[int, float], ...]


@dataclass(frozen=True)
class Kinds:
    """A logistic model with a row for each class; ``centre`` and ``spread`` are of the signs."""

    dense: Row
    grams: Row
    biases: Row
    centre: Row
    spread: Row

    def odds(self, told: Told) -> Row:
        """The probability of each class for each sentence."""
        scores = told.dense @ self.dense.T + self.biases
        for row, found in enumerate(told.runs):
            places = np.fromiter(found, dtype=np.int64, count=len(found))
            weights = np.fromiter(found.values(), dtype=np.float64, count=len(found))
            scores[row] += RUNS * (self.grams[:, places] @ weights)
        raised: Row = np.exp(scores - scores.max(axis=1, keepdims=True))
        share: Row = raised / raised.sum(axis=1, keepdims=True)
        return share


def told_by(
    spans: Sequence[Span],
    words: Sequence[Sequence[Word]],
    vectors: NDArray[np.float32],
    centre: Row,
    spread: Row,
) -> Told:
    """The sentences of one text, with their words and vectors, as the model sees them."""
    counted = np.array([signs(s.text, w) for s, w in zip(spans, words, strict=True)])
    counted = (counted - centre) / spread
    last = len(spans) - 1
    # How people begin and end says nothing of a few sentences.
    few = len(spans) < _FEW
    places = np.array(
        [[0, 0, 0.5] if few else [at == 0, at == last, at / last] for at in range(len(spans))]
    )
    dense = np.hstack(
        [
            OWN * vectors,
            BESIDE * _moved(vectors, 1),
            BESIDE * _moved(vectors, -1),
            SIGNS * counted,
            SIGNS_BESIDE * _moved(counted, 1),
            places,
        ]
    )
    return Told(dense, tuple(runs(span.text) for span in spans))


def _moved(rows: NDArray[np.floating], by: int) -> Row:
    """Each row's neighbour; the one beyond the end is empty."""
    moved = np.zeros(rows.shape)
    if by > 0:
        moved[1:] = rows[:-1]
    else:
        moved[:-1] = rows[1:]
    return moved


def keep(kinds: Kinds) -> None:
    """Write the weights in half precision; no pickle."""
    arrays = {field.name: getattr(kinds, field.name) for field in fields(Kinds)}
    halves = {
        name: array.astype(np.float16 if name in {"dense", "grams"} else np.float32)
        for name, array in arrays.items()
    }
    np.savez_compressed(WEIGHTS, allow_pickle=False, **halves)


@lru_cache(maxsize=1)
def fitted_kinds() -> Kinds:
    """The weights that ship with the coach."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Kinds(**{name: stored[name].astype(np.float64) for name in stored.files})
