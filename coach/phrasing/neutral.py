"""A message without its names, so that nobody's name moves a score."""

from __future__ import annotations

import re
from zlib import crc32

from coach.phrasing.floor_words import words_of

#: Stands for whoever is named.
_SOMEBODY = "Alex"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENS = re.compile(r"(?:^|[.!?:;\n\"“”(]|\s[-–—])\s*$")
_SAME = re.compile(
    rf"{_SOMEBODY}(?:[ -]+(?:(?:de|del|della|di|da|dos|do|du|la|le|van|von|der|den|bin|ibn|al|el)"
    rf"[ -]+){{0,2}}{_SOMEBODY})+"
)
#: Spoken to: "Mark, you" names somebody, "Honestly, you" does not.
_SPOKEN_TO = re.compile(r",\s+(?:you|your|could|can|would|will|please)\b", re.IGNORECASE)
#: Words with a capital in the middle of a sentence that name nobody.
_CAPITAL = frozenset(
    {
        *("i", "i'm", "i've", "i'd", "i'll", "english"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    }
)
#: Places of the list of ordinary words; next to no name shares one with a word.
SIZE = 2**24


def place_of(word: str) -> int:
    """Where ``word`` stands in a list of ordinary words."""
    return crc32(word.encode("utf-8", "replace")) % SIZE


def without_names(text: str, ordinary: frozenset[int]) -> str:
    """``text`` with one stand-in for every name; ``ordinary`` holds the places of plain words."""

    def stand_in(found: re.Match[str]) -> str:
        word = found[0]
        bare = _POSSESSIVE.sub("", word)
        before, after = text[: found.start()], text[found.end() :]
        if not (_is_name(bare, before, ordinary) or _is_spoken_to(word, before, after)):
            return word
        return _SOMEBODY + word[len(bare) :]

    return _SAME.sub(_SOMEBODY, _WORD.sub(stand_in, text))


def _is_spoken_to(word: str, before: str, after: str) -> bool:
    """Whether a sentence begins by calling ``word``, which is no adverb or exclamation."""
    lower = word.lower()
    return (
        not before.strip()
        and word[0].isupper()
        and not word.isupper()
        and _SPOKEN_TO.match(after) is not None
        and not lower.endswith("ly")
        and lower not in words_of("opening")
    )


def _is_name(word: str, before: str, ordinary: frozenset[int]) -> bool:
    lower = word.lower()
    if lower == word.upper():
        # A script without capitals.
        return not word.isascii()
    if not word[0].isupper() or lower in _CAPITAL or lower.replace("’", "'") in _CAPITAL:
        return False
    if word.isupper() and len(word) > 1 and word.isascii():
        return False
    return not _OPENS.search(before) or place_of(lower.replace("’", "'")) not in ordinary
