"""Lists of words and patterns in folders of text files. Lines that begin with "# " explain."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path


class Cues:
    """The lists of one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.cue = cache(self._cue)
        self.word_list = cache(self._word_list)

    def lines(self, name: str) -> list[str]:
        """Each line of ``<name>.txt``."""
        text = (self._folder / f"{name}.txt").read_text(encoding="utf-8")
        return [line for line in text.splitlines() if line and not line.startswith("# ")]

    def _cue(self, name: str, *, whole: bool = True) -> re.Pattern[str]:
        """Any line of a list, without regard to case; ``whole`` begins at a word's start."""
        joined = "|".join(self.lines(name))
        return re.compile(rf"\b(?:{joined})" if whole else joined, re.IGNORECASE | re.MULTILINE)

    def _word_list(self, name: str) -> frozenset[str]:
        """All words of a list."""
        return frozenset(word for line in self.lines(name) for word in line.split())
