"""Fit the coverage model on the tuning part: ``python -m evals.fit_coverage``.

Writes ``coach/adapters/index/coverage.json``. Run it again when the library or
the embedder changes; `make eval` then shows the held-out part.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from coach import open_coach
from coach.adapters.index import coverage
from coach.adapters.index.coverage import FEATURES
from evals.cases import Part, off_topic_cases, retrieval_cases

#: Share of off-topic questions in the tuning part that may be called covered.
_FALSE_ALARMS = 0.08
_SEED = 20260301


def main() -> None:
    """Fit, choose the threshold, write the file, and print what came out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    index = open_coach().index
    on = [case.question for case in retrieval_cases() if case.part is Part.TUNE]
    off = [case.question for case in off_topic_cases() if case.part is Part.TUNE]
    rows = np.array([index.features(question) for question in (*on, *off)])
    labels = np.array([1] * len(on) + [0] * len(off))
    model = LogisticRegression(C=10.0, class_weight="balanced", random_state=_SEED)
    # The threshold is chosen on predictions for rows that the fit did not see.
    unseen = cross_val_predict(model, rows, labels, cv=5, method="predict_proba")[:, 1]
    threshold = float(np.quantile(unseen[labels == 0], 1 - _FALSE_ALARMS))
    model.fit(rows, labels)
    found = {
        "about": "Does the guidance cover a question? Logistic regression; see coverage.py.",
        "fitted_by": "python -m evals.fit_coverage",
        "data": f"{len(on)} covered and {len(off)} off-topic questions, tuning part of evals/cases",
        "seed": _SEED,
        "weights": dict(zip(FEATURES, (round(float(w), 4) for w in model.coef_[0]), strict=True)),
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
    }
    target = Path(coverage.__file__).with_name("coverage.json")
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    covered = unseen >= threshold
    print(json.dumps(found, indent=2))
    print(
        f"tuning part, cross-validated: covered found {covered[labels == 1].mean():.2f}, "
        f"off-topic refused {1 - covered[labels == 0].mean():.2f}"
    )


if __name__ == "__main__":
    main()
