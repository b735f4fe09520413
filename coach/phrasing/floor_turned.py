"""What is turned round between a clause of the message and the clause nearest to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from operator import ne

import numpy as np

from coach.language.lexicon import Opposites, opposites_in
from coach.phrasing.floor_pieces import Said, tokens_of
from coach.phrasing.floor_words import words_of

#: From here on two clauses say much the same, or are nearly one.
_NEAR, _COPY = 0.55, 0.6
_SIDES = {
    "i": "me", "me": "me", "my": "me", "mine": "me", "myself": "me", "we": "me", "us": "me",
    "our": "me", "ours": "me", "you": "you", "your": "you", "yours": "you", "yourself": "you",
}  # fmt: skip

_WHO = {*_SIDES, "them", "he", "she"}
_LITTLE = {
    "please", "could", "would", "can", "you", "i", "the", "a", "and", "it", "that", "do", "did",
    "does", "is", "was", "am", "are",
}  # fmt: skip
#: Says no less than "without my knowledge".
_BEHIND = re.compile(r"\bbehind (?=\w+(?:['’]s)? backs?\b)", re.IGNORECASE)
#: A denial more or less is a turn only where the clause is otherwise the same.
_DENIED_COPY = 0.7


@lru_cache(maxsize=1)
def opposites() -> Opposites:
    """Every word that has opposites, with them."""
    return opposites_in(words_of("opposites"))


def piece_turns(before: Said, after: Said) -> dict[str, float]:
    """Denials, opposites and persons of each clause beside its nearest, the worst of each."""
    near = before.vectors @ after.vectors.T
    names = set(before.names) | set(after.names)
    denied = opposed = sided = named = new = 0.0
    for at, piece in enumerate(before.pieces):
        place = int(np.argmax(near[at]))
        score = float(near[at, place])
        if score < _NEAR:
            continue
        one, other = tokens_of(piece.text), tokens_of(after.pieces[place].text)
        denied = max(denied, score * (_odd(one) != _odd(other)))
        opposed = max(opposed, score * _opposed(one, other))
        ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
        sided = max(sided, score * (_first(one) != _first(other)) * ("by" not in other))
        if ratio >= _COPY:
            named = max(named, ratio * _swapped(one, other, names))
            sides = [_SIDES[word] for word in one if word in _SIDES]
            others = [_SIDES[word] for word in other if word in _SIDES]
            new = max(new, ratio * float(sides != others[-len(sides) or len(others) :]))
    return {
        "piece_denied": denied,
        "piece_opposed": opposed,
        "piece_sided": sided,
        "piece_named": named,
        "piece_persons": new,
        "stems_opposed": float(_stems(before.tokens, after.tokens)),
    }


def near_turn(before: Said, after: Said) -> str:
    """How a clause that is nearly the message's own turns it round; empty if none does."""
    names = set(before.names) | set(after.names)
    parity = _odd(_marked(before.text)) != _odd(_marked(after.text))
    others = [_marked(piece.text) for piece in after.pieces]
    for piece in before.pieces:
        one = _marked(piece.text)
        score, other = max(((_shared(one, other), other) for other in others), default=(0.0, one))
        if score >= _DENIED_COPY and parity and _odd(one) != _odd(other):
            return "polarity"
        if score >= _COPY and _opposed(one, other):
            return "polarity"
        if score >= _COPY and not {"by"} & {*one, *other} and _exchanged(one, other, names):
            return "roles"
    return ""


def _marked(text: str) -> list[str]:
    return tokens_of(_BEHIND.sub("without", text.replace("rather than", "not")))


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of two clauses' words that they have in common, in order; denials apart."""
    plain, rest = ([w for w in words if w not in _LITTLE] for words in (one, other))
    plain, rest = ([w for w in words if w not in words_of("denial")] for words in (plain, rest))
    if not plain or not rest:
        return 0.0
    matched = SequenceMatcher(None, plain, rest, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in matched) / (len(plain) + len(rest))


def _exchanged(one: Sequence[str], other: Sequence[str], names: set[str]) -> bool:
    """Every person of a clause is another one, or the same stand in another order."""
    sides = [_SIDES[word] for word in one if word in _SIDES]
    others = [_SIDES[word] for word in other if word in _SIDES]
    if sides and len(sides) == len(others) and all(map(ne, sides, others)):
        return True
    who = [_SIDES.get(word, word) for word in one if word in names or word in _WHO]
    whom = [_SIDES.get(word, word) for word in other if word in names or word in _WHO]
    return Counter(who) == Counter(whom) and who != whom


def _odd(words: Sequence[str]) -> bool:
    return bool(sum(word in words_of("denial") for word in words) % 2)


def _opposed(one: Sequence[str], other: Sequence[str]) -> bool:
    gone, new = Counter(one) - Counter(other), Counter(other) - Counter(one)
    pairs = opposites()
    return any(pairs.get(word, frozenset()) & new.keys() for word in gone)


def _first(words: Sequence[str]) -> str:
    return next((_SIDES[word] for word in words if word in _SIDES), "")


def _swapped(one: Sequence[str], other: Sequence[str], names: set[str]) -> bool:
    """Names and persons that stand in both, in another order, without a passive."""
    who = [word for word in one if word in names or word in _SIDES]
    whom = [word for word in other if word in names or word in _SIDES]
    return Counter(who) == Counter(whom) and who != whom


def _stems(one: Sequence[str], other: Sequence[str]) -> int:
    """Opposites by a prefix: "clear" for "unclear"."""
    said, kept = set(one), set(other)
    return sum(
        (f"{prefix}{word}" in said) != (f"{prefix}{word}" in kept)
        for word in said ^ kept
        for prefix in ("un", "in", "im", "dis", "mis", "ir")
        if len(word) > 3
        and (word in said) != (f"{prefix}{word}" in said)
        and (f"{prefix}{word}" in said | kept)
    )
