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

    ``inverse_frequency`` gives each known stem its weight, so that a caller can
    tell how much of a question's substance a passage holds.
    """

    def __init__(self, ranker: Any, stems: list[frozenset[str]]) -> None:
        self._ranker = ranker
        self._stems = stems
        self._count = len(stems)
        self._frequency: dict[str, int] = {}
        for found in stems:
            for stem in found:
                self._frequency[stem] = self._frequency.get(stem, 0) + 1

    def __len__(self) -> int:
        return self._count

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """An index over ``texts`` in this order."""
        import bm25s

        stemmed = [stems_of(text) for text in texts]
        ranker = bm25s.BM25()
        # An empty passage would leave a hole in the matrix; a mark that no query has fills it.
        ranker.index([words or ["\0"] for words in stemmed], show_progress=False)
        return cls(ranker, [frozenset(words) for words in stemmed])

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that ``save`` left in ``folder``."""
        import bm25s

        stems = json.loads((folder / "stems.json").read_text(encoding="utf-8"))
        return cls(bm25s.BM25.load(folder, mmap=True), [frozenset(words) for words in stems])

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        self._ranker.save(folder, show_progress=False)
        stems = json.dumps([sorted(words) for words in self._stems], ensure_ascii=False)
        (folder / "stems.json").write_text(stems, encoding="utf-8")

    def scores(self, query: str) -> NDArray[np.float32]:
        """BM25 of each passage, 0 or more, in the order in which they were indexed."""
        known = [stem for stem in stems_of(query) if stem in self._frequency]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._ranker.get_scores(known), dtype=np.float32)

    def share_held(self, query: str, row: int) -> float:
        """How much of the query's substance passage ``row`` holds, 0 to 1, by inverse frequency."""
        stems = set(stems_of(query))
        total = sum(self._weight(stem) for stem in stems)
        if not total:
            return 0.0
        return sum(self._weight(stem) for stem in stems & self._stems[row]) / total

    def share_known(self, query: str) -> float:
        """The share of the query's stems, 0 to 1, that occur in any passage."""
        stems = set(stems_of(query))
        return sum(stem in self._frequency for stem in stems) / len(stems) if stems else 0.0

    def _weight(self, stem: str) -> float:
        return float(np.log1p(self._count / (1 + self._frequency.get(stem, 0))))


def stems_of(text: str) -> list[str]:
    """The English stems of ``text``, lower case, without words that carry no subject."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP]
    return [str(stem) for stem in _stemmer().stemWords(words)]


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
