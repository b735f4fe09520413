"""Words that look like names and tell nobody's identity: products, titles, days, abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("everyday.txt")


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """The list beside this file, in lower case; some entries have several words."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def is_everyday(phrase: str) -> bool:
    """Whether the phrase, or each of its words, is one that everybody uses."""
    plain = " ".join(phrase.replace("’", "'").casefold().split()).removesuffix("'s")
    plain = plain.removeprefix("the ")
    known = everyday()
    if plain in known:
        return True
    words = plain.split(" ")
    return len(words) > 1 and all(word in known for word in words)


def everyday_phrases(text: str) -> tuple[tuple[int, int], ...]:
    """Where ``text`` holds an entry of several words, such as "Black History Month"."""
    return tuple(match.span() for match in _phrases().finditer(text))


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    several = sorted((entry for entry in everyday() if " " in entry), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b", re.IGNORECASE)
