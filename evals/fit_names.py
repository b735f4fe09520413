"""Fit the name model on the tuning part: ``python -m evals.fit_names``.

Writes ``names.npz`` (how much a word looks like a name) and ``evidence.json`` (whether it is one
in its sentence) beside the finder. Needs the third-party development data, which stays outside.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.adapters.identifiers import likeness
from coach.adapters.identifiers.analysis import analyse, dictionary
from coach.adapters.identifiers.evidence import Evidence, is_candidate
from coach.adapters.identifiers.likeness import BUCKETS, NameLikeness, buckets
from coach.adapters.identifiers.weighing import FEATURES
from coach.adapters.identifiers.words import words
from evals import name_words
from evals.cases import Part
from evals.name_carriers import foreign_sentences, library_sentences, questions, sentences, swapped
from evals.names import Name, Sentence, names, presidio_sentences, wnut_sentences

_SEED = 20260305
_FOLDER = Path(likeness.__file__).parent
#: Share of the words that are no names, in the tuning part, that may be taken for one.
_FALSE_ALARMS, _FALSE_ALARMS_BESIDE = 0.015, 0.03
#: Weight of words of whole foreign sentences, which are few; they set no threshold.
_FOREIGN = 0.9


def main() -> None:
    """Fit both models, write them, and print what came out."""
    tune = [name for name in names() if name.part is Part.TUNE]
    known, unknown = _halves(tune)
    plain = _negatives()
    # The second model must see names as strange to the first as those of other countries will be.
    half = dict(random.Random(_SEED).sample(sorted(plain.items()), len(plain) // 2))  # noqa: S311
    _use(fit_likeness(known, half))
    rows, labels, weights = _examples(unknown)
    weighing, sure, likely, line = _fit_evidence(rows, labels, weights)
    model = fit_likeness(tune, plain)
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
        "sure": round(sure, 4),
        "likely": round(likely, 4),
    }
    text = json.dumps(fields, indent=2) + "\n"
    (_FOLDER / "evidence.json").write_text(text, encoding="utf-8")
    print(text)
    print(line)
    _report(model, tune, plain)


def fit_likeness(people: Sequence[Name], plain: dict[str, float]) -> NameLikeness:
    """The first model: names against words that are none, by their n-grams."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    good = name_words_of(people)
    rows = [(word, 1, 1.0) for word in sorted(good)]
    rows += [(word, 0, weight) for word, weight in sorted(plain.items()) if word not in good]
    places, values, ends = [], [], [0]
    for word, _, _ in rows:
        found = buckets(word)
        places += found
        values += [len(found) ** -0.5] * len(found)
        ends.append(len(places))
    matrix = csr_matrix((values, places, ends), shape=(len(rows), BUCKETS))
    labels = np.array([label for _, label, _ in rows])
    weights = np.array([weight for _, _, weight in rows])
    weights[labels == 1] *= weights[labels == 0].sum() / (labels == 1).sum()
    model = LogisticRegression(C=3.0, max_iter=300, random_state=_SEED)
    model.fit(matrix, labels, sample_weight=weights)
    scale = float(np.abs(model.coef_).max()) / 127
    return NameLikeness(
        np.round(model.coef_[0] / scale).astype(np.int8), scale, float(model.intercept_[0])
    )


def name_words_of(people: Sequence[Name]) -> frozenset[str]:
    """Each word of the names, at home's spelling and in Latin letters; lower case."""
    return frozenset(
        part.casefold()
        for name in people
        for spelling in (name.local, name.roman)
        for word in words(spelling)
        for part in (word.text, *word.text.split("-"))
        if len(part) > 1 or ord(part) > 0x2E80
    )


def _halves(people: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    countries = sorted({name.country for name in people})
    first = set(countries[::2])
    return (
        [name for name in people if name.country in first],
        [name for name in people if name.country not in first],
    )


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


def _examples(
    people: Sequence[Name],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    labelled = [*presidio_sentences(), *wnut_sentences(), *library_sentences(), *questions()]
    groups: list[tuple[Sequence[Sentence], float]] = [
        ([sentence for sentence in labelled if sentence.part is Part.TUNE], 1.0),
        (list(swapped(people, seed=_SEED)), 0.5),
        (list(sentences(people, seed=_SEED, count=1500)), 0.5),
        (foreign_sentences(), _FOREIGN),
    ]
    nouns, others = dictionary()
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    weights: list[float] = []
    for group, weight in groups:
        for sentence in group:
            found = tuple(words(sentence.text))
            evidence = Evidence(sentence.text, analyse(sentence.text), found)
            people_here = [s for s in sentence.spans if s[2].upper() == "PERSON"]
            for at, word in enumerate(found):
                if not is_candidate(word, nouns, others):
                    continue
                rows.append(evidence.features(at))
                labels.append(
                    int(any(start < word.end and word.start < end for start, end, _ in people_here))
                )
                weights.append(weight)
    return np.array(rows), np.array(labels), np.array(weights)


def _fit_evidence(
    rows: NDArray[np.float64], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float, float, str]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    model: Any = LogisticRegression(C=3.0, fit_intercept=False, max_iter=2000, random_state=_SEED)
    unseen = cross_val_predict(
        model, rows, labels, cv=5, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    none = unseen[(labels == 0) & (weights != _FOREIGN)]
    sure = float(np.quantile(none, 1 - _FALSE_ALARMS))
    likely = min(sure, float(np.quantile(none, 1 - _FALSE_ALARMS_BESIDE)))
    model.fit(rows, labels, sample_weight=weights)
    line = (
        f"{len(labels):,} words of the tuning part, {labels.sum():,} of them names; "
        f"cross-validated: found {(unseen >= sure)[labels == 1].mean():.3f}, "
        f"wrongly taken {(unseen >= sure)[labels == 0].mean():.4f}; sure {sure:.3f} {likely:.3f}"
    )
    return model.coef_[0], sure, likely, line


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
