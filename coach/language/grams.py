"""N-grams of words and characters as sparse vectors of fixed size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from zlib import crc32

#: How many places n-grams are hashed to (Weinberger et al. 2009, the hashing trick).
SIZE = 8192
#: Characters that are read; a window is shorter.
_MOST = 4000
_WORD = re.compile(r"\w+|[^\w\s]")


def grams(text: str) -> dict[int, float]:
    """Place and weight of every n-gram of ``text``, together of length 1."""
    words = _WORD.findall(text[:_MOST])
    counts: dict[int, int] = {}
    for word in words:
        for place in _places(word):
            counts[place] = counts.get(place, 0) + 1
    for first, second in pairwise(words):
        place = crc32(f"{first} {second}".encode("utf-8", "replace")) % SIZE
        counts[place] = counts.get(place, 0) + 1
    return _weighed(counts)


def word_grams(words: Sequence[str], longest: int, size: int) -> dict[int, float]:
    """Place, below ``size``, and weight of every run of up to ``longest`` words."""
    counts: dict[int, int] = {}
    for length in range(1, longest + 1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            place = crc32(run.encode("utf-8", "replace")) % size
            counts[place] = counts.get(place, 0) + 1
    return _weighed(counts)


def _weighed(counts: dict[int, int]) -> dict[int, float]:
    # Square roots: a word that is repeated says little more than one that is said twice.
    length = sqrt(sum(counts.values())) or 1.0
    return {place: sqrt(count) / length for place, count in counts.items()}


@lru_cache(maxsize=20_000)
def _places(word: str) -> tuple[int, ...]:
    padded = f"<{word}>"
    pieces = {padded[at : at + size] for size in (4, 5) for at in range(len(padded) - size + 1)}
    return tuple(crc32(piece.encode("utf-8", "replace")) % SIZE for piece in {padded, *pieces})
