"""Which words mean one thing, and which the opposite."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from coach.language.cues import Cues

_LISTS = Cues(Path(__file__).parent)
#: Before a word of this many letters and more they turn its meaning.
_TURNING, _SHORTEST = ("un", "in", "im", "ir", "il", "dis", "mis", "non"), 4
Opposites = dict[str, frozenset[str]]


def opposites_in(pairs: Iterable[str]) -> Opposites:
    """Every word of ``pairs`` ("long/short") with its opposites."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        one, other = pair.split("/")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=1)
def antonyms() -> Opposites:
    """The opposites of common words, by lemma."""
    return opposites_in(_LISTS.word_list("antonyms"))


@lru_cache(maxsize=1)
def _meanings() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_LISTS.lines("synonyms")):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def are_synonyms(one: str, other: str) -> bool:
    """Whether two lemmas can mean one thing."""
    nothing: frozenset[int] = frozenset()
    return not _meanings().get(one, nothing).isdisjoint(_meanings().get(other, nothing))


def are_turned_by_prefix(one: str, other: str) -> bool:
    """Whether one of two words is the other with a prefix that turns it: "clear", "unclear"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and any(long == f"{prefix}{short}" for prefix in _TURNING)
