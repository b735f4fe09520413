"""A sentence as groundedness reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coach.phrasing.floor_facts import dates_of, numbers_of
from coach.phrasing.floor_pieces import tokens_of
from coach.reflecting.grounding_acts import Act, acts_of, lemma_of
from coach.reflecting.grounding_converses import Tie, ties_of
from coach.reflecting.grounding_words import words_of

if TYPE_CHECKING:
    from coach.domain.grammar import Reading

_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)\b")
_PERSONS = {"he", "she", "him", "her", "his"}


@dataclass(frozen=True)
class Said:
    """A sentence with everything that is compared; ``names`` has its ``speaker``'s too.

    ``person`` says whether it has a pronoun that stands for one person.
    """

    text: str
    speaker: frozenset[str]
    acts: tuple[Act, ...]
    ties: tuple[Tie, ...]
    tokens: tuple[str, ...]
    numbers: frozenset[float]
    dates: frozenset[str]
    names: frozenset[str]
    person: bool

    @cached_property
    def content(self) -> tuple[Act, ...]:
        """The words that carry what it says, names and numbers included."""
        light = words_of("light")
        return tuple(act for act in self.acts if act.lemma not in light and len(act.lemma) > 1)


def said(reading: Reading, speaker: str, names: frozenset[str]) -> Said:
    """A sentence as it is read; ``names`` are those of source and summary, in lower case."""
    speaking = frozenset(speaker.lower().split()) & names
    return Said(
        text=reading.text,
        speaker=speaking,
        acts=acts_of(reading, names),
        ties=ties_of(reading, names),
        tokens=tuple(tokens_of(reading.text)),
        numbers=numbers_in(reading.text),
        dates=frozenset(dates_of(reading)),
        names=speaking | ({lemma_of(word, names) for word in reading.words} & names),
        person=any(word.lower in _PERSONS for word in reading.words),
    )


def numbers_in(text: str) -> frozenset[float]:
    """Every figure, in digits or words; a time of day counts as one."""
    clocks = {int(hour) * 100.0 + int(minute) for hour, minute in _CLOCK.findall(text)}
    return frozenset(clocks | set(numbers_of(_CLOCK.sub(" ", text))))
