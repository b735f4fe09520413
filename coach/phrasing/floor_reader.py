"""Reads a message and its rewrite side by side, with few calls of the embedder."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from coach.phrasing.floor_pieces import Said, flip, parts_of, tokens_of, without_blanks
from coach.phrasing.floor_roles import stated_of

if TYPE_CHECKING:
    import numpy as np
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
        self._learn(
            sorted(
                {one.lemma for both in stated for one in both}
                | {link.what for part in parts for link in part[1]}
            )
        )
        found = []
        for reading, (pieces, links, numbers, facts), words in zip(
            (first, second), parts, stated, strict=True
        ):
            texts = [piece.text for piece in pieces]
            vectors = self._vectors([*texts, reading.text or " ", flip(reading.text) or " "])
            found.append(
                Said(
                    text=reading.text,
                    reading=reading,
                    tokens=tokens_of(reading.text),
                    pieces=pieces,
                    links=links,
                    stated=words,
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
        return max(0.0, float(self._words[one] @ self._words[other]))

    def _learn(self, words: list[str]) -> None:
        with self._guard:
            new = [word for word in words if word not in self._words]
        if not new:
            return
        vectors = self._embedder.embed(new)
        with self._guard:
            if len(self._words) > _MOST_WORDS:
                self._words = {word: self._words[word] for word in words if word in self._words}
            self._words.update(zip(new, vectors, strict=True))

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        import numpy as np

        with self._guard:
            new = [text for text in dict.fromkeys(texts) if text not in self._texts]
        vectors = dict(zip(new, self._embedder.embed(new), strict=True)) if new else {}
        with self._guard:
            found = np.array([vectors[t] if t in vectors else self._texts[t] for t in texts])
            if len(self._texts) > _MOST_PAIRS * 8:
                self._texts.clear()
            self._texts.update(vectors)
        return found
