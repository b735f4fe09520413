"""Fit the clarity floor on the tuning writers: ``python -m evals.fit_floor``.

Writes ``coach/phrasing/floor.json``. ``python -m evals.floor`` then shows the held-out writers.
Beside each writer's own pairs it fits on pairs between their rewrites: two faithful ones keep
each other's point, and what is broken beside the message is broken beside them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.phrasing.floor import Floor
from coach.phrasing.floor_fitted import FAULTS, WEIGHTS
from evals.cases import Part
from evals.fitted_trees import nodes_of
from evals.floor import Pair, detoxed_pairs, written_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_SEED = 20261122
#: Share of faithful rewrites, of writers that a fit did not see, that may be refused.
_LOST = 0.14
#: What pairs that nobody wrote as such weigh, and ParaDetox.
_BETWEEN_KEPT, _BETWEEN_BROKEN, _SAME, _DETOXED = 0.5, 0.3, 0.3, 0.5
#: Steps in which the limits of the four models are traded against each other.
_STEPS = (0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)


@dataclass(frozen=True)
class Row:
    """A pair, what it weighs, and whether its judgement is asked for."""

    writer: str
    broken: str
    weight: float
    asked: bool
    found: dict[str, float]
    ruled: bool


def main() -> None:
    """Fit, choose the limits on unseen writers, write the file, print what came out."""
    rows = list(_rows(Floor(EnglishGrammar(), MiniLMEmbedder())))
    names = sorted(rows[0].found)
    table = np.array([[row.found[name] for name in names] for row in rows])
    scores = {fault: _unseen(rows, table, fault) for fault in FAULTS}
    kept = np.array([not row.broken for row in rows])
    asked = np.array([row.asked for row in rows])
    ruled = np.array([row.ruled for row in rows])
    shifts = _limits(scores, kept & asked, ~kept & asked, ruled)
    refused = ruled | np.any([scores[fault] > shifts[fault] for fault in FAULTS], axis=0)
    models = {fault: _fit(*_of(rows, table, fault)) for fault in FAULTS}
    WEIGHTS.write_text(
        json.dumps(
            {
                "about": "Does a rewrite keep the point? Boosted trees, one model a fault.",
                "fitted_by": "python -m evals.fit_floor",
                "seed": _SEED,
                "features": names,
                "trees": {
                    fault: [nodes_of(stage[0]) for stage in model._predictors]  # noqa: SLF001 - no public way
                    for fault, model in models.items()
                },
                "bases": {
                    fault: round(float(model._baseline_prediction.ravel()[0]), 6)  # noqa: SLF001
                    for fault, model in models.items()
                },
                "shifts": {fault: round(limit, 4) for fault, limit in shifts.items()},
                "limit": 0.0,
            },
            separators=(",", ":"),
        )
        + "\n",
        encoding="utf-8",
    )
    print(f"{len(rows)} pairs, {WEIGHTS.stat().st_size:,} bytes; unseen writers:")
    print(f"  faithful accepted {1 - refused[kept & asked].mean():.3f}")
    print(f"  broken refused {refused[~kept & asked].mean():.3f}")
    for kind in sorted({row.broken for row in rows} - {""}):
        of_kind = asked & np.array([row.broken == kind for row in rows])
        print(f"    {kind} {refused[of_kind].mean():.3f}")


def _rows(floor: Floor) -> Iterator[Row]:
    by_message: dict[str, list[Pair]] = defaultdict(list)
    for pair in written_pairs():
        if pair.part is Part.TUNE:
            by_message[pair.original].append(pair)
    for message, pairs in by_message.items():
        writer = pairs[0].id.partition("-")[0]
        faithful = [pair.rewrite for pair in pairs if pair.kept]
        for pair in pairs:
            yield _row(floor, writer, pair.broken, 1.0, message, pair.rewrite, asked=True)
        yield _row(floor, writer, "", _SAME, message, message)
        for one in faithful:
            for pair in pairs:
                if pair.rewrite != one:
                    weight = _BETWEEN_KEPT if pair.kept else _BETWEEN_BROKEN
                    yield _row(floor, writer, pair.broken, weight, one, pair.rewrite)
    for pair in detoxed_pairs():
        if pair.part is Part.TUNE:
            yield _row(floor, "", "", _DETOXED, pair.original, pair.rewrite)


def _row(  # noqa: PLR0913, PLR0917 - a row's fields
    floor: Floor,
    writer: str,
    broken: str,
    weight: float,
    original: str,
    rewrite: str,
    *,
    asked: bool = False,
) -> Row:
    found, ruled = floor.measured(original, rewrite)
    return Row(writer, broken, weight, asked, found, ruled)


def _of(
    rows: list[Row], table: NDArray[np.float64], fault: str, without: str | None = None
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """What one model is fitted on: faithful pairs and those with its fault."""
    use = np.array(
        [row.broken in {"", fault} and (without is None or row.writer != without) for row in rows]
    )
    labels = np.array([bool(row.broken) for row in rows]).astype(np.int64)
    weights = np.array([row.weight for row in rows])
    return table[use], labels[use], weights[use]


def _unseen(rows: list[Row], table: NDArray[np.float64], fault: str) -> NDArray[np.float64]:
    """Log-odds of every pair, each writer's by a fit without that writer."""
    scores = np.zeros(len(rows))
    writers = np.array([row.writer for row in rows])
    for writer in sorted(set(writers) - {""}):
        model = _fit(*_of(rows, table, fault, writer))
        scores[writers == writer] = model.decision_function(table[writers == writer])
    return scores


def _limits(
    scores: dict[str, NDArray[np.float64]],
    kept: NDArray[np.bool_],
    broken: NDArray[np.bool_],
    ruled: NDArray[np.bool_],
) -> dict[str, float]:
    """Each model's limit, so that together they refuse most for the faithful they may lose."""
    from itertools import product

    steps = {
        fault: [float(np.quantile(score[kept], step)) for step in _STEPS]
        for fault, score in scores.items()
    }
    best, found = -1.0, dict.fromkeys(scores, 0.0)
    for choice in product(*steps.values()):
        refused = ruled.copy()
        for score, limit in zip(scores.values(), choice, strict=True):
            refused |= score > limit
        if refused[kept].mean() <= _LOST and (share := float(refused[broken].mean())) > best:
            best, found = share, dict(zip(scores, choice, strict=True))
    return found


def _fit(
    table: NDArray[np.float64], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=150,
        max_leaf_nodes=6,
        learning_rate=0.06,
        l2_regularization=5.0,
        max_features=0.25,
        class_weight="balanced",
        random_state=_SEED,
    ).fit(table, labels, sample_weight=weights)


if __name__ == "__main__":
    main()
