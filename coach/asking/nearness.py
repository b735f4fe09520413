"""How near a sentence is to a question: by the embedder, and by the words that both hold."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from coach.ports import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Vectors of sentences that are kept; those of the shipped library are some 3,600, of 1.5 kB.
_KEPT = 4_096
#: Letters by which words are compared: "interrupt" and "interrupting" are one.
_STEM = 6
#: What all of a question's words in a sentence weigh beside a cosine.
_WORDS = 0.3
_COMMON_WORDS = """
about after again also always and any anything are ask because been before being both but
can could did does doing dont every everything find first for from get give has have having
her here him his how into its just keep know like make many may might more most much must
need never not now off one only other our out over own really say said she should some
someone something such tell than that the their them then there these they thing things this
those time too use very want was way well were what when where which who why will with
without would you your yours mentor mentee mentoring reverse session
"""
_COMMON = frozenset(_COMMON_WORDS.split())


class Nearness:
    """Compares sentences with a question; keeps the sentences' vectors, never a question's.

    Safe to share between threads.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def of(self, sentences: Sequence[str], question: str) -> list[float]:
        """One value a sentence, about -1 to 1.3; higher is nearer. Raises ``EmbedderError``."""
        if not sentences:
            return []
        with self._lock:
            new = [text for text in dict.fromkeys(sentences) if text not in self._kept]
        vectors = self._embedder.embed([question, *new])
        with self._lock:
            for text, vector in zip(new, vectors[1:], strict=True):
                self._kept[text] = vector
            found = dict(zip(new, vectors[1:], strict=True))
            for text in sentences:
                if text in self._kept:
                    self._kept.move_to_end(text)
                    found[text] = self._kept[text]
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        asked = _words(question)
        return [
            float(found[text] @ vectors[0]) + _WORDS * _share(asked, _words(text))
            for text in sentences
        ]


def _share(asked: frozenset[str], said: frozenset[str]) -> float:
    return len(asked & said) / len(asked) if asked else 0.0


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)
