"""An index of 10,000 passages, made quickly, to time a search over it.

The passages' words are real (sentences of the library, drawn with a seed);
their vectors are random, because embedding 10,000 passages takes minutes and a
search costs the same over any vectors. Questions are really embedded.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.index.build import build_index
from coach.adapters.index.dense import ChromaVectors
from coach.adapters.index.generations import current
from coach.adapters.index.hybrid import HybridIndex
from coach.domain.guidance import Passage
from coach.domain.library import GuidanceLibrary
from coach.errors import GuidanceIndexError
from coach.ports import Embedder
from evals.cases import retrieval_cases
from evals.timing import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

PASSAGES, _SEED = 10_000, 20260301
#: Passages of one document, and sentences of one passage: about those of the library.
_TOGETHER, _SENTENCES = 5, (3, 7)
#: What each half offers to the fusion, so what Chroma alone is asked for too.
_NEAREST = 100
CHROMA, MAPPED = "search, Chroma-backed", "search, mapped vectors"
CHROMA_ALONE, WORDS_ALONE = "Chroma query alone", "bm25s alone"


class RandomVectors:
    """Random unit vectors under another embedder's identity."""

    def __init__(self, identity: str, size: int) -> None:
        self.identity = identity
        self._size = size
        self._draw = np.random.default_rng(_SEED)

    def warm(self) -> None:
        """Nothing to load."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit-length row per text."""
        rows = self._draw.normal(size=(len(texts), self._size))
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def synthetic_passages(library: GuidanceLibrary, count: int = PASSAGES) -> Iterator[Passage]:
    """``count`` passages of sentences drawn from the whole library."""
    draw = random.Random(_SEED)  # noqa: S311 - variety, not secrecy
    sentences = [
        sentence
        for passage in library.passages()
        for sentence in re.split(r"(?<=[.!?])\s+", passage.text)
        if len(sentence.split()) > 3
    ]
    for number in range(count):
        document = f"synthetic-{number // _TOGETHER}"
        yield Passage(
            id=f"{document}#{number % _TOGETHER}",
            doc_id=document,
            title=" ".join(draw.choice(sentences).split()[:5]),
            heading="",
            text=" ".join(draw.choices(sentences, k=draw.randint(*_SENTENCES))),
        )


def build(library: GuidanceLibrary, embedder: Embedder, into: Path) -> tuple[Passage, ...]:
    """The large index in ``into``; its passages."""
    passages = tuple(synthetic_passages(library))
    size = embedder.embed(["how long is a vector"]).shape[1]
    build_index(passages, RandomVectors(embedder.identity, size), into)
    return passages


def tasks(passages: Sequence[Passage], embedder: Embedder, index: Path) -> dict[str, Task]:
    """Both searches, with the embedding of the question, and each half's engine alone."""
    generation = current(index)
    if generation is None:
        raise GuidanceIndexError(f"No index in {str(index)!r}. Call build first.")
    questions = [case.question for case in retrieval_cases()]
    # The peer's questions are embedded beforehand: what is timed is Chroma.
    vectors = [embedder.embed([question])[0] for question in questions]
    in_chroma = HybridIndex(index, embedder, chroma=True)
    mapped = HybridIndex(index, embedder)
    alone = ChromaVectors.open(generation, None)
    ranked = _bm25s(passages)
    return {
        CHROMA: lambda turn: in_chroma.search(questions[turn % len(questions)]),
        MAPPED: lambda turn: mapped.search(questions[turn % len(questions)]),
        CHROMA_ALONE: lambda turn: alone.nearest(vectors[turn % len(vectors)], _NEAREST),
        WORDS_ALONE: lambda turn: ranked(questions[turn % len(questions)]),
    }


def _bm25s(passages: Sequence[Passage]) -> Any:
    """The library as its own documentation uses it: tokenise with stems, and retrieve ten."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    texts = [f"{passage.title}. {passage.text}" for passage in passages]
    ranker = bm25s.BM25()
    ranker.index(
        bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False),
        show_progress=False,
    )

    def rank(question: str) -> Any:
        words = bm25s.tokenize(question, stopwords="en", stemmer=stemmer, show_progress=False)
        return ranker.retrieve(words, k=10, show_progress=False)

    return rank
