"""Which statements are about a subject that the library knows, so that its words can name them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.reflection import ItemKind
from coach.domain.themes import Subject
from coach.ports import Clusterer, Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Labels = NDArray[np.int64]

#: Of the ridge regression that tells the subjects apart.
_PENALTY = 1.0
#: How much nearer a statement is to its subject than to the next, and how near to its three
#: nearest examples: below, it is about none. Read on 2,000 sentences of tuning writers; of 400
#: questions to a bank, 2 in 100 are taken for a subject.
_CLEARLY, _NEAR = 0.08, 0.37
_NEAREST = 3
_GOOD = frozenset({ItemKind.WIN, ItemKind.LEARNING})
_HARD = frozenset({ItemKind.CHALLENGE})


class Subjects:
    """The library's subjects in the vectors of one embedder. Safe to share between threads."""

    def __init__(self, subjects: Sequence[Subject], embedder: Embedder) -> None:
        self.all = tuple(subjects)
        self._embedder = embedder

    def of(self, vectors: Rows) -> Labels:
        """For each row the place of its subject, -1 for none. Raises ``EmbedderError``."""
        rows = np.asarray(vectors, dtype=np.float32)
        if not len(rows):
            return np.zeros(0, dtype=np.int64)
        examples, owner, middle, weights = self._fitted
        scores = rows @ weights - middle @ weights
        best = scores.argmax(axis=1)
        ordered = np.partition(scores, -2, axis=1)
        clearly = ordered[:, -1] - ordered[:, -2]
        near = np.zeros(len(rows), dtype=np.float32)
        for subject in np.unique(best):
            of = best == subject
            likeness = rows[of] @ examples[owner == subject].T
            near[of] = np.sort(likeness, axis=1)[:, -_NEAREST:].mean(axis=1)
        return np.where((clearly >= _CLEARLY) & (near >= _NEAR), best, -1).astype(np.int64)

    def sentence(self, place: int, kind: ItemKind | None) -> tuple[str, bool]:
        """What is said of a subject that most pairs tell as ``kind``, and whether it says that."""
        one = self.all[place]
        if kind in _GOOD:
            return one.good, True
        return (one.hard, True) if kind in _HARD else (one.plain, False)

    @cached_property
    def _fitted(self) -> tuple[Rows, Labels, Rows, Rows]:
        texts = [text for one in self.all for text in one.examples]
        owner = np.array([at for at, one in enumerate(self.all) for _ in one.examples])
        examples = self._embedder.embed(texts)
        middle = examples.mean(axis=0)
        centred = examples - middle
        wanted = np.eye(len(self.all), dtype=np.float32)[owner] - 1 / len(self.all)
        inner = centred @ centred.T + _PENALTY * np.eye(len(texts), dtype=np.float32)
        weights = centred.T @ np.linalg.solve(inner, wanted)
        return examples, owner, middle, np.asarray(weights, dtype=np.float32)


class KnownFirst:
    """A clusterer that takes out what is about a known subject, and leaves the rest to another."""

    def __init__(self, subjects: Subjects, clusterer: Clusterer) -> None:
        self._subjects = subjects
        self._clusterer = clusterer

    def group(
        self, vectors: Rows, deciding: NDArray[np.bool_], groups: int | None = None
    ) -> Labels:
        """See ``Clusterer.group``; a given number of groups is the other's alone."""
        if groups is not None:
            return self._clusterer.group(vectors, deciding, groups)
        labels = self._subjects.of(vectors)
        rest = labels < 0
        if rest.any():
            found = self._clusterer.group(vectors[rest], deciding[rest], None)
            labels[rest] = self._joined(vectors[rest], found)
        return labels

    def _joined(self, vectors: Rows, found: Labels) -> Labels:
        """The groups ``found``, those whose middle is about a subject as that subject."""
        count = int(found.max(initial=-1)) + 1
        middles = np.array(
            [vectors[found == group].mean(axis=0) for group in range(count)], dtype=np.float32
        ).reshape(count, vectors.shape[1])
        middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)
        about = self._subjects.of(middles)
        names = np.where(about >= 0, about, np.arange(count) + len(self._subjects.all))
        return np.where(found < 0, -1, names[found] if count else found).astype(np.int64)

    def pair_up(self, likeness: Rows) -> list[tuple[int, int]]:
        """See ``Clusterer.pair_up``."""
        return self._clusterer.pair_up(likeness)
