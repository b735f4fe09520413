"""Search: both halves, fused, one passage per document, and an honest "not covered"."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.index.build import read_passages, texts_to_embed
from coach.adapters.index.coverage import calibrated
from coach.adapters.index.dense import ChromaVectors, DenseIndex, MappedVectors
from coach.adapters.index.fusion import fuse, of_document
from coach.adapters.index.generations import Manifest, current, read_manifest, reading
from coach.adapters.index.lexical import LexicalIndex, stems_of
from coach.domain.guidance import Hit, SearchResult
from coach.errors import GuidanceIndexError
from coach.ports import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many passages each half offers to the fusion.
_CANDIDATES = 100
#: Weight of a document's five best passages against its single best text, in ``closeness``.
#: Chosen on the tuning part of evals/cases/topics.yaml.
_BREADTH = 0.6
#: Characters of a query that count; a longer one is a document, not a question.
_MAX_QUERY = 2_000
#: Scores are rounded before they are compared, so that both dense halves agree on ties.
_DIGITS = 5


class HybridIndex:
    """One published generation, opened for search.

    Raises:
        GuidanceIndexError: there is no whole index in the folder, or its
            vectors come from another embedder, now or in a later search.
    """

    def __init__(
        self,
        index: Path,
        embedder: Embedder,
        *,
        chroma: bool = False,
        server: str | None = None,
    ) -> None:
        generation = current(index)
        manifest = read_manifest(generation) if generation else None
        if generation is None or manifest is None:
            raise GuidanceIndexError(
                f"No index in {str(index)!r}. Build one: coach index build --source … --into …"
            )
        if manifest.embedder != embedder.identity:
            raise GuidanceIndexError(
                f"The index in {str(index)!r} was built with {manifest.embedder!r}, and the "
                f"embedder is now {embedder.identity!r}. Build it again."
            )
        self.manifest: Manifest = manifest
        self._embedder = embedder
        with reading(generation):
            self._passages = read_passages(generation)
            self._owners = np.array(
                [position for position, _ in texts_to_embed(self._passages)], dtype=np.int64
            )
            self._lexical = LexicalIndex(generation / "bm25")
            self._mapped = MappedVectors(generation)
            if (len(self._mapped), len(self._lexical)) != (len(self._owners), len(self._passages)):
                raise ValueError("vectors, words and passages do not belong together")
        self._generation = generation
        self._in_chroma = chroma or server is not None
        self._server = server
        self._opening = Lock()

    def search(
        self, query: str, *, k: int = 10, among: Collection[str] | None = None
    ) -> SearchResult:
        """See ``GuidanceIndex.search``; ``score`` is the fused score, 0 to 1."""
        query = _readable(query)
        if k < 1 or not stems_of(query) or not self._passages:
            return SearchResult(query=query, hits=(), covered=False, confidence=0.0)
        vector = self._vector(query)
        cosines, words = self._halves(query, vector, among)
        fused = fuse(cosines, words)
        features = self._features(query, cosines, words)
        confidence = calibrated().confidence(features) if fused else 0.0
        return SearchResult(
            query=query,
            hits=self._best_of_each_document(fused, k),
            covered=confidence >= calibrated().threshold,
            confidence=confidence,
        )

    def closeness(self, query: str, among: Collection[str]) -> dict[str, float]:
        """See ``GuidanceIndex.closeness``: the best text, and the five best passages."""
        query = _readable(query)
        if not stems_of(query):
            return {}
        vector = self._vector(query)
        found: dict[str, float] = {}
        for name in among:
            rows = np.flatnonzero(np.isin(self._owners, self._rows.get(name, [])))
            cosines = self._mapped.of_rows(vector, rows)
            own = sorted(
                (c for row, c in cosines.items() if row < len(self._passages)), reverse=True
            )
            if own:
                best, five = max(cosines.values()), own[:5]
                found[name] = (1 - _BREADTH) * best + _BREADTH * sum(five) / len(five)
        return found

    def warm(self) -> None:
        """Load what the first search would wait for."""
        self.search("warm up")

    def features(self, query: str) -> tuple[float, ...]:
        """What the coverage model sees of ``query`` (``coverage.FEATURES``); for calibration."""
        vector = self._vector(query)
        cosines, words = self._halves(query, vector, None)
        return self._features(query, cosines, words)

    def _vector(self, query: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed([query])[0]
        if len(vector) != self._mapped.width:
            # An endpoint may change what stands behind a model's name.
            raise GuidanceIndexError(
                f"The embedder {self._embedder.identity!r} now gives {len(vector)} numbers for a "
                f"text; the index holds {self._mapped.width}. Build it again: "
                "coach index build --force."
            )
        return vector

    def _halves(
        self, query: str, vector: NDArray[np.float32], among: Collection[str] | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        scores = self._lexical.scores(query)
        if among is None:
            cosines = self._by_passage(self._dense.nearest(vector, _CANDIDATES))
            count = min(_CANDIDATES, len(scores))
            rows = np.argpartition(-scores, count - 1)[:count]
        else:
            # A few documents: all their passages are compared, so none is missed.
            rows = np.array(
                sorted(row for key in set(among) for row in self._rows.get(key, ())), dtype=np.int64
            )
            if not len(rows):
                return {}, {}
            vectors = np.flatnonzero(np.isin(self._owners, rows))
            cosines = self._by_passage(self._mapped.of_rows(vector, vectors))
        return cosines, {int(row): float(scores[row]) for row in rows if scores[row] > 0}

    def _by_passage(self, cosines: dict[int, float]) -> dict[int, float]:
        """The best of a passage's own vector and those of its hints."""
        best: dict[int, float] = {}
        for row, cosine in cosines.items():
            owner = int(self._owners[row])
            best[owner] = max(cosine, best.get(owner, -1.0))
        return best

    def _best_of_each_document(self, fused: dict[int, float], k: int) -> tuple[Hit, ...]:
        by_document: dict[str, list[int]] = {}
        for row in sorted(fused, key=lambda row: (-round(fused[row], _DIGITS), row)):
            by_document.setdefault(self._passages[row].doc_id, []).append(row)
        scores = {
            name: round(of_document([fused[row] for row in rows]), _DIGITS)
            for name, rows in by_document.items()
        }
        best = sorted(scores, key=lambda name: (-scores[name], name))[:k]
        return tuple(
            Hit(
                passage=self._passages[by_document[name][0]],
                score=min(1.0, max(0.0, scores[name])),
            )
            for name in best
        )

    def _features(
        self, query: str, cosines: dict[int, float], words: dict[int, float]
    ) -> tuple[float, ...]:
        documents: dict[str, float] = {}
        for row, cosine in cosines.items():
            name = self._passages[row].doc_id
            documents[name] = max(cosine, documents.get(name, -1.0))
        five = sorted(documents.values(), reverse=True)[:5] or [0.0]
        held = max(self._lexical.shares_held(query, _top(words, 10)), default=0.0)
        return five[0], sum(five) / len(five), held, self._lexical.share_known(query)

    @property
    def _dense(self) -> DenseIndex:
        # Chroma takes seconds to load, and only a search over everything needs it.
        with self._opening:
            return self._whole

    @cached_property
    def _whole(self) -> DenseIndex:
        # Once another process has replaced this generation, only what is mapped is left of it.
        if not self._in_chroma or not self._generation.exists():
            return self._mapped
        return ChromaVectors.open(self._generation, self._server)

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self._passages):
            rows.setdefault(passage.doc_id, []).append(row)
        return rows


def _readable(query: str) -> str:
    """``query`` on one line, without the half characters that a broken input leaves."""
    whole = query[: 2 * _MAX_QUERY].encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.split())[:_MAX_QUERY]


def _top(scores: dict[int, float], count: int) -> list[int]:
    return sorted(scores, key=lambda row: (-scores[row], row))[:count]
