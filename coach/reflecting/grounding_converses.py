"""Who gives and who takes in an act, from whichever side it is told: "taught", "learnt from"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coach.reflecting.grounding_acts import Below, agents_of, below_of, patients_of
from coach.reflecting.grounding_words import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coach.domain.grammar import Reading, Word
    from coach.reflecting.grounding_reader import Pairing

#: Words that may stand between two of a way of telling: "sent *the whole file* to".
_BETWEEN = 7
#: Words that may stand before the noun of a person.
_BEFORE = {"DET", "ADJ", "ADV", "PART"}
_REACH = 4
_POSSESSIVE = {"my", "your", "his", "her", "its", "our", "their"}
_PASSIVE = {"auxpass", "nsubjpass"}


class Tie(NamedTuple):
    """An act between two sides; ``act`` is its line in the list, the sides are lemmas or names."""

    act: int
    giver: frozenset[str]
    taker: frozenset[str]


class _Way(NamedTuple):
    """A way to tell an act: its words after the subject, "A" or "B" for the other side."""

    act: int
    subject: str
    words: tuple[str, ...]


def ties_of(reading: Reading, names: frozenset[str]) -> tuple[Tie, ...]:
    """The acts between two sides that a sentence tells of; ``names`` are in lower case."""
    below = below_of(reading)
    return tuple(
        Tie(way.act, *((one, other) if way.subject == "A" else (other, one)))
        for word in reading.words
        for way in _ways_from(word)
        for one, other in _sides(reading, below, word, way, names)
    )


def converse_features(pair: Pairing) -> dict[str, float]:
    """Whether a unit tells of the same act with the same sides, or with the sides exchanged."""
    pairs = [
        (mine, theirs)
        for mine in pair.sentence.ties
        for unit in pair.units
        for theirs in unit.ties
        if mine.act == theirs.act
    ]
    same = any(_straight(*both) > _crossed(*both) for both in pairs)
    crossed = any(_crossed(*both) > _straight(*both) for both in pairs)
    return {"converse_same": float(same), "converse_crossed": float(crossed and not same)}


def _straight(one: Tie, other: Tie) -> int:
    return bool(one.giver & other.giver) + bool(one.taker & other.taker)


def _crossed(one: Tie, other: Tie) -> int:
    return bool(one.giver & other.taker) + bool(one.taker & other.giver)


def _sides(
    reading: Reading, below: Below, verb: Word, way: _Way, names: frozenset[str]
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Who is the subject of a way that begins at ``verb``, and who stands on its other side."""
    passive = any(child.relation in _PASSIVE for child in below[verb.place])
    turned = passive and len(way.words) > 1 and way.words[1] in {"A", "B"}
    other = _other_side(reading.words, verb.place + 1, way.words[2 if turned else 1 :])
    if other is None:
        return
    if turned:
        other = frozenset(patients_of(below, verb, names))
    subject = agents_of(reading, below, verb, names)
    if not subject and verb.part != "VERB":
        # "She is his mentor": the subject stands with the verb above.
        subject = agents_of(reading, below, reading.words[verb.head], names)
    if subject and other:
        yield frozenset(subject), other


def _other_side(words: Sequence[Word], at: int, wanted: tuple[str, ...]) -> frozenset[str] | None:
    """Who stands for the letter among ``wanted``; nothing if the words are not there in order."""
    found: frozenset[str] = frozenset()
    for one in wanted:
        if one in {"A", "B"}:
            found, at = _person(words, at)
            if not found:
                return None
            continue
        reached = words[at : at + _BETWEEN]
        end = next((n for n, word in enumerate(reached) if not word.is_word), len(reached))
        place = next((word.place for word in reached[:end] if _is(word, one)), None)
        if place is None:
            return None
        at = place + 1
    return found


def _person(words: Sequence[Word], at: int) -> tuple[frozenset[str], int]:
    """The person or thing that stands at a place, a name with all its parts, and where it ends."""
    for start in range(at, min(at + _REACH, len(words))):
        word = words[start]
        if word.part in {"PRON", "PROPN", "NOUN"} and word.lower not in _POSSESSIVE:
            end = start + 1
            while end < len(words) and words[end].part == "PROPN":
                end += 1
            there = frozenset(
                one.lemma if one.part == "NOUN" else one.lower for one in words[start:end]
            )
            genitive = end < len(words) and words[end].lower in {"'s", "’s"}
            return there, end + genitive
        if word.part not in _BEFORE and word.lower not in _POSSESSIVE:
            break
    return frozenset(), at


def _ways_from(word: Word) -> Iterator[_Way]:
    for form in {word.lemma, word.lower} if word.part in {"VERB", "AUX", "NOUN", "ADJ"} else ():
        yield from _ways().get(form, ())


def _is(word: Word, wanted: str) -> bool:
    return wanted in {word.lemma, word.lower}


@lru_cache(maxsize=1)
def _ways() -> dict[str, tuple[_Way, ...]]:
    """Every way to tell an act between two, by its first word after the subject."""
    found: dict[str, list[_Way]] = {}
    for act, line in enumerate(lines_of("converses")):
        for subject, side in zip("AB", line.split(" | "), strict=True):
            for way in side.split(", "):
                words = tuple(re.sub(r"['’]s\b", "", way).split())
                told = words[2:] if words[1] == "be" else words[1:]
                if words[0] == subject and told and told[0] not in {"A", "B"}:
                    found.setdefault(told[0], []).append(_Way(act, subject, told))
    return {first: tuple(ways) for first, ways in found.items()}
