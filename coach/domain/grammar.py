"""A text as a grammar sees it: words with their forms, and what each depends on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pydantic import Field

from coach.domain.guidance import Frozen


class Word(Frozen):
    """One word or mark.

    ``part`` is its part of speech and ``relation`` what it is to its ``head``, in the words of
    Universal Dependencies and ClearNLP; ``form`` is its Penn Treebank tag. ``head`` and ``place``
    count words from 0, ``start`` characters. ``entity`` is empty for what has no name.
    """

    text: str
    lemma: str
    part: str
    form: str
    relation: str
    entity: str
    head: int = Field(ge=0)
    place: int = Field(ge=0)
    start: int = Field(ge=0)
    sentence: int = Field(ge=0)
    common: bool = False

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is more than a mark or a space."""
        return any(mark.isalnum() for mark in self.text)


class Reading(Frozen):
    """All words of a text, in order."""

    text: str
    words: tuple[Word, ...]

    def sentences(self) -> Iterator[tuple[Word, ...]]:
        """The words of each sentence."""
        last = self.words[-1].sentence if self.words else -1
        found: list[list[Word]] = [[] for _ in range(last + 1)]
        for word in self.words:
            found[word.sentence].append(word)
        yield from (tuple(words) for words in found)

    def part(self, start: int, end: int) -> Reading:
        """Characters ``start`` to ``end``, excluded, as a reading of one sentence."""
        inside = [word for word in self.words if start <= word.start < end]
        first = inside[0].place if inside else 0
        last = first + len(inside)
        words = tuple(
            word.model_copy(
                update={
                    "place": word.place - first,
                    "head": (word.head if first <= word.head < last else word.place) - first,
                    "start": word.start - start,
                    "sentence": 0,
                }
            )
            for word in inside
        )
        return Reading(text=self.text[start:end], words=words)

    def children(self, head: Word) -> tuple[Word, ...]:
        """What depends on ``head`` directly."""
        return self._below.get(head.place, ())

    @cached_property
    def _below(self) -> dict[int, tuple[Word, ...]]:
        found: dict[int, list[Word]] = {}
        for word in self.words:
            if word.head != word.place:
                found.setdefault(word.head, []).append(word)
        return {place: tuple(words) for place, words in found.items()}

    def under(self, head: Word) -> tuple[Word, ...]:
        """``head`` and all that depends on it, in order."""
        found, seen = [head], {head.place}
        for word in found:
            below = [child for child in self.children(word) if child.place not in seen]
            seen.update(child.place for child in below)
            found += below
        return tuple(sorted(found, key=lambda word: word.place))
