"""Text without what spelling varies in: case, accents, width, apostrophes, invisible marks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Letters whose stroke or ligature Unicode does not take apart.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ŧ": "t", "ə": "e", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",
        "ة": "ه", "ё": "е",
        **dict.fromkeys("’‘ʼʻ′`´＇‛", "'"),
        **dict.fromkeys("‐‑‒–—−﹣－", "-"),
    }
)  # fmt: skip
#: Combining classes of vowel points (Hebrew, Arabic) and of accents. Vowel signs of Indic scripts,
#: Thai and Khmer have none of these: without them another word would stand there.
_POINTS = range(10, 36)
_ACCENTS = range(200, 241)


class Folded:
    """``text`` folded, and where each folded character came from.

    ``starts[i]`` and ``ends[i]`` are the span in the original that folded character ``i`` stands
    for, so that a match can be cut out of the original exactly.
    """

    def __init__(self, original: str) -> None:
        text: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        start, size = 0, len(original)
        while start < size:
            end = start + 1
            while end < size and _attaches(original[end]):
                end += 1
            for mark in _fold(original[start:end]):
                text.append(mark)
                self.starts.append(start)
                self.ends.append(end)
            start = end
        self.text = "".join(text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span behind a folded one that is not empty."""
        return self.starts[start], self.ends[end - 1]


def folded(text: str) -> str:
    """Only the folded text."""
    return Folded(text).text


@lru_cache(maxsize=4096)
def _attaches(mark: str) -> bool:
    # Accents, invisible marks, and the vowels and finals of a Hangul syllable typed in letters.
    if mark < "\u00ad":
        return False
    return unicodedata.category(mark) in ("Mn", "Mc", "Me", "Cf") or "\u1160" <= mark <= "\u11ff"


@lru_cache(maxsize=8192)
def _fold(cluster: str) -> str:
    if len(cluster) == 1 and cluster < "\x7f":
        return cluster.lower()
    marks = (
        mark
        for mark in unicodedata.normalize("NFKD", cluster.casefold())
        if unicodedata.category(mark) != "Cf"
        and mark != "ـ"
        and unicodedata.combining(mark) not in _POINTS
        and unicodedata.combining(mark) not in _ACCENTS
    )
    plain = "".join(marks).casefold().translate(_LETTERS)
    # Arabic letters with hamza fall apart above and lose it, which is what careless typing does.
    return unicodedata.normalize("NFC", plain)
