"""A reflection as its reader sees it: sentences with their words, vectors and kinds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.grammar import Reading
from coach.domain.reflection import ItemKind
from coach.reflecting.closely import read_closely
from coach.reflecting.corrected import corrected
from coach.reflecting.happened import only_happened
from coach.reflecting.kinds import CLASSES, CONTEXT, fitted_kinds, told_by
from coach.reflecting.labels import UNLABELLED, Label, labels_of
from coach.reflecting.sentences import Span, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from coach.ports import Embedder, Grammar

#: Characters that the grammar reads at a time, and those between sentences that it reads too, such
#: as bullets.
_CHUNK, _GAP = 4_000, 40
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
    label: Label = UNLABELLED

    @property
    def own(self) -> str:
        """Its words without the label before them."""
        return self.span.text[self.label.start :]

    @property
    def kind(self) -> str:
        """What its label says it is, or the likeliest kind, or ``context``."""
        kind = corrected(CLASSES[int(self.odds.argmax())], self.own)
        if kind == ItemKind.COMMITMENT and only_happened(self.reading):
            others = self.odds.copy()
            others[CLASSES.index(kind)] = 0.0
            kind = CLASSES[int(others.argmax())]
        return self.label.told(kind, self.own)

    @property
    def weight(self) -> float:
        """How sure it is that the sentence tells something of its own, 0 to 1."""
        if self.label.kind:
            return float(self.kind != CONTEXT)
        return 1.0 - float(self.odds[CLASSES.index(CONTEXT)])

    def unlabelled(self) -> Sentence:
        """The same without a kind."""
        odds = np.zeros(len(CLASSES))
        odds[CLASSES.index(CONTEXT)] = 1.0
        return replace(self, odds=odds, label=UNLABELLED)


class Reader:
    """Reads reflections; keeps none of them."""

    def __init__(self, grammar: Grammar, embedder: Embedder) -> None:
        self._grammar = grammar
        self._embedder = embedder

    def read(self, text: str) -> tuple[Sentence, ...]:
        """Every sentence of ``text``, with its kind. Raises ``EmbedderError``."""
        return self._read(text, sentences_of(text), None, 0)

    def read_all(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], int]:
        """The sentences of ``texts`` that are read closely, and how many there are in all.

        Raises ``EmbedderError``.
        """
        spans = [sentences_of(text) for text in texts]
        found: list[Sentence] = []
        for number, places in enumerate(read_closely(spans)):
            found += self._read(texts[number], spans[number], places, number)
        return tuple(found), sum(map(len, spans))

    def _read(
        self, text: str, spans: Sequence[Span], places: Sequence[int] | None, text_index: int
    ) -> tuple[Sentence, ...]:
        at = range(len(spans)) if places is None else places
        chosen = [spans[place] for place in at]
        if not chosen:
            return ()
        kinds = fitted_kinds()
        words, vectors = self.parts(text, chosen)
        told = told_by(
            chosen,
            [one.words for one in words],
            vectors,
            kinds.centre,
            kinds.spread,
            at=at,
            count=len(spans),
        )
        odds = kinds.odds(told)
        labels = labels_of(text, spans)
        return tuple(
            Sentence(text_index, span, words[row], vectors[row], odds[row], labels[place])
            for row, (place, span) in enumerate(zip(at, chosen, strict=True))
        )

    def parts(self, text: str, spans: Sequence[Span]) -> tuple[list[Reading], NDArray[np.float32]]:
        """The words and the vector of each sentence."""
        readings: list[Reading] = []
        for chunk, group in _chunks(text, spans):
            whole = self._grammar.read(chunk)
            readings += [
                whole.part(start, start + len(span.text[:_MOST])).model_copy(
                    update={"text": span.text}
                )
                for span, start in group
            ]
        return readings, self._embedder.embed([span.text[:_MOST] for span in spans])


def _chunks(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, list[tuple[Span, int]]]]:
    """What the grammar reads at a time, and where each sentence begins in it.

    What lies between two sentences stays, unless it is long: then it is not to be read.
    """
    chunk, group, last = "", list[tuple[Span, int]](), 0
    for span in spans:
        between = text[last : span.start] if group else ""
        between = between if len(between) <= _GAP else "\n"
        shown = span.text[:_MOST]
        if group and len(chunk) + len(between) + len(shown) > _CHUNK:
            yield chunk, group
            chunk, group, between = "", [], ""
        group.append((span, len(chunk) + len(between)))
        chunk += between + shown
        last = span.end
    yield chunk, group
