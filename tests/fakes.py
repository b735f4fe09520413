"""Stand-ins that share the ports' types."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.guidance import Hit, Passage, SearchResult
from coach.domain.library import GuidanceLibrary
from coach.ports import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray


class CountingEmbedder:
    """Another embedder, with a history of what it was asked to embed."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.asked: list[str] = []

    @property
    def identity(self) -> str:
        """The real one's."""
        return self._real.identity

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The real one's vectors."""
        self.asked += texts
        return self._real.embed(texts)

    def warm(self) -> None:
        """As the real one does."""
        self._real.warm()


class HashEmbedder:
    """Unit vectors from a text's hash: instant, repeatable, and without any meaning."""

    def __init__(self, identity: str = "hash:1", size: int = 384) -> None:
        self.identity = identity
        self._size = size

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit-length row per text."""
        rows = [self._vector(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._size)

    def warm(self) -> None:
        """Nothing to load."""

    def _vector(self, text: str) -> NDArray[np.float64]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).normal(size=self._size)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float64)


class WordIndex:
    """A guidance index that ranks by shared words, with a history of what it was asked.

    ``covered`` and ``close`` are its answers to whether the guidance covers a
    question, and to how near a document is; without ``close`` a document's
    nearness is the share of the query's words that it holds.
    """

    def __init__(
        self,
        library: GuidanceLibrary,
        *,
        covered: bool = True,
        close: Mapping[str, float] | None = None,
    ) -> None:
        self._covered = covered
        self._close = close
        self._passages: dict[str, list[Passage]] = {}
        self._words: dict[str, frozenset[str]] = {}
        for passage in library.passages():
            self._passages.setdefault(passage.doc_id, []).append(passage)
            said = _words(f"{passage.title} {passage.text} {' '.join(passage.hints)}")
            self._words[passage.doc_id] = self._words.get(passage.doc_id, frozenset()) | said
        self.searches: list[str] = []

    def search(
        self, query: str, *, k: int = 10, among: Collection[str] | None = None
    ) -> SearchResult:
        """See ``GuidanceIndex.search``."""
        self.searches.append(query)
        near = self._nearness(query, self._passages if among is None else among)
        names = sorted(near, key=lambda name: (-near[name], name))[:k]
        hits = tuple(Hit(passage=self._passages[name][0], score=near[name]) for name in names)
        covered = self._covered and bool(hits)
        return SearchResult(query=query, hits=hits, covered=covered, confidence=float(covered))

    def closeness(self, query: str, among: Collection[str]) -> dict[str, float]:
        """See ``GuidanceIndex.closeness``."""
        if self._close is not None:
            return {name: self._close[name] for name in among if name in self._close}
        return self._nearness(query, among)

    def _nearness(self, query: str, among: Collection[str]) -> dict[str, float]:
        asked = _words(query)
        return {
            name: len(asked & self._words[name]) / len(asked) if asked else 0.0
            for name in among
            if name in self._words
        }


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", text.casefold()))
