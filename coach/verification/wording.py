"""How a text sounds: like those that careful readers accept, or like those that they refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.language.grams import word_grams

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("wording.npz")
#: How many places runs of words are hashed to, and the longest run.
SIZE, LONGEST = 2**15, 3
#: What stands for a word that a source has, so that runs of new words show.
_KNOWN = "*"
_WORD = re.compile(r"[a-z']+")
#: What vectors are multiplied by, so that one penalty suits them.
_SCALE = 5.0


@dataclass(frozen=True)
class Sound:
    """What the three heads read of a text beside its sources."""

    vector: NDArray[np.float64]
    words: Mapping[int, float]
    new_words: Mapping[int, float]


def sound_of(
    text: str, sources: str, text_vector: NDArray[np.float32], draft_vector: NDArray[np.float32]
) -> Sound:
    """Read ``text``; the vectors, of unit length, are of the text and of the draft."""
    words, known = _words(text), set(_words(sources))
    new = [word if word not in known else _KNOWN for word in words]
    both = np.concatenate([text_vector, text_vector - draft_vector]).astype(np.float64)
    return Sound(_SCALE * both, word_grams(words, LONGEST, SIZE), word_grams(new, LONGEST, SIZE))


@dataclass(frozen=True)
class Heads:
    """Three logistic models: of vectors, of runs of words, of runs of new words."""

    vector: NDArray[np.float64]
    words: NDArray[np.float64]
    new_words: NDArray[np.float64]
    biases: NDArray[np.float64]

    def odds(self, sound: Sound) -> dict[str, float]:
        """Log-odds, by each head, that a careful reader would refuse the text."""
        bias = self.biases
        return {
            "sounds": float(sound.vector @ self.vector + bias[0]),
            "worded": _sum(self.words, sound.words) + float(bias[1]),
            "adds": _sum(self.new_words, sound.new_words) + float(bias[2]),
        }


def _sum(weights: NDArray[np.float64], counted: Mapping[int, float]) -> float:
    return float(sum(weights[place] * weight for place, weight in counted.items()))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=1)
def fitted_heads() -> Heads:
    """The heads that ship with the coach."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Heads(**{name: stored[name].astype(np.float64) for name in stored.files})


def keep_heads(heads: Heads) -> None:
    """Write the weights in half precision; no pickle."""
    arrays = {name: getattr(heads, name) for name in ("vector", "words", "new_words")}
    np.savez_compressed(
        WEIGHTS,
        allow_pickle=False,
        biases=heads.biases.astype(np.float32),
        **{name: weights.astype(np.float16) for name, weights in arrays.items()},
    )
