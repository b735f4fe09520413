"""Read the lists in this folder. Lines that begin with "# " explain."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent


@lru_cache
def cue(name: str, *, whole: bool = True) -> re.Pattern[str]:
    """Any line of ``<name>.txt``, without regard to case; ``whole`` begins at a word's start."""
    joined = "|".join(_lines(name))
    return re.compile(rf"\b(?:{joined})" if whole else joined, re.IGNORECASE | re.MULTILINE)


@lru_cache
def word_list(name: str) -> frozenset[str]:
    """All words of ``<name>.txt``."""
    return frozenset(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> list[str]:
    text = (_HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]
