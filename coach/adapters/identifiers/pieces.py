"""What the word pieces of a word, and of its neighbours, say about its being a name.

The embedder's table of word pieces was made from much text: it knows that "obama" is somebody and
that "spreadsheet" is nobody, in whatever case. Of that, three numbers for each piece are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.embedders.minilm import word_pieces
from coach.errors import EmbedderError, IdentifierError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_FILE = Path(__file__).with_name("pieces.npz")
#: Pieces of one word that are read.
MOST = 12


class PieceKnowledge:
    """A row per piece: what it says of its own word, of the one after it, of the one before."""

    def __init__(self, tokenizer: Tokenizer, columns: NDArray[np.int8], scale: float) -> None:
        self._tokenizer = tokenizer
        self._columns = columns
        self._scale = scale
        self._known: dict[str, tuple[float, float, float]] = {}

    def of(self, words: Sequence[str]) -> list[tuple[float, float, float]]:
        """What each word itself, the one before it and the one after it add to its logit."""
        found = [self._columns_of(word) for word in words]
        nobody = (0.0, 0.0, 0.0)
        return [
            (own[0], before[1], after[2])
            for before, own, after in zip(
                [nobody, *found], found, [*found[1:], nobody], strict=False
            )
        ]

    def _columns_of(self, word: str) -> tuple[float, float, float]:
        known = self._known.get(word)
        if known is None:
            rows = self._columns[pieces(self._tokenizer, word)]
            own, before, after = (
                (self._scale * rows.mean(axis=0)).tolist() if len(rows) else (0.0, 0.0, 0.0)
            )
            known = (own, before, after)
            if len(self._known) >= 20_000:
                self._known.clear()
            self._known[word] = known
        return known


def pieces(tokenizer: Tokenizer, word: str) -> list[int]:
    """The numbers of the word's first pieces."""
    found: list[int] = tokenizer.encode(word[:60], add_special_tokens=False).ids
    return found[:MOST]


@lru_cache(maxsize=1)
def shipped_pieces() -> PieceKnowledge:
    """The table beside this file, for the embedder's pieces. Raises ``IdentifierError``."""
    try:
        tokenizer = word_pieces()
        with np.load(_FILE, allow_pickle=False) as stored:
            columns, scale = stored["columns"].astype(np.int8), float(stored["scale"])
    except (OSError, ValueError, KeyError, EmbedderError) as error:
        raise IdentifierError(
            f"The name model {_FILE.name!r} or its word pieces cannot be read, so nothing is sent "
            "to a model. Install the coach again."
        ) from error
    if columns.shape != (tokenizer.get_vocab_size(), 3):
        raise IdentifierError(
            f"The name model {_FILE.name!r} is of shape {columns.shape} and fits no word pieces, "
            "so nothing is sent to a model. Install the coach again."
        )
    return PieceKnowledge(tokenizer, columns, scale)
