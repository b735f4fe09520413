"""Fit the name model on the tuning part: ``python -m evals.fit_names``.

Writes ``names.npz`` (how much a word looks like a name), ``pieces.npz`` (what its word pieces say)
and ``evidence.json`` (whether it is one in its sentence) beside the finder. Needs the third-party
development data, which stays outside.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.adapters.identifiers import likeness
from coach.adapters.identifiers.likeness import NameLikeness
from coach.adapters.identifiers.weighing import FEATURES, PIECES
from coach.adapters.identifiers.words import words
from evals import name_words
from evals.cases import Part
from evals.name_examples import Examples, examples
from evals.name_likeness import fit_likeness, halves, name_words_of
from evals.name_pieces import WordVectors, piece_vectors
from evals.names import Name, names, wnut_sentences

_SEED = 20260305
_FOLDER = Path(likeness.__file__).parent
#: Share of right words among those that are taken in the tuning part's noisy sentences, and share
#: of the words that are no names there that may be taken beside a sure one.
_PRECISION, _FALSE_ALARMS_BESIDE = 0.69, 0.07
#: Directions of the embedder's word pieces that are looked at.
_DIRECTIONS = 256


def main() -> None:
    """Fit both models, write them, and print what came out."""
    tune = [name for name in names() if name.part is Part.TUNE]
    plain = _negatives()
    vectors = WordVectors(piece_vectors(_DIRECTIONS))
    coefficients, thresholds, line = _fit_evidence(_strange_examples(tune, plain, vectors))
    cues = len(FEATURES) - len(PIECES)
    _write_pieces(coefficients[cues:], vectors)
    weighing = [*coefficients[:cues], *(1.0 for _ in PIECES)]
    model = fit_likeness(tune, plain, seed=_SEED)
    np.savez_compressed(
        _FOLDER / "names.npz",
        weights=model._weights,  # noqa: SLF001 - written by its own fit
        scale=np.float64(model._scale),  # noqa: SLF001
        bias=np.float64(model._bias),  # noqa: SLF001
    )
    fields = {
        "about": "Is a word of a sentence a personal name? Logistic regression; see evidence.py.",
        "fitted_by": "python -m evals.fit_names",
        "seed": _SEED,
        "weights": {n: round(float(w), 4) for n, w in zip(FEATURES, weighing, strict=True)},
        **dict(zip(("sure", "sure_inside", "likely"), map(_rounded, thresholds), strict=True)),
    }
    text = json.dumps(fields, indent=2) + "\n"
    (_FOLDER / "evidence.json").write_text(text, encoding="utf-8")
    print(text)
    print(line)
    _report(model, tune, plain)


def _strange_examples(
    people: Sequence[Name], plain: dict[str, float], vectors: WordVectors
) -> Examples:
    """Words of which the likeness knows neither the name's country nor half of those without one.

    The second model must see names as strange to the first as those of other countries will be.
    """
    order = random.Random(_SEED).sample(sorted(plain), len(plain))  # noqa: S311 - no secret
    turns = []
    for turn, (known, strange) in enumerate(permutations(halves(people))):
        half = {word: plain[word] for word in order[turn::2]}
        _use(fit_likeness(known, half, seed=_SEED))
        turns.append(examples(strange, vectors, seed=_SEED + turn, turn=turn))
    return Examples(*map(np.concatenate, zip(*turns, strict=True)))


def _negatives() -> dict[str, float]:
    sources: tuple[tuple[Collection[str], float], ...] = (
        (name_words.place_words(), 0.02),
        (name_words.foreign_words(), 0.1),
        (name_words.labelled_words(), 1.0),
        (name_words.ordinary_words(), 1.0),
        (name_words.library_words(), 1.0),
    )
    return {word: weight for found, weight in sources for word in found if word}


def _use(model: NameLikeness) -> None:
    # The features ask for the shipped model; while fitting it is this one.
    from coach.adapters.identifiers import evidence

    evidence._word_likeness.cache_clear()  # noqa: SLF001
    evidence.shipped_likeness = lambda: model  # type: ignore[assignment,attr-defined]


def _fit_evidence(
    examples: Examples,
) -> tuple[NDArray[np.float64], tuple[float, float, float], str]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows, labels, weights, groups, noisy = examples
    model: Any = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=200, tol=1e-3))
    how = {"logisticregression__sample_weight": weights}
    unseen = cross_val_predict(
        model, rows, labels, groups=groups, cv=GroupKFold(4), method="predict_proba", params=how
    )[:, 1]
    inside = (rows[:, FEATURES.index("title_case")] == 1) & (
        rows[:, FEATURES.index("sentence_start")] == 0
    )
    sure_inside = _threshold(unseen[noisy & inside], labels[noisy & inside])
    sure = _threshold(unseen[noisy & ~inside], labels[noisy & ~inside])
    needed = np.where(inside, sure_inside, sure)
    likely = min(
        sure_inside,
        sure,
        float(np.quantile(unseen[noisy & (labels == 0)], 1 - _FALSE_ALARMS_BESIDE)),
    )
    model.fit(rows, labels, **how)
    # The scaling goes into the weights, so that nothing need be scaled where they are used.
    scaler, fitted = model[0], model[1]
    coefficients = fitted.coef_[0] / scaler.scale_
    coefficients[0] = fitted.intercept_[0] - (coefficients[1:] * scaler.mean_[1:]).sum()
    right, wrong = ((unseen >= needed)[noisy & (labels == label)] for label in (1, 0))
    line = (
        f"{len(labels):,} words of the tuning part, {labels.sum():,} of them names; in noisy "
        f"sentences, cross-validated: found {right.mean():.3f}, precision "
        f"{right.sum() / (right.sum() + wrong.sum()):.3f}"
    )
    return coefficients, (sure, sure_inside, likely), line


def _rounded(value: float) -> float:
    return round(value, 4)


def _threshold(chances: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """The lowest probability from which on ``_PRECISION`` of the words are names."""
    order = np.argsort(-chances)
    right = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    return float(chances[order][np.flatnonzero(right >= _PRECISION).max()])


def _write_pieces(coefficients: NDArray[np.float64], vectors: WordVectors) -> None:
    columns = vectors.vectors @ coefficients.reshape(len(PIECES), -1).T
    scale = float(np.abs(columns).max()) / 127
    np.savez_compressed(
        _FOLDER / "pieces.npz",
        columns=np.round(columns / scale).astype(np.int8),
        scale=np.float64(scale),
    )


def _report(model: NameLikeness, tune: Sequence[Name], plain: dict[str, float]) -> None:
    from sklearn.metrics import roc_auc_score

    held = [name for name in names() if name.part is Part.HELD_OUT]
    strange = sorted(name_words_of(held) - name_words_of(tune) - set(plain))
    print(f"held-out countries: {len({name.country for name in held})}, new words {len(strange)}")
    scores = np.array([model.logit(word) for word in strange])
    print(f"called names: {(scores > 0).mean():.3f} of the held-out countries' new words")
    others = [w for s in wnut_sentences() if s.part is Part.HELD_OUT for w in words(s.text)]
    other = sorted(
        {w.text.casefold() for w in others if len(w.text) > 1} - set(plain) - set(strange)
    )
    rest = np.array([model.logit(word) for word in other])
    area = roc_auc_score([1] * len(scores) + [0] * len(rest), np.concatenate((scores, rest)))
    print(
        f"against {len(rest)} unseen words of held-out sentences: area under the curve {area:.3f}"
    )
    size = (_FOLDER / "names.npz").stat().st_size
    print(f"names.npz {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
