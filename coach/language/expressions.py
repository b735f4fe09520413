"""Finds expressions of several words in a text, whatever forms their words take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coach.domain.grammar import Word

Meaning = TypeVar("Meaning")
#: The words of an expression, those that a text must have in some form, and what it means.
_Listed = tuple[tuple[str, ...], frozenset[str], frozenset[Meaning]]
#: Stands in an expression for one to this many words.
_GAP, _MOST_BETWEEN = "…", 4
_OWN = {"my", "your", "his", "her", "its", "our", "their"}
_SELF = {
    "myself", "yourself", "himself", "herself", "itself", "ourselves", "yourselves", "themselves",
}  # fmt: skip
_PARTS = re.compile(r"'s|[\w']+?(?='s\b)|[\w']+|[^\w\s]")


@dataclass(frozen=True)
class Found(Generic[Meaning]):
    """An expression with what it means, and the places of its words."""

    words: tuple[str, ...]
    meanings: frozenset[Meaning]
    places: tuple[int, ...]

    def top(self, words: Sequence[Word]) -> int:
        """The place of its word that no other of them governs."""
        inside = set(self.places)
        free = (at for at in self.places if words[at].head not in inside or words[at].head == at)
        return next(free, self.places[0])


class Formed:
    """The words of a text with all their forms, read once for many lists.

    ``forms`` are the ways in which an expression may name each word, ``all_forms`` those of any;
    ``solid`` says which are no mere marks.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.forms = [frozenset(_forms(word)) for word in words]
        self.solid = [word.is_word for word in words]
        self.all_forms = frozenset().union(*self.forms)


class Expressions(Generic[Meaning]):
    """Expressions in base forms. "One's" stands for any "my", "oneself" for any "myself"."""

    def __init__(self, listed: Iterable[tuple[str, Meaning]]) -> None:
        found: dict[tuple[str, ...], set[Meaning]] = {}
        for expression, meaning in listed:
            words = _words(expression)
            if words and _GAP not in {words[0], words[-1]}:
                found.setdefault(words, set()).add(meaning)
        self._by_first: dict[str, list[_Listed[Meaning]]] = {}
        for words, meanings in found.items():
            listed_as = (words, frozenset(words) - {_GAP}, frozenset(meanings))
            self._by_first.setdefault(words[0], []).append(listed_as)

    def find(self, words: Formed) -> list[Found[Meaning]]:
        """Every expression, the longest first; no single word of a longer one stands for itself."""
        every = list(self._all(words))
        covered = {at for one in every if len(one.places) > 1 for at in one.places}
        # "Leave out" stands in "leave out of the decision" too; "give" not in "give up".
        kept = [one for one in every if len(one.places) > 1 or one.places[0] not in covered]
        return sorted(kept, key=lambda one: (-len(one.places), one.places, one.words))

    def apart(self, words: Formed) -> list[frozenset[int]]:
        """The places from first to last word of expressions that do not overlap, longest first."""
        taken: set[int] = set()
        kept = []
        spans = [frozenset(range(one.places[0], one.places[-1] + 1)) for one in self._all(words)]
        for span in sorted(spans, key=lambda one: (-len(one), min(one))):
            if not span & taken:
                taken |= span
                kept.append(span)
        return kept

    def _all(self, words: Formed) -> Iterator[Found[Meaning]]:
        for at, forms in enumerate(words.forms):
            for form in forms & self._by_first.keys():
                for wanted, needed, meanings in self._by_first[form]:
                    if needed <= words.all_forms:
                        places = _matched(words, at, wanted)
                        if places:
                            yield Found(wanted, meanings, places)


def _matched(words: Formed, first: int, wanted: tuple[str, ...]) -> tuple[int, ...]:
    places, at, gap = [first], first + 1, False
    for one in wanted[1:]:
        if one == _GAP:
            gap = True
            continue
        last = min(len(words.forms), at + 1 + _MOST_BETWEEN * gap)
        place = next((here for here in range(at, last) if one in words.forms[here]), None)
        if place is None or not all(words.solid[at:place]):
            return ()
        places.append(place)
        at, gap = place + 1, False
    return tuple(places)


def _forms(word: Word) -> set[str]:
    """The ways in which an expression may name a word."""
    lower = word.lower.replace("’", "'")
    forms = {lower, word.lemma}
    if lower in _OWN or lower == "'s":
        forms.add("one's")
    if lower in _SELF:
        forms.add("oneself")
    if lower == "n't":
        forms.add("not")
    return forms


def _words(expression: str) -> tuple[str, ...]:
    return tuple(
        part
        for word in expression.replace("’", "'").split()
        for part in ([word] if word in {"one's", _GAP} else _PARTS.findall(word))
    )
