"""How much does a word look like a personal name? Character n-grams, all scripts."""

from __future__ import annotations

import math
import unicodedata
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.errors import IdentifierError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 1 << 17
_SIZES = (2, 3, 4, 5)
_FILE = Path(__file__).with_name("names.npz")


class NameLikeness:
    """A logistic regression over hashed n-grams; fitted by ``python -m evals.fit_names``.

    See ``CARD.md`` for data, figures and limits.
    """

    def __init__(self, weights: NDArray[np.int8], scale: float, bias: float) -> None:
        self._weights = weights
        self._scale = scale
        self._bias = bias

    def logit(self, word: str) -> float:
        """Above 0 means rather a name; within ±8. Case is ignored, accents are not."""
        found = buckets(word)
        if not found:
            return -8.0
        total = float(self._weights[found].astype(np.int64).sum())
        logit = self._bias + self._scale * total / math.sqrt(len(found))
        return max(-8.0, min(8.0, logit))


def buckets(word: str) -> list[int]:
    """The features of ``word``: its n-grams with borders, the whole, and its script's letters."""
    plain = unicodedata.normalize("NFKC", word).casefold()[:40].replace("’", "'")
    if not plain:
        return []
    framed = f"^{plain}$"
    grams = {f"={plain}"}
    for size in _SIZES:
        grams.update(framed[at : at + size] for at in range(len(framed) - size + 1))
    if plain[0] > "\u2e80":
        # One CJK character says as much as a syllable.
        grams.update(f"·{mark}" for mark in plain)
    return sorted({zlib.crc32(gram.encode("utf-8", "replace")) % BUCKETS for gram in grams})


@lru_cache(maxsize=1)
def shipped_likeness() -> NameLikeness:
    """The model beside this file. Raises ``IdentifierError``."""
    try:
        with np.load(_FILE, allow_pickle=False) as stored:
            weights = stored["weights"].astype(np.int8)
            scale, bias = float(stored["scale"]), float(stored["bias"])
    except (OSError, ValueError, KeyError) as error:
        raise IdentifierError(
            f"The name model {_FILE.name!r} cannot be read, so nothing is sent to a model. "
            "Install the coach again."
        ) from error
    if weights.shape != (BUCKETS,):
        raise IdentifierError(
            f"The name model {_FILE.name!r} has {weights.shape} weights, not {BUCKETS:,}, so "
            "nothing is sent to a model. Install the coach again."
        )
    return NameLikeness(weights, scale, bias)
