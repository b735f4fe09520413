"""The words of a text, as names are made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.adapters.identifiers.scripts import CASED, is_letter, script

_JOINERS = "'’-‐‑·・"
_POSSESSIVES = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word from ``start`` to ``end``, without a possessive ending."""

    text: str
    start: int
    end: int

    @property
    def has_case(self) -> bool:
        """Whether its script has capital letters."""
        return script(self.text[0]) in CASED

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital, or its script has none."""
        return not self.has_case or self.text[0].isupper() or self.text[0].istitle()


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, parted by spaces."""
    return frozenset(text.split())


def words(text: str) -> Iterator[Word]:
    """Runs of letters of one script, joined by hyphens or apostrophes, in order."""
    position, size = 0, len(text)
    while position < size:
        if not is_letter(text[position]):
            position += 1
            continue
        start = position
        kind = _block(text[start])
        position += 1
        while position < size:
            mark = text[position]
            if is_letter(mark):
                if _block(mark) != kind:
                    break
                position += 1
            elif (
                mark in _JOINERS
                and position + 1 < size
                and is_letter(text[position + 1])
                and _block(text[position + 1]) == kind
            ):
                position += 2
            else:
                break
        end = position
        if text[start:end].lower().endswith(_POSSESSIVES) and end - start > 2:
            end -= 2
        yield Word(text[start:end], start, end)


def _block(mark: str) -> bool:
    # "Ali和" is two words; the scripts of Japanese, and accents, stay in one.
    return script(mark) in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
