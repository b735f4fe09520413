"""Search: both halves, fused, one passage per document, and an honest "not covered"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.index.build import read_passages, texts_to_embed
from coach.adapters.index.coverage import calibrated
from coach.adapters.index.dense import ChromaVectors, DenseIndex, MappedVectors
from coach.adapters.index.fusion import fuse, nearness
from coach.adapters.index.generations import Manifest, current, read_manifest, reading
from coach.adapters.index.lexical import LexicalIndex, stems_of
from coach.domain.guidance import Hit, SearchResult
from coach.errors import GuidanceIndexError
from coach.ports import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many texts of one document are looked at; five decide how near it is, and one is shown.
_OF_ONE = 64
#: How many passages each half offers to the fusion.
_CANDIDATES = 100
#: Characters of a query that count; a longer one is a document, not a question.
_MAX_QUERY = 2_000
#: Scores are rounded before they are compared, so that both dense halves agree on ties.
_DIGITS = 5


@dataclass(frozen=True)
class _Sight:
    """What both halves see of a query's candidates: passages by row, documents by name."""

    cosines: dict[int, float]
    meaning: dict[str, float]
    words: dict[int, float]


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
        sight = self._look(query, among)
        if not sight.meaning and not sight.words:
            return SearchResult(query=query, hits=(), covered=False, confidence=0.0)
        fused = fuse(sight.meaning, self._by_document(sight.words))
        best = sorted(fused, key=lambda name: (-round(fused[name], _DIGITS), name))[:k]
        confidence = calibrated().confidence(self._features(query, sight))
        return SearchResult(
            query=query,
            hits=tuple(
                Hit(
                    passage=self._passages[self._best_passage(name, sight)],
                    score=min(1.0, max(0.0, round(fused[name], _DIGITS))),
                )
                for name in best
            ),
            covered=confidence >= calibrated().threshold,
            confidence=confidence,
        )

    def closeness(self, query: str, among: Collection[str]) -> dict[str, float]:
        """See ``GuidanceIndex.closeness``."""
        query = _readable(query)
        if not stems_of(query):
            return {}
        return dict(self._look(query, among).meaning)

    def warm(self) -> None:
        """Load what the first search would wait for."""
        self.search("warm up")

    def features(self, query: str) -> tuple[float, ...]:
        """What the coverage model sees of ``query`` (``coverage.FEATURES``); for calibration."""
        return self._features(query, self._look(query, None))

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

    def _look(self, query: str, among: Collection[str] | None) -> _Sight:
        vector = self._vector(query)
        scores = self._lexical.scores(query)
        if among is None:
            near = self._dense.nearest(vector, _CANDIDATES)
            named = np.argpartition(-scores, min(_CANDIDATES, len(scores)) - 1)[:_CANDIDATES]
            rows = {int(self._owners[row]) for row in near}
            rows.update(int(row) for row in named if scores[row] > 0)
            names = {self._passages[row].doc_id for row in rows}
        else:
            names = {name for name in among if name in self._rows}
        cosines: dict[int, float] = {}
        meaning: dict[str, float] = {}
        words: dict[int, float] = {}
        for name in sorted(names):
            # All texts of a candidate are compared, also those that no half offered.
            texts = self._mapped.nearest_of(vector, self._texts[name], _OF_ONE)
            meaning[name] = nearness(sorted(texts.values(), reverse=True))
            for row, cosine in texts.items():
                owner = int(self._owners[row])
                cosines[owner] = max(cosine, cosines.get(owner, -1.0))
            rows_here = self._passage_rows[name]
            said = rows_here[scores[rows_here] > 0]
            if len(said) > _OF_ONE:
                said = said[np.argpartition(-scores[said], _OF_ONE - 1)[:_OF_ONE]]
            words.update({int(row): float(scores[row]) for row in said})
        return _Sight(cosines=cosines, meaning=meaning, words=words)

    def _by_document(self, words: dict[int, float]) -> dict[str, float]:
        best: dict[str, float] = {}
        for row, score in words.items():
            name = self._passages[row].doc_id
            best[name] = max(score, best.get(name, 0.0))
        return best

    def _best_passage(self, name: str, sight: _Sight) -> int:
        rows = self._rows[name]
        words = {row: sight.words[row] for row in rows if row in sight.words}
        fused = fuse({row: sight.cosines[row] for row in rows if row in sight.cosines}, words)
        return min(fused, key=lambda row: (-round(fused[row], _DIGITS), row))

    def _features(self, query: str, sight: _Sight) -> tuple[float, ...]:
        documents: dict[str, float] = {}
        for row, cosine in sight.cosines.items():
            name = self._passages[row].doc_id
            documents[name] = max(cosine, documents.get(name, -1.0))
        five = sorted(documents.values(), reverse=True)[:5] or [0.0]
        held = max(self._lexical.shares_held(query, _top(sight.words, 10)), default=0.0)
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

    @cached_property
    def _passage_rows(self) -> dict[str, NDArray[np.int64]]:
        return {name: np.array(rows, dtype=np.int64) for name, rows in self._rows.items()}

    @cached_property
    def _texts(self) -> dict[str, NDArray[np.int64]]:
        """A document's rows among the vectors: its passages and their hints."""
        rows: dict[str, list[int]] = {}
        for row, owner in enumerate(self._owners):
            rows.setdefault(self._passages[int(owner)].doc_id, []).append(row)
        return {name: np.array(found, dtype=np.int64) for name, found in rows.items()}


def _readable(query: str) -> str:
    """``query`` on one line, without the half characters that a broken input leaves."""
    whole = query[: 2 * _MAX_QUERY].encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.split())[:_MAX_QUERY]


def _top(scores: dict[int, float], count: int) -> list[int]:
    return sorted(scores, key=lambda row: (-scores[row], row))[:count]
