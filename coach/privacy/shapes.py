"""What a placeholder looks like, and what looks like a placeholder gone wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.domain.identifiers import IdentifierKind

#: Stands for a person's own text that looks like a placeholder.
LITERAL = "TEXT"
KINDS = (*(kind.name for kind in IdentifierKind), LITERAL)
#: Spellings that a model makes of the kinds.
_MISSPELT = (*KINDS, "ORGANIZATION", "PEOPLE", "NAME", "COMPANY", "LOCATION", "MAIL", "URL")
#: At most this many of a kind, and of spellings of one name, in a conversation.
MOST = 99_999


def _pieces(*pieces: str) -> tuple[str, str]:
    """A pattern for all the pieces in a row, and one for every beginning of it."""
    beginning = ""
    for piece in reversed(pieces):
        beginning = f"(?:{piece}{beginning})?"
    return "".join(pieces), beginning


def _letters(word: str) -> Sequence[str]:
    return [re.escape(mark) for mark in word]


def _shapes() -> tuple[str, str]:
    wholes: list[str] = []
    beginnings: list[str] = []
    # [PERSONNE_1], [person_x2]: a word and a number in brackets.
    shapes: list[Sequence[str]] = [
        (
            r"\[",
            r"[ ]?",
            r"[^\W\d_]{1,24}",
            r"\\?",
            "_",
            r"[^\W_]{0,3}?",
            r"\d{1,6}",
            r"(?:\.\d{0,6})?",
            r"[ ]?",
            r"\]?",
        )
    ]
    for word in _MISSPELT:
        # [Person 1], [PERSON-1], [PERSON1]; and PERSON_1 whose brackets are lost.
        shapes.append(
            (
                r"\[",
                r"[ ]?",
                *_letters(word),
                r"[ _-]?",
                r"\d{1,6}",
                r"(?:\.\d{0,6})?",
                r"[ ]?",
                r"\]?",
            )
        )
        shapes.append((*_letters(word), r"\\?", "_", r"\d{1,6}", r"(?:\.\d{0,6})?", r"\]?"))
    for shape in shapes:
        whole, beginning = _pieces(*shape)
        wholes.append(whole)
        beginnings.append(beginning)
    return "|".join(wholes), "|".join(beginnings)


_WHOLE, _BEGINNING = _shapes()
EXACT = re.compile(
    rf"\[(?P<kind>{'|'.join(KINDS)})_(?P<number>\d{{1,5}})(?:\.(?P<spelling>\d{{1,5}}))?\]"
)
#: A placeholder, or what may be meant as one. The exact form wins.
MEANT = re.compile(rf"{EXACT.pattern}|{_WHOLE}", re.IGNORECASE)
_OPEN_END = re.compile(rf"(?:{_BEGINNING})\Z", re.IGNORECASE)
#: The longest text that can be meant as a placeholder.
LONGEST = 64


def held_back(text: str, start: int = 0) -> int:
    """Where the end of ``text`` begins that more text might make, or lengthen, a placeholder.

    ``start`` is where the last whole placeholder ended: nothing before it is looked at.
    """
    for at in range(max(start, len(text) - LONGEST), len(text)):
        if _OPEN_END.match(text, at):
            return at
    return len(text)
