"""A reflection as its reader sees it: sentences with their words, vectors and kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.grammar import Reading
from coach.reflecting.corrected import corrected
from coach.reflecting.kinds import CLASSES, CONTEXT, fitted_kinds, told_by
from coach.reflecting.sentences import Span, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from coach.domain.grammar import Word
    from coach.ports import Embedder, Grammar

#: Characters that the grammar reads at a time, and sentences that are embedded at a time.
_CHUNK, _BATCH = 4_000, 64
#: Characters of a sentence that are read; a longer one is no sentence.
_MOST = 1_000


@dataclass(frozen=True)
class Sentence:
    """One sentence of text ``text_index``: its place, words, vector, and the odds of its kind."""

    text_index: int
    span: Span
    reading: Reading
    vector: NDArray[np.float32]
    odds: NDArray[np.float64]

    @property
    def kind(self) -> str:
        """The likeliest kind, or ``context``."""
        return corrected(CLASSES[int(self.odds.argmax())], self.span.text)

    @property
    def weight(self) -> float:
        """How sure it is that the sentence tells something of its own, 0 to 1."""
        return 1.0 - float(self.odds[CLASSES.index(CONTEXT)])


class Reader:
    """Reads reflections; keeps none of them."""

    def __init__(self, grammar: Grammar, embedder: Embedder) -> None:
        self._grammar = grammar
        self._embedder = embedder

    def read(self, text: str, text_index: int = 0) -> tuple[Sentence, ...]:
        """Every sentence of ``text``, with its kind. Raises ``EmbedderError``."""
        spans = sentences_of(text)
        if not spans:
            return ()
        kinds = fitted_kinds()
        words, vectors = self.parts(text, spans)
        told = told_by(spans, [r.words for r in words], vectors, kinds.centre, kinds.spread)
        odds = kinds.odds(told)
        return tuple(
            Sentence(text_index, span, words[at], vectors[at], odds[at])
            for at, span in enumerate(spans)
        )

    def parts(self, text: str, spans: Sequence[Span]) -> tuple[list[Reading], NDArray[np.float32]]:
        """The words and the vector of each sentence."""
        readings: list[Reading] = []
        for group in _groups(spans):
            start = group[0].start
            whole = self._grammar.read(text[start : group[-1].end])
            readings += [_part(whole, span, span.start - start) for span in group]
        shown = [span.text[:_MOST] for span in spans]
        vectors = [
            self._embedder.embed(shown[at : at + _BATCH]) for at in range(0, len(shown), _BATCH)
        ]
        return readings, np.vstack(vectors)


def _groups(spans: Sequence[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    for span in spans:
        if group and span.end - group[0].start > _CHUNK:
            yield group
            group = []
        group.append(span)
    yield group


def _part(whole: Reading, span: Span, start: int) -> Reading:
    """The words of one sentence, their places counted from its own start."""
    inside = [word for word in whole.words if start <= word.start < start + len(span.text)]
    first = inside[0].place if inside else 0
    last = first + len(inside)
    words: list[Word] = []
    for word in inside:
        head = word.head if first <= word.head < last else word.place
        words.append(
            word.model_copy(
                update={
                    "place": word.place - first,
                    "head": head - first,
                    "start": word.start - start,
                    "sentence": 0,
                }
            )
        )
    return Reading(text=span.text, words=tuple(words))
