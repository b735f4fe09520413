"""Which sentences of a very long text are read closely: those whose words alone tell most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from coach.reflecting.grounding_words import words_of
from coach.reflecting.kinds import CLASSES, CONTEXT, fitted_kinds
from coach.reflecting.sentences import Span

#: Sentences that are read with their grammar and vectors: some fifteen pages, and a few seconds.
MOST = 400
_WORD = re.compile(r"[a-z]{3,}")
#: Words of a sentence that is worth its place.
_SHORTEST = 4


def read_closely(texts: Sequence[Sequence[Span]]) -> tuple[tuple[int, ...], ...]:
    """The places of the sentences of each text that are read closely; all of them while few."""
    if sum(map(len, texts)) <= MOST:
        return tuple(tuple(range(len(spans))) for spans in texts)
    places = [(number, at) for number, spans in enumerate(texts) for at in range(len(spans))]
    said = [texts[number][at].text for number, at in places]
    odds = fitted_kinds().by_words(said)
    none = CLASSES.index(CONTEXT)
    telling = 1.0 - odds[:, none]
    likeliest = [-odds[:, kind] for kind in range(len(CLASSES)) if kind != none]
    chosen: set[int] = set()
    seen: set[str] = set()
    for most, order in (
        # Half of them for what they tell, so many of each kind; the others also for speaking of
        # what the whole is about.
        *((MOST // 2 // len(likeliest), kind) for kind in likeliest),
        (MOST, -_standing(telling) - _standing(_central(said))),
    ):
        room = min(most, MOST - len(chosen))
        for row in map(int, np.argsort(order, kind="stable")):
            # What is repeated word for word is read once.
            if room > 0 and said[row] not in seen:
                room -= 1
                chosen.add(row)
                seen.add(said[row])
    taken = {places[row] for row in chosen}
    return tuple(
        tuple(at for at in range(len(spans)) if (number, at) in taken)
        for number, spans in enumerate(texts)
    )


def _central(said: Sequence[str]) -> NDArray[np.float64]:
    """How much each speaks of what the whole speaks of."""
    light = words_of("light")
    words = [{word for word in _WORD.findall(one.lower()) if word not in light} for one in said]
    count = Counter(word for found in words for word in found)
    return np.array(
        [sum(log(count[word]) for word in found) / max(len(found), _SHORTEST) for found in words]
    )


def _standing(worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each one's share of the others that it goes before, so that two worths can be added."""
    rank: NDArray[np.float64] = worth.argsort(kind="stable").argsort() / len(worth)
    return rank
