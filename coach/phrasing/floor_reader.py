"""Reads a message and its rewrite side by side, with few calls of the embedder."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from coach.language.turns import told_in
from coach.phrasing.floor_pieces import Said, flip, parts_of, tokens_of, without_blanks
from coach.phrasing.floor_roles import stated_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coach.ports import Embedder, Grammar

#: Single words whose vectors are kept; about 30 MB at most.
_MOST_WORDS = 20_000
_MOST_PAIRS = 64


class Reader:
    """Keeps the vectors of single words and of the last few messages, nothing for longer."""

    def __init__(self, grammar: Grammar, embedder: Embedder) -> None:
        self._grammar = grammar
        self._embedder = embedder
        self._words: dict[str, NDArray[np.float32]] = {}
        self._texts: dict[str, NDArray[np.float32]] = {}
        self._guard = Lock()

    def read(self, original: str, rewrite: str) -> tuple[Said, Said]:
        """Both texts. Raises ``EmbedderError``."""
        first = self._grammar.read(without_blanks(original))
        second = self._grammar.read(without_blanks(rewrite))
        from coach.phrasing.floor_facts import names_of

        known = frozenset(names_of(first)) | frozenset(names_of(second))
        parts = [parts_of(reading, known) for reading in (first, second)]
        stated = [stated_of(reading) for reading in (first, second)]
        # Only the rewrite is asked whether it fits better with its persons exchanged.
        exchanged = (first.text, flip(second.text))
        texts = [
            [*(piece.text for piece in part[0]), reading.text or " ", other or " "]
            for reading, part, other in zip((first, second), parts, exchanged, strict=True)
        ]
        known_vectors = self._learn(
            {one.lemma for both in stated for one in both}
            | {link.what for part in parts for link in part[1]},
            texts,
        )
        found = []
        for reading, (pieces, links, numbers, facts), words, said in zip(
            (first, second), parts, stated, texts, strict=True
        ):
            vectors = np.array([known_vectors[text] for text in said])
            found.append(
                Said(
                    text=reading.text,
                    reading=reading,
                    tokens=tokens_of(reading.text),
                    pieces=pieces,
                    links=links,
                    stated=words,
                    told=told_in(reading),
                    numbers=numbers,
                    names=facts["names"],
                    dates=facts["dates"],
                    vectors=vectors[:-2],
                    whole=vectors[-2],
                    flipped=vectors[-1],
                )
            )
        return found[0], found[1]

    def alike(self, one: str, other: str) -> float:
        """How near two words are that were read, 0 to 1."""
        if one == other:
            return 1.0
        with self._guard:
            first, second = self._words.get(one), self._words.get(other)
        if first is None or second is None:
            # Another thread's messages have pushed them out.
            first, second = self._embedder.embed([one, other])
        return max(0.0, float(first @ second))

    def _learn(self, words: set[str], texts: list[list[str]]) -> dict[str, NDArray[np.float32]]:
        """The vectors of ``texts``; what is new is read in one call, which costs most."""
        with self._guard:
            new_words = sorted(words - self._words.keys())
            wanted = dict.fromkeys(text for group in texts for text in group)
            new_texts = [text for text in wanted if text not in self._texts]
        vectors = self._embedder.embed([*new_words, *new_texts])
        with self._guard:
            if len(self._words) > _MOST_WORDS:
                self._words = {word: self._words[word] for word in words & self._words.keys()}
            if len(self._texts) > _MOST_PAIRS * 8:
                self._texts = {text: self._texts[text] for text in wanted.keys() & self._texts}
            self._words.update(zip(new_words, vectors, strict=False))
            self._texts.update(zip(new_texts, vectors[len(new_words) :], strict=True))
            return {text: self._texts[text] for text in wanted}
