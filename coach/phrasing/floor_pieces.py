"""A text as the floor reads it: pieces about as long as a claim, with their vectors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.grammar import Reading
from coach.language.turns import Told
from coach.phrasing.floor_facts import dates_of, names_of, numbers_of, said_in
from coach.phrasing.floor_roles import Link, Stated, links_of, stated_of
from coach.phrasing.floor_words import cue_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SPLIT = re.compile(
    r"(?<=[.!?;:])\s+"
    r"|,\s+(?=(?:and|but|so|because|as|since|which|who|while|although|though|especially|even|or|if|when)\b)"
    r"|\s+(?=(?:because|which|although|though)\b)"
    r"|\s+(?:—|–|-)\s+",
    re.IGNORECASE,
)
_SHORT = (
    (re.compile(r"\bcan(?:['’]t|not)\b"), "can not"),
    (re.compile(r"\bwon['’]t\b"), "will not"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"['’](?:s|m|re|ve|ll|d)\b"), " "),
)
_ASKED_BACK = re.compile(r"^\s*(?:you|they|he|she) (?:asked|told|wanted|promised)", re.IGNORECASE)
_FLIPS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself",
}  # fmt: skip
_BLANK = re.compile(r"\[[^\]]*\]|…|\.\.\.")
_ROLE_WORD = re.compile(r"\b(?:" + "|".join(_FLIPS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A clause or short sentence. ``asks`` for something, or ``claims`` something, or neither."""

    text: str
    asks: bool
    claims: bool
    stated: tuple[Stated, ...]


@dataclass(frozen=True)
class Said:
    """A message with everything that is compared. Vectors have length 1.

    ``flipped`` is that of a rewrite with its persons exchanged, and of a message its own.
    """

    text: str
    reading: Reading
    tokens: list[str]
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...]
    stated: tuple[Stated, ...]
    told: Told
    numbers: dict[float, str]
    names: dict[str, str]
    dates: dict[str, str]
    vectors: NDArray[np.float32]
    whole: NDArray[np.float32]
    flipped: NDArray[np.float32]


def without_blanks(text: str) -> str:
    """``text`` without its marked blanks, which claim nothing."""
    return re.sub(r"\s+", " ", _BLANK.sub(" ", text)).strip()


def split(text: str) -> list[str]:
    """The pieces of a text, in order."""
    return [part.strip() for part in _SPLIT.split(text) if part and part.strip(" .,;:")] or [text]


def piece_of(text: str, reading: Reading, start: int) -> Piece:
    """The piece of a reading that begins at a character."""
    inside = {word.lemma for word in reading.words if start <= word.start < start + len(text)}
    stated = tuple(one for one in stated_of(reading) if one.lemma in inside)
    return Piece(
        text=text,
        asks=_asks(text, reading, start),
        claims=len(stated) > 1,
        stated=stated,
    )


def asks_in(text: str) -> bool:
    """Whether the words of a piece ask for something."""
    if cue_of("offering").search(text) or _ASKED_BACK.match(text):
        return False
    return bool(cue_of("asking").search(text)) or text.rstrip().endswith("?")


def _asks(text: str, reading: Reading, start: int) -> bool:
    if cue_of("offering").search(text) or _ASKED_BACK.match(text):
        return False
    if asks_in(text):
        return True
    first = next((word for word in reading.words if word.start >= start and word.is_word), None)
    return first is not None and first.form in {"VB", "VBP"} and first.part == "VERB"


def flip(text: str) -> str:
    """``text`` with speaker and listener in each other's place."""
    return _ROLE_WORD.sub(lambda found: _FLIPS[found[0].lower()], text)


def tokens_of(text: str) -> list[str]:
    """The words in lower case, short forms written out."""
    lower = text.lower()
    for short, long in _SHORT:
        lower = short.sub(long, lower)
    return re.findall(r"[a-z]+|\d[\d.,]*", lower)


def facts_of(reading: Reading, known: frozenset[str] = frozenset()) -> dict[str, dict[str, str]]:
    """Names and dates; ``known`` are names that the other text has, found here in any case."""
    names = names_of(reading)
    said = said_in(reading.text)
    for name in known:
        if name in said:
            names.setdefault(name, name)
    return {"names": names, "dates": dates_of(reading)}


def parts_of(
    reading: Reading, known: frozenset[str]
) -> tuple[tuple[Piece, ...], tuple[Link, ...], dict[float, str], dict[str, dict[str, str]]]:
    """Pieces, ties of persons, figures and facts of a reading."""
    text, pieces, at = reading.text, [], 0
    for part in split(text):
        at = max(at, text.find(part, at))
        pieces.append(piece_of(part, reading, at))
        at += len(part)
    facts = facts_of(reading, known)
    links = links_of(reading, frozenset(facts["names"]))
    return tuple(pieces), links, numbers_of(text), facts
