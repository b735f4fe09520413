"""What each sentence of a reflection tells: a win, a feeling, a promise, or nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.reflection import ItemKind
from coach.reflecting.telling import WITHOUT_GRAMMAR, runs, signs

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
#: Numbers of the vector of a sentence; those of its two neighbours follow them.
_NUMBERS = 384
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
        scores = told.dense @ self.dense.T + self.biases + self._scores(told.runs)
        return _shares(scores)

    def by_words(self, said: Sequence[str]) -> Row:
        """The probability of each class for each text, by its words and marks alone."""
        signed = (np.array([signs(one, ()) for one in said]) - self.centre) / self.spread
        plain = np.zeros(signed.shape)
        for part in WITHOUT_GRAMMAR:
            plain[:, part] = signed[:, part]
        first = 3 * _NUMBERS
        weights = self.dense[:, first : first + signed.shape[1]]
        words = self._scores([runs(one) for one in said])
        return _shares(self.biases + SIGNS * plain @ weights.T + words)

    def _scores(self, found: Sequence[dict[int, float]]) -> Row:
        scores = np.zeros((len(found), len(CLASSES)))
        for row, one in enumerate(found):
            places = np.fromiter(one, dtype=np.int64, count=len(one))
            weights = np.fromiter(one.values(), dtype=np.float64, count=len(one))
            scores[row] = RUNS * (self.grams[:, places] @ weights)
        return scores


def _shares(scores: Row) -> Row:
    raised: Row = np.exp(scores - scores.max(axis=1, keepdims=True))
    share: Row = raised / raised.sum(axis=1, keepdims=True)
    return share


def told_by(  # noqa: PLR0913 - what is known of each sentence
    spans: Sequence[Span],
    words: Sequence[Sequence[Word]],
    vectors: NDArray[np.float32],
    centre: Row,
    spread: Row,
    *,
    at: Sequence[int] | None = None,
    count: int | None = None,
) -> Told:
    """Sentences of one text, with their words and vectors, as the model sees them.

    ``at`` are their places among the ``count`` of the text, where they are not all of it.
    """
    standing = np.arange(len(spans)) if at is None else np.asarray(at)
    counted = np.array([signs(s.text, w) for s, w in zip(spans, words, strict=True)])
    counted = (counted - centre) / spread
    last = (count or len(spans)) - 1
    # How people begin and end says nothing of a few sentences.
    few = last + 1 < _FEW
    places = np.array([[0, 0, 0.5] if few else [n == 0, n == last, n / last] for n in standing])
    dense = np.hstack(
        [
            OWN * vectors,
            BESIDE * _beside(vectors, standing, -1),
            BESIDE * _beside(vectors, standing, 1),
            SIGNS * counted,
            SIGNS_BESIDE * _beside(counted, standing, -1),
            places,
        ]
    )
    return Told(dense, tuple(runs(span.text) for span in spans))


def _beside(rows: NDArray[np.floating], standing: NDArray[np.int64], by: int) -> Row:
    """The row of the sentence before each (``by`` -1) or after it; none where it was not read."""
    near = np.zeros(rows.shape)
    follows = np.flatnonzero(np.diff(standing) == 1)
    if by < 0:
        near[follows + 1] = rows[follows]
    else:
        near[follows] = rows[follows + 1]
    return near


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
