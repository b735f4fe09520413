"""Which script a letter is in, as far as the borders of words depend on it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Written without spaces between words, or with endings attached to a name (Hangul).
UNSPACED = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"}
)
#: Scripts with capital letters.
CASED = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "FULLWIDTH"})


@lru_cache(maxsize=8192)
def script(mark: str) -> str:
    """The script of a letter as the first word of its Unicode name; empty for other marks."""
    if unicodedata.category(mark)[0] not in "LM":
        return ""
    if mark == "ー":
        return "KATAKANA"
    if mark == "々":
        return "CJK"
    return unicodedata.name(mark, "").split(" ")[0].split("-")[0]


def is_unspaced(mark: str) -> bool:
    """Whether words of this letter's script are not set apart by spaces."""
    return script(mark) in UNSPACED


@lru_cache(maxsize=8192)
def is_letter(mark: str) -> bool:
    """Letters, and the marks that belong to them, such as vowel signs."""
    return unicodedata.category(mark)[0] in "LM"
