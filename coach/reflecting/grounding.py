"""How well a source carries each sentence of a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coach.domain.reflection import MOST_REFLECTION, Grounding, SentenceSupport
from coach.errors import BriefError
from coach.reflecting.grounding_features import features, new_facts
from coach.reflecting.grounding_fitted import fitted
from coach.reflecting.grounding_reader import Pairing, PairingReader
from coach.reflecting.grounding_said import numbers_in
from coach.reflecting.grounding_source import units_of
from coach.reflecting.grounding_turned import turned_words
from coach.reflecting.grounding_words import words_of
from coach.reflecting.sentences import sentences_of

if TYPE_CHECKING:
    from coach.ports import Embedder, Grammar

#: Characters of a summary that are read.
MOST_SUMMARY = 20_000
#: Below this nearness to every word of its evidence a word is called unsupported.
_FAR = 0.5


class Grounder:
    """Reads a source and its summary. Keeps no text."""

    def __init__(self, grammar: Grammar, embedder: Embedder) -> None:
        self._reader = PairingReader(grammar, embedder)

    def ground(self, source: str, summary: str) -> Grounding:
        """A score for each sentence of ``summary``, and their mean.

        Raises ``BriefError`` for a text that is empty, has no word, or is longer than
        ``MOST_REFLECTION`` (source) or ``MOST_SUMMARY`` characters; ``EmbedderError``.
        """
        _check("source", source, MOST_REFLECTION)
        _check("summary", summary, MOST_SUMMARY)
        sentences = [span.text for span in sentences_of(summary)]
        pairs = self._reader.pairings(source, sentences)
        found = tuple(
            SentenceSupport(
                text=sentence,
                score=fitted().probability(features(pair)),
                unsupported=_unsupported(sentence, pair),
            )
            for sentence, pair in zip(sentences, pairs, strict=True)
        )
        return Grounding(
            score=sum(sentence.score for sentence in found) / len(found), sentences=found
        )

    def measured(self, source: str, sentences: list[str]) -> list[dict[str, float]]:
        """The features of each sentence, for fitting."""
        return [features(pair) for pair in self._reader.pairings(source, sentences)]


def _unsupported(sentence: str, pair: Pairing) -> tuple[str, ...]:
    """The words of a sentence without support, in its order and as they stand in it."""
    wrong = {*new_facts(pair), *turned_words(pair)}
    every = words_of("all") - {token for unit in pair.units for token in unit.tokens}
    best = np.zeros(len(pair.sentence.content))
    for table in pair.alike:
        if table.size:
            best = np.maximum(best, table.max(axis=1))
    for act, near in zip(pair.sentence.content, best, strict=True):
        known = pair.known[act.lower] or pair.known[act.lemma] or act.lemma == "writer"
        if near < _FAR and not known and not (act.part == "NUM" or numbers_in(act.lower)):
            wrong.add(act.lower)
    stands = [word.strip(".,;:!?\"“”()'’") for word in sentence.split()]
    return tuple(
        dict.fromkeys(
            word
            for word in stands
            if {word.lower(), word.lower().removesuffix("'s").removesuffix("’s")} & (wrong | every)
            or any(part in wrong for part in word.lower().split("-"))
            or any(f"{number:g}" in wrong for number in numbers_in(word))
        )
    )


def _check(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise BriefError(
            f"The {name} has {len(text):,} characters; at most {most:,} are read. "
            "Give a shorter one."
        )
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        raise BriefError(
            f"The {name} holds half a character (\\ud800 to \\udfff). Write it as UTF-8."
        )
    if not units_of(text):
        raise BriefError(f"The {name} is empty or has no word. Give it as a text.")
