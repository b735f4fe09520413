"""Fit what tells the kind of a sentence on the tuning writers: ``python -m evals.fit_reflections``.

Writes ``coach/reflecting/kinds.npz`` and prints what writers come to whom the fit did not see.
``python -m evals.reflections`` then shows the held-out writers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.reflecting.kinds import CLASSES, RUNS, Kinds, Told, keep, told_by
from coach.reflecting.read import Reader
from coach.reflecting.telling import GRAMS, signs
from evals.cases import Part
from evals.reflection_cases import LabelledReflection, labelled_reflections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coach.domain.grammar import Reading

    Rows = NDArray[np.float64]

_SEED = 20261122
#: Strength of the fit: the inverse of the penalty.
_STRENGTH = 0.5
#: What sentences of excerpts weigh: they are harder than people write, and plainer.
_EXCERPTS = 0.35


@dataclass(frozen=True)
class Seen:
    """A reflection with the words and vectors of its labelled sentences."""

    case: LabelledReflection
    readings: list[Reading]
    vectors: NDArray[np.float32]


def main() -> None:
    """Fit on all tuning writers, after showing each as one that the fit did not see."""
    seen = _seen([case for case in labelled_reflections() if case.part is Part.TUNE])
    whole = {one.case.writer for one in seen if one.case.is_whole}
    found: list[tuple[str, str]] = []
    for writer in sorted(whole):
        kinds = fit([one for one in seen if one.case.writer != writer])
        mine = told_kinds(kinds, [one for one in seen if one.case.writer == writer])
        print(f"writer {writer}, unseen: macro-F1 {macro(mine):.3f} of {len(mine)} sentences")
        found += mine
    print(f"all unseen: macro-F1 {macro(found):.3f}")
    for kind in CLASSES:
        print(f"  {kind:<12}{f1(found, kind):.3f}")
    keep(fit(seen))


def fit(seen: Sequence[Seen]) -> Kinds:
    """The model that these reflections give."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    counted = np.vstack(
        [
            signs(said.span.text, reading.words)
            for one in seen
            for said, reading in zip(one.case.sentences, one.readings, strict=True)
        ]
    )
    centre, spread = counted.mean(axis=0), counted.std(axis=0) + 1e-6
    told = [_told(one, centre, spread) for one in seen]
    dense = np.vstack([one.dense for one in told])
    grams = csr_matrix(np.vstack([_row(found) for one in told for found in one.runs]))
    labels = [CLASSES.index(said.kind) for one in seen for said in one.case.sentences]
    model: Any = LogisticRegression(C=_STRENGTH, max_iter=3000, random_state=_SEED)
    model.fit(
        hstack([csr_matrix(dense), grams * RUNS]).tocsr(), labels, sample_weight=_weights(seen)
    )
    width = dense.shape[1]
    return Kinds(
        dense=model.coef_[:, :width],
        grams=model.coef_[:, width:],
        biases=model.intercept_,
        centre=centre,
        spread=spread,
    )


def _weights(seen: Sequence[Seen]) -> Rows:
    """Every kind weighs the same, among whole reflections and among excerpts."""
    said = [(one.case.is_whole, line.kind) for one in seen for line in one.case.sentences]
    counts = Counter(said)
    sizes = Counter(whole for whole, _ in said)
    return np.array(
        [
            (1.0 if whole else _EXCERPTS) * sizes[whole] / len(CLASSES) / counts[whole, kind]
            for whole, kind in said
        ]
    )


def told_kinds(kinds: Kinds, seen: Sequence[Seen]) -> list[tuple[str, str]]:
    """Kind and found kind of every sentence."""
    return [
        (said.kind, CLASSES[int(odds.argmax())])
        for one in seen
        for said, odds in zip(
            one.case.sentences, kinds.odds(_told(one, kinds.centre, kinds.spread)), strict=True
        )
    ]


def f1(found: Sequence[tuple[str, str]], kind: str) -> float:
    """The harmonic mean of precision and recall for one kind."""
    right = sum(label == kind == told for label, told in found)
    of = sum((label == kind) + (told == kind) for label, told in found)
    return 2 * right / of if of else 0.0


def macro(found: Sequence[tuple[str, str]]) -> float:
    """The mean of ``f1`` over all kinds, context among them."""
    return float(np.mean([f1(found, kind) for kind in CLASSES]))


def _seen(cases: Sequence[LabelledReflection]) -> list[Seen]:
    reader = Reader(EnglishGrammar(), MiniLMEmbedder())
    return [
        Seen(case, *reader.parts(case.text, [said.span for said in case.sentences]))
        for case in cases
    ]


def _told(one: Seen, centre: Rows, spread: Rows) -> Told:
    spans = [said.span for said in one.case.sentences]
    return told_by(spans, [r.words for r in one.readings], one.vectors, centre, spread)


def _row(found: dict[int, float]) -> Rows:
    row = np.zeros(GRAMS)
    row[list(found)] = list(found.values())
    return row


if __name__ == "__main__":
    main()
