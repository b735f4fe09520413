"""Fit the screen on the tuning part: ``python -m evals.fit_screen``.

Writes ``coach/screening/weights.npz``. Figures printed here are of the tuning
part, each for rows that its fit did not see; ``python -m evals.screening``
prints the held-out part.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.language.grams import SIZE
from coach.ports import Embedder
from coach.screening.model import WEIGHTS, Head, Model, linear, pack
from coach.screening.placing import ALONE, PLACING, VERDICT, placing_rows
from coach.screening.reading import Reading, read_windows
from coach.screening.windows import Window, sections, sentences
from evals.screening_cases import FILES, missing_files
from evals.screening_corpora import CORPORA, long_texts
from evals.screening_training import (
    FALSE_ALARMS,
    FOLDS,
    Corpus,
    Sample,
    ask_samples,
    override_samples,
    planted_samples,
    read_corpus,
    row_samples,
)
from evals.show import rate, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

_SEED = 20260301
#: What vectors, n-grams and cues are multiplied by, so that one penalty suits all three.
_SCALES = (4.0, 4.0, 1.0)


class Reader:
    """Reads each text once."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._known: dict[str, Reading] = {}

    def read(self, texts: list[str]) -> Reading:
        """As ``read_windows``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), 64):
            batch = new[start : start + 64]
            found = read_windows(batch, self._embedder)
            for at, text in enumerate(batch):
                rows = slice(at, at + 1)
                self._known[text] = Reading(
                    found.vectors[rows], found.grams[rows], found.cues[rows]
                )
        known = [self._known[text] for text in texts]
        return Reading(
            np.concatenate([one.vectors for one in known]),
            tuple(one.grams[0] for one in known),
            np.concatenate([one.cues for one in known]),
        )


@dataclass(frozen=True)
class Fit:
    """A model, the verdicts on tuning rows by models that had not seen them, and the rows."""

    model: Model
    odds: Row
    samples: list[Sample]


def main() -> int:
    """Fit both models, write the file, and print what came out."""
    missing = missing_files((*FILES, *CORPORA))
    if missing:
        print(f"Nothing was fitted: {', '.join(missing)} not found. Set COACH_BENCHDATA.")
        return 1
    corpus = read_corpus()
    embedder = MiniLMEmbedder()
    stored: dict[str, Any] = {"embedder": np.array(embedder.identity)}
    for name, reads in (("full", embedder), ("lean", None)):
        found = fit(corpus, Reader(reads))
        stored |= pack(found.model, name)
        print(f"\n{name}: tuning part, cross-fitted by group", *_lines(found), sep="\n", flush=True)
    np.savez_compressed(WEIGHTS, allow_pickle=False, **stored)
    print(f"\n{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB; seed {_SEED}")
    return 0


def fit(corpus: Corpus, reader: Reader) -> Fit:
    """Fit the heads per fold, then what stands on their verdicts, then the heads on everything."""
    overrides, asks = list(override_samples(corpus)), list(ask_samples(corpus))
    planted = list(planted_samples(corpus))
    zero = np.zeros(len(PLACING) + 1), np.zeros(len(VERDICT) + 1)

    def heads(without: int | None) -> Model:
        override, ask = (
            _fit_head([one for one in samples if one.fold != without], reader)
            for samples in (overrides, asks)
        )
        return Model(override, ask, *zero, sections=0.0)

    folds = [heads(fold) for fold in range(FOLDS)]
    rows, labels, weights = _placing_data(planted, folds, reader)
    misplaced = _logistic(rows, labels, weights, 1.0)
    folds = [replace(model, misplaced=misplaced) for model in folds]
    samples = [*row_samples(corpus), *(replace(one, weight=one.weight / 2) for one in planted)]
    verdicts = np.array([_verdict(folds[one.fold], sentences(one.text), reader) for one in samples])
    truth = np.array([one.label for one in samples])
    verdict = _logistic(verdicts, truth, np.array([one.weight for one in samples]), 1.0)
    hard = np.array([one.hard for one in samples])
    # The threshold becomes part of the bias: a text is flagged from log-odds of 0, a score of .5.
    verdict[-1] -= np.quantile(linear(verdicts[hard], verdict), 1 - FALSE_ALARMS)
    model = replace(heads(None), misplaced=misplaced, verdict=verdict)
    return Fit(
        replace(model, sections=_for_sections(model, reader)), linear(verdicts, verdict), samples
    )


def _fit_head(samples: list[Sample], reader: Reader) -> Head:
    from scipy import sparse

    reading = reader.read([one.text for one in samples])
    by_vectors, by_grams, by_cues = _SCALES
    places = [place for found in reading.grams for place in found]
    values = [by_grams * value for found in reading.grams for value in found.values()]
    starts = np.cumsum([0, *map(len, reading.grams)])
    counted = sparse.csr_matrix((values, places, starts), shape=(len(samples), SIZE))
    width = reading.vectors.shape[1]
    blocks = [reading.vectors * by_vectors, counted, reading.cues * by_cues]
    matrix = sparse.hstack([sparse.csr_matrix(block) for block in blocks]).tocsr()
    labels = np.array([one.label for one in samples])
    found = _logistic(matrix, labels, np.array([one.weight for one in samples]), 0.3)
    vectors, grams, cues = np.split(found[:-1], [width, width + SIZE])
    return Head(vectors * by_vectors, grams * by_grams, cues * by_cues, bias=float(found[-1]))


def _logistic(rows: Any, labels: NDArray[np.bool_], weights: Row, strength: float) -> Row:
    """Weights and bias of a logistic regression in which both labels weigh the same."""
    from sklearn.linear_model import LogisticRegression

    even = np.where(labels, weights[~labels].sum() / weights[labels].sum(), 1.0)
    model = LogisticRegression(C=strength, max_iter=5000, random_state=_SEED)
    model.fit(rows, labels, sample_weight=weights * even)
    return np.append(model.coef_[0], model.intercept_[0])


def _placing_data(
    samples: list[Sample], folds: list[Model], reader: Reader
) -> tuple[Row, NDArray[np.bool_], Row]:
    rows, labels, weights = [], [], []
    for one in samples:
        windows = sentences(one.text)
        if len(windows) == 1:
            continue
        model, reading = folds[one.fold], reader.read([window.text for window in windows])
        odds = model.override.odds(reading), model.ask.odds(reading)
        rows.append(placing_rows(*odds, reading.near()))
        start = one.text.index(one.plant) if one.plant else -1
        end = start + len(one.plant)
        for window in windows:
            shared = min(end, window.end) - max(start, window.start)
            labels.append(bool(one.plant) and shared > (window.end - window.start) / 2)
            weights.append(one.weight)
    return np.concatenate(rows), np.array(labels), np.array(weights)


def _verdict(model: Model, windows: list[Window], reader: Reader) -> Row:
    return model.weigh(reader.read([window.text for window in windows]))[2]


def _for_sections(model: Model, reader: Reader) -> float:
    """How much surer many sections must be, so that few long benign texts are flagged."""
    surer = []
    for text in long_texts():
        runs = sections(sentences(text))
        if len(runs) == 1:
            continue
        odds = [linear(_verdict(model, run, reader), model.verdict) for run in runs]
        surer.append(float(max(odds)) / math.log(len(runs)))
    return max(0.0, float(np.quantile(surer, 1 - FALSE_ALARMS)))


def _lines(found: Fit) -> list[str]:
    flagged = found.odds >= 0
    labels = np.array([one.label for one in found.samples])
    sources = np.array([one.source for one in found.samples])
    rows = []
    for name in sorted(set(sources)):
        attacks, benign = (flagged[(sources == name) & (labels == kind)] for kind in (True, False))
        shares = (float(part.mean()) if part.size else None for part in (attacks, benign))
        counts = (str(attacks.size), str(benign.size))
        rows.append((name, *counts, *map(rate, shares)))
    weights = (
        f"{title}: "
        + ", ".join(f"{name} {weight:.2f}" for name, weight in zip(names, of, strict=False))
        for title, names, of in (
            ("misplaced", PLACING, found.model.misplaced),
            ("verdict", (*VERDICT, "bias"), found.model.verdict),
        )
    )
    header = ("source", "attacks", "benign", "found", "false alarms")
    return [table(header, rows), *weights, f"sections: {found.model.sections:.2f}; alone {ALONE}"]


if __name__ == "__main__":
    sys.exit(main())
