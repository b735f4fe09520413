"""A small fitted model that sees hinted signs in passages of a few sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.reflection import CareSignal
from coach.language.grams import SIZE, grams, word_grams
from coach.phrasing.care_lists import fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coach.reflecting.sentences import Span

    Row = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("care.npz")
#: The classes of the model; the last one is no sign.
ORDINARY = "ordinary"
CLASSES = (*(signal.value for signal in CareSignal), ORDINARY)
#: Lists of which it counts whether a line is in the passage.
LISTS = (
    *("accused", "addressed", "advances", "avenged", "belonging", "body", "danger", "group"),
    *("harassment", "harmed", "hate", "hit", "hounded", "lesser", "named", "others", "paid_for"),
    *("people", "prying", "slighted", "spoke_up", "struck", "told_apart", "upon", "violence"),
)
#: Places that runs of up to two words are hashed to, and then those of pieces of words.
GRAMS = 2 * SIZE
#: What the mean, the largest and the smallest of the vectors, hashed runs, and lists are
#: multiplied by, so that one penalty suits all.
_MEAN, _EXTREME, _RUNS, _FIRED = 3.0, 1.5, 3.0, 0.5
#: Sentences of a passage: a hint is seldom in one.
_LONGEST = 3
#: What many passages cost each: among many, one that only looks like a sign is likelier.
_AMONG_MANY = 1.0
_TOKEN = re.compile(r"[\w']+|[?!.…:]")


@dataclass(frozen=True)
class Passage:
    """Up to three sentences that follow one another, in numbers."""

    start: int
    end: int
    dense: Row
    grams: dict[int, float]


@dataclass(frozen=True)
class CareHead:
    """A logistic model with a row for each class, and the score from which it speaks."""

    dense: Row
    grams: Row
    biases: Row
    threshold: Row

    def scores(self, passages: Sequence[Passage]) -> list[tuple[CareSignal, float]]:
        """For each passage of one text the likeliest sign, and its log odds to be any."""
        found = []
        for passage in passages:
            places = np.fromiter(passage.grams, dtype=np.int64)
            weights = np.fromiter(passage.grams.values(), dtype=np.float64)
            row = self.dense @ passage.dense + self.grams[:, places] @ weights + self.biases
            odds = float(np.logaddexp.reduce(row[:-1]) - row[-1])
            signal = CareSignal(CLASSES[int(row[:-1].argmax())])
            found.append((signal, odds - _AMONG_MANY * float(np.log(len(passages)))))
        return found


def passages_of(run: Sequence[Span], plain: Sequence[str], vectors: Row) -> list[Passage]:
    """Every passage of sentences that follow one another, with their plain words and vectors."""
    fired = np.array([[fits(said, name) for name in LISTS] for said in plain], dtype=np.float64)
    length = min(_LONGEST, len(run))
    return [
        _passage(run[at : at + length], vectors[at : at + length], fired[at : at + length])
        for at in range(len(run) - length + 1)
    ]


def _passage(said: Sequence[Span], vectors: Row, fired: Row) -> Passage:
    text = " ".join(one.text for one in said).lower().replace("’", "'")
    words = word_grams(["<", *_TOKEN.findall(text), ">"], 2, SIZE)
    return Passage(
        start=said[0].start,
        end=said[-1].end,
        dense=np.concatenate(
            [
                _MEAN * vectors.mean(axis=0),
                _EXTREME * vectors.max(axis=0),
                _EXTREME * vectors.min(axis=0),
                _FIRED * fired.max(axis=0),
            ]
        ),
        grams={
            **{place: _RUNS * weight for place, weight in words.items()},
            **{SIZE + place: _RUNS * weight for place, weight in grams(text).items()},
        },
    )


def keep(head: CareHead) -> None:
    """Write the weights in half precision; no pickle."""
    halves = {field.name: getattr(head, field.name).astype(np.float16) for field in fields(head)}
    np.savez_compressed(WEIGHTS, allow_pickle=False, **halves)


@lru_cache(maxsize=1)
def fitted_care() -> CareHead:
    """The weights that ship with the coach."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return CareHead(**{name: stored[name].astype(np.float64) for name in stored.files})
