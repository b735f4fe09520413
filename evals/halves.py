"""Each half of the index by itself, as a baseline over the same passages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coach.adapters.index.build import read_passages, texts_to_embed
from coach.adapters.index.dense import MappedVectors
from coach.adapters.index.fusion import nearness
from coach.adapters.index.generations import current
from coach.adapters.index.lexical import LexicalIndex
from coach.errors import GuidanceIndexError
from coach.ports import Embedder


class Halves:
    """Ranks documents with one half of a published index, exactly as the fusion sees it.

    The texts, their vectors (passages and hints) and the word index are the
    very files that the fusion reads.

    Raises:
        GuidanceIndexError: there is no whole index in the folder.
    """

    def __init__(self, index: Path, embedder: Embedder) -> None:
        generation = current(index)
        if generation is None:
            raise GuidanceIndexError(f"No index in {str(index)!r}. Build it: coach index build.")
        passages = read_passages(generation)
        self._embedder = embedder
        self._documents = [passage.doc_id for passage in passages]
        self._owners = [self._documents[position] for position, _ in texts_to_embed(passages)]
        self._vectors = MappedVectors(generation)
        self._words = LexicalIndex(generation / "bm25")

    def dense(self, question: str) -> list[str]:
        """Every document, by its nearness: its best text, and its five best."""
        vector = self._embedder.embed([question])[0]
        cosines = self._vectors.nearest(vector, len(self._owners))
        texts: dict[str, list[float]] = {}
        for row, cosine in cosines.items():
            texts.setdefault(self._owners[row], []).append(cosine)
        return _best_first(
            (name, nearness(sorted(found, reverse=True))) for name, found in texts.items()
        )

    def lexical(self, question: str) -> list[str]:
        """The documents that share a word with ``question``, by the BM25 of their best passage."""
        scores = self._words.scores(question)
        return _best_first(
            (name, float(score))
            for name, score in zip(self._documents, scores, strict=True)
            if score > 0
        )


def _best_first(scored: Iterable[tuple[str, float]]) -> list[str]:
    best: dict[str, float] = {}
    for name, score in scored:
        best[name] = max(score, best.get(name, score))
    return sorted(best, key=lambda name: (-best[name], name))
