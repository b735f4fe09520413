"""Conditions: what a message ties to an "if", an "unless" or a "before", a rewrite ties too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.phrasing.floor_words import cue_of, words_of

if TYPE_CHECKING:
    from coach.domain.grammar import Word
    from coach.phrasing.floor_pieces import Said
    from coach.phrasing.floor_swaps import Alike

#: Where a condition ends: at a mark, or where the request begins.
_END = re.compile(r"[,.;:!?—]|\b(?:please|then)\b|$", re.IGNORECASE)
_ONLY = re.compile(
    r"\b(?:only(?: \w+){0,4} (?:if|when|after|once)|if and only if)\b", re.IGNORECASE
)
_STRICT = re.compile(
    r"\bonly\b|\bunless\b|\buntil\b|\bnot\b|n['’]t\b|\bwithout\b|\bno\b|\bmust\b|\bneeds?\b"
    r"|\bprovided\b|\blong as\b|\bfirst\b|\bcondition\b|\bnever\b|\bbefore\b|\brequire",
    re.IGNORECASE,
)
#: From here on one word may stand for another.
_STANDS_FOR = 0.5
#: Clauses that tell when something was, which a retelling may well bring.
_TELLING = re.compile(r"(?:when|while|whenever|(?:after|before) \w+ing)\b", re.IGNORECASE)
#: Words from which on a cue and what follows are a clause.
_CLAUSE = 3
#: Words of a condition that tie nothing by themselves.
_PARTS = {"VERB", "NOUN", "ADJ", "PROPN", "ADV"}


def changed_condition(before: Said, after: Said, alike: Alike) -> str:
    """A condition that is lost, loosened or new; empty if none is."""
    if _fewer(before, after):
        for said, words in _conditions(before, new=False):
            # "Before you go" is one, "once" by itself is none.
            whole = words or len(said.split()) >= _CLAUSE or cue_of("firm").match(said)
            if whole and not _told(words, before, after, alike):
                return f"it loses a condition: “{said}”"
    if _fewer(after, before):
        for said, words in _conditions(after, new=True):
            cue = said.split()[0].lower()
            if words and cue not in before.tokens and not _told(words, after, before, alike):
                return f"it has a condition that the message does not have: “{said}”"
    if (only := _ONLY.search(before.text)) and not _STRICT.search(after.text):
        return f"it loosens a condition: “{only[0]}”"
    return ""


def _conditions(said: Said, *, new: bool) -> Iterator[tuple[str, list[Word]]]:
    """Each condition as it stands, with the words that say what it is."""
    text = _masked(said.text, "no_condition")
    if new:
        text = _masked(text, "polite_conditions")
    for found in cue_of("conditions").finditer(text):
        end = _END.search(text, found.end())
        stop = end.start() if end else len(text)
        if new and _TELLING.match(said.text[found.start() : stop]):
            continue
        yield said.text[found.start() : stop].strip(), _content(said, found.end(), stop)


def _masked(text: str, name: str) -> str:
    """``text`` with what a list finds blanked out, so that places stay."""
    return cue_of(name).sub(lambda found: " " * len(found[0]), text)


def _content(said: Said, start: int, stop: int) -> list[Word]:
    light = words_of("light")
    return [
        word
        for word in said.reading.words
        if start <= word.start < stop and word.part in _PARTS and word.lemma not in light
    ]


def _told(words: list[Word], one: Said, other: Said, alike: Alike) -> bool:
    """Whether the other text has any of the words, or one near to it.

    What the first says outside the condition stands for itself: "hands" is not "touch".
    """
    places = {word.place for word in words}
    beside = {word.lemma for word in one.reading.words if word.place not in places}
    tokens = {*other.tokens, *(word.lemma for word in other.reading.words)}
    return any(
        word.lower in tokens
        or word.lemma in tokens
        or any(
            found.lemma not in beside and alike(word.lemma, found.lemma) >= _STANDS_FOR
            for found in other.stated
        )
        for word in words
    )


def _fewer(one: Said, other: Said) -> bool:
    """Whether the other text has fewer words for conditions than the conditions of the first.

    What the first says besides ("first", "only") cannot stand for a condition in the other.
    """
    firm = _counted(one, "conditions")
    beside = _counted(one, "condition_words") - firm
    return (_counted(other, "condition_words") - beside).total() < firm.total()


def _counted(said: Said, name: str) -> Counter[str]:
    text = _masked(said.text, "no_condition")
    return Counter(found[0].lower() for found in cue_of(name).finditer(text))
