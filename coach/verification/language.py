"""Is the text in the language of the brief, all of it?"""

from __future__ import annotations

import re

from coach.domain.proposal import Refusal
from coach.ports import LanguageFinder
from coach.verification.lists import word_list

_FEWEST = 4


def check_language(
    text: str, expected: set[str], languages: LanguageFinder
) -> tuple[Refusal, str] | None:
    """The first piece of the text in another language than those ``expected``."""
    pieces = [text, *re.split(r"[.,;:?!–—()“”\"]+", text)]
    for piece in pieces:
        words = re.findall(r"[^\W\d_]+", piece.lower())
        if len(words) < _FEWEST or ("en" in expected and _is_english(words)):
            continue
        found = languages.language(piece)
        if found is not None and found not in expected:
            return Refusal.LANGUAGE, f"{found}: {piece.strip()[:60]}"
    return None


def _is_english(words: list[str]) -> bool:
    return sum(word in word_list("english") for word in words) / len(words) >= 0.25


def is_other_script(text: str) -> bool:
    """Whether letters outside the Latin script make up a good part of the text."""
    letters = [mark for mark in text if mark.isalpha()]
    return bool(letters) and sum(ord(mark) > 0x24F for mark in letters) / len(letters) > 0.2
