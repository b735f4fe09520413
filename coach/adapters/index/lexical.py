"""The lexical half of the index: BM25 over stemmed words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"\w+", re.UNICODE)
#: Words that carry no subject. Kept short: "how", "not" and "before" matter in guidance.
_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be been but by can could did do does for from had has have he her
        his i if in is it its me my of on or our she should so some than that the their them
        then there they this to us was we were what when which who will with would you your""",
    )
)


class LexicalIndex:
    """BM25 scores of every passage for a query (k1=1.5, b=0.75, Lucene's form).

    ``bm25s`` works the scores of every word in every passage out when the index
    is built and saves them as a sparse matrix; reading them takes numpy alone,
    so a search does not wait for bm25s to load (and SciPy with it, where
    that is installed).
    """

    def __init__(self, folder: Path) -> None:
        """Open the index that ``build`` left in ``folder``."""
        params = json.loads((folder / "params.index.json").read_text(encoding="utf-8"))
        self._count = int(params["num_docs"])
        self._column: dict[str, int] = json.loads(
            (folder / "vocab.index.json").read_text(encoding="utf-8")
        )
        self._data, self._rows, self._starts = (
            np.load(folder / f"{part}.csc.index.npy", mmap_mode="r")
            for part in ("data", "indices", "indptr")
        )

    def __len__(self) -> int:
        return self._count

    @classmethod
    def build(cls, texts: Sequence[str], folder: Path) -> Self:
        """Index ``texts`` in this order, and write the index to ``folder``, which is made."""
        import bm25s

        ranker = bm25s.BM25()
        # An empty passage would leave a hole in the matrix; a mark that no query has fills it.
        ranker.index([stems_of(text) or ["\0"] for text in texts], show_progress=False)
        folder.mkdir(parents=True, exist_ok=True)
        ranker.save(folder, show_progress=False)
        return cls(folder)

    def scores(self, query: str) -> NDArray[np.float32]:
        """BM25 of each passage, 0 or more, in the order in which they were indexed."""
        found = np.zeros(self._count, dtype=np.float32)
        for stem in stems_of(query):
            part = self._slice(stem)
            found[self._rows[part]] += self._data[part]
        return found

    def shares_held(self, query: str, rows: Sequence[int]) -> list[float]:
        """How much of the query's substance each of these passages holds, 0 to 1.

        Each of the query's words counts by its inverse frequency.
        """
        weights = {stem: self._weight(stem) for stem in set(stems_of(query))}
        total = sum(weights.values())
        held = np.zeros(self._count, dtype=np.float64)
        for stem, weight in weights.items():
            held[self._rows[self._slice(stem)]] += weight
        return [float(held[row] / total) if total else 0.0 for row in rows]

    def share_known(self, query: str) -> float:
        """The share of the query's stems, 0 to 1, that occur in any passage."""
        stems = set(stems_of(query))
        return sum(stem in self._column for stem in stems) / len(stems) if stems else 0.0

    def _slice(self, stem: str) -> slice:
        column = self._column.get(stem)
        if column is None:
            return slice(0, 0)
        return slice(int(self._starts[column]), int(self._starts[column + 1]))

    def _weight(self, stem: str) -> float:
        part = self._slice(stem)
        return float(np.log1p(self._count / (1 + part.stop - part.start)))


def stems_of(text: str) -> list[str]:
    """The English stems of ``text``, lower case, without words that carry no subject."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP]
    return [str(stem) for stem in _stemmer().stemWords(words)]


def stem_of(word: str) -> str:
    """The English stem of one word in lower case."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
