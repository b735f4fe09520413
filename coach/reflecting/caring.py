"""Signs in what somebody wrote that people, not a summary, should take up.

A sign is a reason to offer help, never a finding: it says nothing about what somebody is or did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.guidance import Frozen
from coach.domain.reflection import CareSignal
from coach.errors import CoachError
from coach.phrasing.care_lists import fits, without_idioms
from coach.phrasing.slurs import has_slur
from coach.ports import Embedder
from coach.reflecting.care_head import LISTS, Passage, fitted_care, passages_of
from coach.reflecting.caring_long import worth_reading
from coach.reflecting.sentences import Span, sentences_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Lists of which one line is enough, by what they are signs of: who acts, against whom, with which
#: mark. Every other list is only counted by the fitted model: alone, it raised more false alarms
#: among new authors than it was worth.
_SURE = {
    CareSignal.RISK_OF_HARM: ("danger", "acted_harm"),
    CareSignal.RETALIATION: ("acted_retaliation",),
    CareSignal.HARASSMENT: ("harassment", "acted_harassment"),
    CareSignal.DISCRIMINATION: ("acted_discrimination", "acted_naming"),
}
#: Those of them that need two sentences as often: what was said and what it cost, or what was asked
#: and what goes on all the same.
_PAIRED = {
    CareSignal.RETALIATION: ("acted_retaliation",),
    CareSignal.DISCRIMINATION: ("acted_naming",),
}
#: Where several signs are found, the first is answered: what may kill, then what keeps somebody
#: from speaking, then what is done to them.
_ORDER = (
    CareSignal.RISK_OF_HARM,
    CareSignal.RETALIATION,
    CareSignal.HARASSMENT,
    CareSignal.DISCRIMINATION,
)


class CareFound(Frozen):
    """A sign, and the characters ``start`` to ``end``, excluded, that led to it."""

    signal: CareSignal
    start: int
    end: int


class Carer:
    """Finds signs: those of sure words, and with a fitted model those that are only hinted at."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def signal_of(self, text: str) -> CareSignal | None:
        """What ``text`` shows signs of, if anything. Raises ``CoachError`` for an empty text."""
        found = self.care_in(text)
        return found[0].signal if found else None

    def care_in(self, text: str) -> tuple[CareFound, ...]:
        """Every sign in ``text``, the one to answer first at the front.

        Of a very long text the sentences are read that use most of the words of the lists.
        Raises ``CoachError`` for an empty text, ``EmbedderError`` if there are no vectors.
        """
        return self.care_in_each([text])[0]

    def care_in_each(self, texts: Sequence[str]) -> list[tuple[CareFound, ...]]:
        """As ``care_in`` for each of several texts; faster than one after another."""
        if not all(text.strip() for text in texts):
            raise CoachError("There is no text. Write what happened, in your own words.")
        runs = [worth_reading(sentences_of(text), LISTS) for text in texts]
        found = []
        for of_text, passages in zip(runs, self._passages(runs), strict=True):
            sure = [one for run in of_text for one in sure_in(run)]
            both = [*sure, *_hinted(passages, sure)]
            found.append(tuple(sorted(both, key=lambda one: (_ORDER.index(one.signal), one.start))))
        return found

    def passages(self, runs: Sequence[Sequence[Span]]) -> list[Passage]:
        """All passages of a text's runs of sentences, as the fitted model sees them."""
        return self._passages([runs])[0]

    def _passages(self, texts: Sequence[Sequence[Sequence[Span]]]) -> list[list[Passage]]:
        said = list(dict.fromkeys(span.text for runs in texts for run in runs for span in run))
        vectors = dict(zip(said, self._embedder.embed(said), strict=True)) if said else {}
        return [[one for run in runs for one in _of_run(run, vectors)] for runs in texts]


def _of_run(run: Sequence[Span], vectors: Mapping[str, NDArray[np.float32]]) -> list[Passage]:
    plain = [without_idioms(span.text) for span in run]
    return passages_of(run, plain, np.array([vectors[span.text] for span in run], dtype=float))


def _hinted(passages: Sequence[Passage], sure: Sequence[CareFound]) -> list[CareFound]:
    """The passages in which the fitted model sees a sign, the surest first, none of them twice."""
    head = fitted_care()
    scored = zip(passages, head.scores(passages), strict=True)
    found: list[CareFound] = []
    for passage, (signal, score) in sorted(scored, key=lambda pair: -pair[1][1]):
        if score <= float(head.threshold):
            break
        if all(one.end <= passage.start or one.start >= passage.end for one in (*sure, *found)):
            found.append(CareFound(signal=signal, start=passage.start, end=passage.end))
    return found


def sure_in(run: Sequence[Span]) -> list[CareFound]:
    """The signs of sure words in sentences that follow one another."""
    plain = [without_idioms(sentence.text) for sentence in run]
    plain = ["" if fits(sentence, "told_apart") else sentence for sentence in plain]
    found = [
        CareFound(signal=signal, start=sentence.start, end=sentence.end)
        for sentence, said in zip(run, plain, strict=True)
        for signal, names in _SURE.items()
        if said and (fits(said, *names) or (signal is CareSignal.HARASSMENT and _slurred(said)))
    ]
    return [*found, *(one for signal in _PAIRED for one in _together(signal, run, plain, found))]


def _together(
    signal: CareSignal, run: Sequence[Span], plain: Sequence[str], found: Sequence[CareFound]
) -> list[CareFound]:
    """Two sentences that are a sign only together."""
    alone = {one.start for one in found if one.signal is signal}
    return [
        CareFound(signal=signal, start=first.start, end=second.end)
        for (first, second), said in zip(pairwise(run), pairwise(plain), strict=True)
        if all(said)
        and not alone & {first.start, second.start}
        and fits(" ".join(said), *_PAIRED[signal])
    ]


def _slurred(said: str) -> bool:
    return has_slur(said) and fits(said, "named")
