"""Fit groundedness on the tuning writers: ``python -m evals.fit_grounding``.

Writes ``coach/reflecting/grounding.json``: a logistic regression in which no feature may speak
against its meaning. ``python -m evals.grounding`` then shows the held-out writers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.reflecting.grounding import Grounder
from coach.reflecting.grounding_features import SIGNS
from coach.reflecting.grounding_fitted import WEIGHTS
from evals.cases import Part
from evals.grounding import area, by_source, cases

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What the squares of the weights cost, per standard deviation of their features.
_COST = 3.0
#: Steps of the descent, and how long each is; both far beyond where the weights settle.
_STEPS, _RATE = 4_000, 1.0


def main() -> None:
    """Fit, write the file, print what writers that a fit did not see got."""
    grounder = Grounder(EnglishGrammar(), MiniLMEmbedder())
    rows, right, writers, ways = [], [], [], []
    for source, group in by_source(cases(Part.TUNE)).items():
        found = grounder.measured(source, [case.sentence for case in group])
        rows += [[one[name] for name in SIGNS] for one in found]
        right += [case.right for case in group]
        writers += [case.writer for case in group]
        ways += [case.way for case in group]
    features, labels, by = np.array(rows), np.array(right), np.array(writers)
    scores = np.zeros(len(labels))
    for writer in sorted(set(writers)):
        unseen = by == writer
        weights, base = fit(features[~unseen], labels[~unseen])
        scores[unseen] = features[unseen] @ weights + base
    for way in ["", *sorted(set(ways) - {""})]:
        of = [at for at, one in enumerate(ways) if not way or one in {"", way}]
        print(f"{way or 'all'} {area([right[at] for at in of], [scores[at] for at in of]):.3f}")
    weights, base = fit(features, labels)
    kept = {
        "about": "Is a sentence supported? What each feature adds to the log-odds.",
        "fitted_by": "python -m evals.fit_grounding",
        "base": round(base, 4),
        "weights": {
            name: round(float(weight), 4) for name, weight in zip(SIGNS, weights, strict=True)
        },
    }
    WEIGHTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"{len(labels)} sentences; {WEIGHTS.name} is written.")


def fit(
    features: NDArray[np.float64], labels: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Weights and base, by descent that is set back to 0 where a weight would change its sign."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    signs = np.array(list(SIGNS.values()), dtype=float)
    scaled = (features - mean) / spread * signs
    weights, base = np.zeros(len(signs)), 0.0
    for _ in range(_STEPS):
        off = 1 / (1 + np.exp(-(scaled @ weights + base))) - labels
        slope = (off @ scaled + 2 * _COST * weights) / len(labels)
        weights = np.maximum(0.0, weights - _RATE * slope)
        base -= _RATE * float(off.mean())
    per_unit = weights * signs / spread
    return per_unit, base - float(mean @ per_unit)


if __name__ == "__main__":
    main()
