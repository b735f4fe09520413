"""A draft that has only grown by a word or two still means what it meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Added words of which none may be among those that turn a meaning or say who does it.
_TURNING = frozenset(
    [
        *("not", "no", "never", "none", "nothing", "nobody", "without", "neither", "nor", "stop"),
        *("avoid", "less", "instead", "unless", "hide", "skip", "refuse", "cannot", "except"),
        *("until", "rather", "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your"),
        *("yours", "he", "him", "his", "she", "her", "they", "them", "their"),
    ]
)
_SMALL = frozenset(
    [
        *("a", "an", "the", "it", "this", "that", "these", "those", "to", "for", "of", "in", "on"),
        *("at", "by", "with", "and", "or", "is", "are", "be", "been", "was", "were", "do", "does"),
        *("did", "would", "could", "can", "might", "may", "let", "so", "just", "then", "than"),
        *("as", "if", "any", "some", "one", "how", "what", "which", "who", "when", "where"),
        *("here", "there", "now", "too", "also"),
    ]
)
#: Verbs that only bring another about, and count as one.
_BRINGING = {"help": "make", "helps": "make", "let": "make", "get": "make", "makes": "make"}
#: What begins a closing "when" or "where", which adds no claim while it is short.
_CLOSING = frozenset(["once", "when", "after", "before", "in", "at", "on", "during", "by", "from"])
_LONGEST_CLOSING = 5
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
#: Words of content that may be new: "What would make it easier to …".
_MOST_NEW = 1
#: A shorter draft says too little to be kept.
_FEWEST = 4


def only_grown(draft: str, text: str) -> bool:
    """Whether every word of ``draft`` stands in ``text``, in order, with next to nothing more."""
    kept, said = _words(draft), _words(text)
    if len(kept) < _FEWEST:
        return False
    added, closing = _added(kept, said)
    if added is None or any(_turns(word) for word in (*added, *closing)):
        return False
    if closing and (closing[0] not in _CLOSING or len(closing) > _LONGEST_CLOSING):
        added = [*added, *closing]
    return sum(word not in _SMALL for word in added) <= _MOST_NEW


def _turns(word: str) -> bool:
    return word in _TURNING or word.endswith(("n't", "n’t"))


def _added(kept: Sequence[str], said: Sequence[str]) -> tuple[list[str] | None, list[str]]:
    """The words of ``said`` within and after those of ``kept``; ``None`` if one is missing."""
    place = 0
    added: list[str] = []
    for at, word in enumerate(said):
        if place == len(kept):
            return added, list(said[at:])
        if word == kept[place]:
            place += 1
        else:
            added.append(word)
    return (added if place == len(kept) else None), []


def _words(text: str) -> list[str]:
    return [_BRINGING.get(word, word) for word in _WORD.findall(text.lower())]
