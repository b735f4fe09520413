"""Fit what sees hinted signs on the tuning authors: ``python -m evals.fit_care``.

Writes ``coach/reflecting/care.npz`` and prints what authors come to whom the fit did not see.
``python -m evals.care`` then shows the held-out author.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.reflecting.care_head import CLASSES, GRAMS, ORDINARY, CareHead, Passage, keep
from coach.reflecting.caring import Carer, sure_in
from coach.reflecting.sentences import sentences_of
from evals.care import TUNED, care_cases_by
from evals.cases import Part
from evals.reflection_cases import labelled_reflections

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEED = 20261122
#: Strength of the fit: the inverse of the penalty.
_STRENGTH = 0.3
#: What all passages of ordinary reflections weigh together, in short texts.
_REFLECTIONS = 180
#: What single ordinary sentences weigh together: lines of a summary and promises are judged alone.
_ALONE = 600
#: Of those sentences every so many is enough.
_EVERY = 3
#: The most false alarms among the ordinary texts of authors that the fit did not see, and among
#: long ordinary reflections, and single sentences, of writers that it did not see.
_ALARMS, _LONG_ALARMS, _ALONE_ALARMS = 0.04, 0.02, 0.01
#: Sentences from which a reflection is long.
_LONG = 6
#: Writers of reflections, some left out together with each author of signs.
_WRITERS = dict(zip(TUNED, ("a", "b", "c", "d", "l", "o", "m", "n", "p", "", ""), strict=True))


@dataclass(frozen=True)
class Seen:
    """A text with its passages. ``by`` is a part of ``TUNED``, or a writer of reflections.

    ``sure`` is what its words alone are a sign of, ``told_at`` where a long text tells its sign.
    """

    by: str
    label: str
    passages: list[Passage]
    sure: str = ""
    told_at: tuple[int, int] | None = None
    is_long: bool = False
    is_alone: bool = False

    def label_of(self, passage: Passage) -> str:
        """The text's own label, unless its sign is told elsewhere."""
        start, end = self.told_at or (passage.start, passage.end)
        return self.label if passage.start < end and start < passage.end else ORDINARY


@dataclass(frozen=True)
class Told:
    """What sure words, and a model that had not seen it, say of a text."""

    seen: Seen
    label: str
    score: float


def main() -> None:
    """Fit on all, with the threshold that authors give whom the fit did not see."""
    seen = _seen()
    told = [one for name in TUNED for one in _unseen(seen, name)]
    threshold = _threshold(told)
    for name in TUNED:
        print(
            f"{name}, unseen: {_figures([one for one in told if one.seen.by == name], threshold)}"
        )
    print(f"threshold {threshold:.2f}")
    for name in ("is_long", "is_alone"):
        some = [one for one in told if getattr(one.seen, name)]
        print(f"ordinary, {name}: {sum(one.score > threshold for one in some)} of {len(some)}")
    keep(fit(seen, threshold))


def _unseen(seen: Sequence[Seen], name: str) -> list[Told]:
    out = {name, *_WRITERS[name]}
    head = fit([one for one in seen if one.by not in out], 0.0)
    told = []
    for one in seen:
        if one.by in out and one.passages:
            signal, score = max(head.scores(one.passages), key=lambda pair: pair[1])
            told.append(Told(one, one.sure or signal.value, inf if one.sure else score))
    return told


def _threshold(told: Sequence[Told]) -> float:
    """The lowest at which no part has more false alarms than it may."""
    new = [one for one in told if one.seen.by in TUNED[1:] and one.seen.label == ORDINARY]
    long = [one for one in told if one.seen.is_long]
    alone = [one for one in told if one.seen.is_alone]
    return max(_beyond(new, _ALARMS), _beyond(long, _LONG_ALARMS), _beyond(alone, _ALONE_ALARMS))


def _beyond(told: Sequence[Told], most: float) -> float:
    scores = sorted((one.score for one in told), reverse=True)
    return scores[int(most * len(scores))]


def _figures(told: Sequence[Told], threshold: float) -> str:
    def share(label: str) -> float:
        mine = [one for one in told if one.seen.label == label]
        loud = [one for one in mine if one.score > threshold]
        return sum(label in {ORDINARY, one.label} for one in loud) / len(mine)

    return ", ".join(f"{label} {share(label):.2f}" for label in CLASSES)


def fit(seen: Sequence[Seen], threshold: float) -> CareHead:
    """The model that these texts give."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    # Passages overlap: of reflections, a third of them tells as much.
    rows = [(one, said) for one in seen for said in one.passages[:: 1 if one.by in TUNED else 3]]
    dense = csr_matrix(np.array([passage.dense for _, passage in rows]))
    ends = np.cumsum([0, *(len(passage.grams) for _, passage in rows)])
    places = [place for _, passage in rows for place in passage.grams]
    weights = [weight for _, passage in rows for weight in passage.grams.values()]
    hashed = csr_matrix((weights, places, ends), shape=(len(rows), GRAMS))
    alone = sum(one.is_alone for one, _ in rows)
    ordinary = sum(one.by not in TUNED for one, _ in rows) - alone
    weigh = [
        1 / len(one.passages) ** 0.5
        if one.by in TUNED
        else (_ALONE / alone if one.is_alone else _REFLECTIONS / ordinary)
        for one, _ in rows
    ]
    model: Any = LogisticRegression(C=_STRENGTH, max_iter=100, tol=1e-3, random_state=_SEED)
    labels = [CLASSES.index(one.label_of(said)) for one, said in rows]
    model.fit(hstack([dense, hashed]).tocsr(), labels, sample_weight=weigh)
    width = dense.shape[1]
    return CareHead(
        dense=model.coef_[:, :width],
        grams=model.coef_[:, width:],
        biases=model.intercept_,
        threshold=np.array(threshold),
    )


def _seen() -> list[Seen]:
    carer = Carer(MiniLMEmbedder())
    found = []
    for name in TUNED:
        for case in care_cases_by(name):
            one = _read(carer, name, case.text, case.signal.value if case.signal else ORDINARY)
            found.append(replace(one, told_at=case.span))
    for reflection in labelled_reflections():
        if reflection.part is Part.TUNE:
            one = _read(carer, reflection.writer, reflection.text, ORDINARY)
            found.append(replace(one, is_long=len(reflection.sentences) >= _LONG))
            for sentence in reflection.sentences[::_EVERY]:
                one = _read(carer, reflection.writer, sentence.span.text, ORDINARY)
                found.append(replace(one, is_alone=True))
    return found


def _read(carer: Carer, by: str, text: str, label: str) -> Seen:
    run = sentences_of(text)
    sure = sure_in(run)
    return Seen(by, label, carer.passages((run,)), sure[0].signal.value if sure else "")


if __name__ == "__main__":
    main()
