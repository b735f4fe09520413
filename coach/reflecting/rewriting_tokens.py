"""The words of a sentence in a form in which two ways to write it compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.language.cues import Cues
from coach.phrasing.spelling import written_out

CUES = Cues(Path(__file__).with_name("rewriting_cues"))
#: Words and figures with what belongs to them, and every other mark by itself.
_TOKEN = re.compile(
    r"(?:[$€£¥#~<>‹›≤≥±+−-](?=\d))?[^\W_]+(?:['’.,:/&+][^\W_]+)*%?|[^\w\s]", re.UNICODE
)
_LONG = tuple(
    (re.compile(short, re.IGNORECASE), long)
    for short, long in (
        (r"\b(?:can['’]t|cannot)\b", "can not"),
        (r"\bwon['’]t\b", "will not"),
        (r"\bshan['’]t\b", "shall not"),
        (r"(?<=\w)n['’]t\b", " not"),
        (r"\bI['’]m\b", "I am"),
        (r"(?<=\w)['’]re\b", " are"),
        (r"(?<=\w)['’]ve\b", " have"),
        (r"(?<=\w)['’]ll\b", " will"),
        # "Anna's boss" must not become "Anna is boss": only where nothing can be owned.
        (r"(?<=\w)['’]s(?= been\b)", " has"),
        (r"(?<=\w)['’]s(?= (?:to|not|going|a|an|the|too|very)\b)", " is"),
        (r"\b(he|she|it|that|there|what|who|where|here)['’]s\b", r"\1 is"),
        (r"(?<=\w)-(?=\w)", " "),
    )
)
#: These mean another thing in capitals.
_IN_CAPITALS = {"us", "it", "who", "may"}


@dataclass(frozen=True)
class Token:
    """A word in the form that is compared, as it is shown, and whether marks stand beside it."""

    word: str
    shown: str
    after_mark: bool
    before_mark: bool


def tokens_of(text: str) -> list[Token]:
    """The words of ``text``, short forms written out; small pictures count as words."""
    pieces = _TOKEN.findall(uncontracted(written_out(text)))
    return [
        Token(
            word=_compared(piece, is_first=at == 0),
            shown=piece,
            after_mark=at == 0 or not _is_word(pieces[at - 1]),
            before_mark=at + 1 == len(pieces) or not _is_word(pieces[at + 1]),
        )
        for at, piece in enumerate(pieces)
        if _is_word(piece)
    ]


def uncontracted(text: str) -> str:
    """``text`` with "don't" and the like in full."""
    for short, long in _LONG:
        text = short.sub(long, text)
    return text


def spelt_out(text: str) -> str:
    """``text`` with every short form written out, for those who only read whole words."""
    pieces = re.split(r"(\w+)", written_out(text))
    first = next((at for at, piece in enumerate(pieces) if piece.isalnum()), 0)
    return "".join(_long_form(piece, is_first=at == first) for at, piece in enumerate(pieces))


def _compared(piece: str, *, is_first: bool) -> str:
    word = piece.casefold().replace("’", "'")
    if piece.isupper() and word in _IN_CAPITALS:
        return f"{word} in capitals"
    return _long_form(piece, is_first=is_first).casefold().replace("’", "'")


def _long_form(piece: str, *, is_first: bool) -> str:
    # "Plan N" names a plan; only at the beginning is a single capital the letter of a word.
    if len(piece) == 1 and piece.isupper() and not is_first:
        return piece
    long = _short_forms().get(piece.casefold())
    if long is None:
        return piece
    return long.capitalize() if piece[0].isupper() or long.endswith("day") else long


def _is_word(piece: str) -> bool:
    return len(piece) > 1 or piece.isalnum() or unicodedata.category(piece) == "So"


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, str]:
    pairs = (line.split() for line in CUES.lines("short_forms"))
    return {short: long for short, long in pairs}  # noqa: C416 - each line has two words
