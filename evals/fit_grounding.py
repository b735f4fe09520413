"""Fit groundedness on the tuning writers: ``python -m evals.fit_grounding``.

Writes ``coach/reflecting/grounding.json``: a logistic regression in which no feature may speak
against its meaning. ``python -m evals.grounding`` then shows the held-out writers.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.reflecting.grounding import Grounder
from coach.reflecting.grounding_features import SIGNS
from coach.reflecting.grounding_fitted import WEIGHTS
from coach.reflecting.grounding_source import units_of
from evals.cases import Part
from evals.grounding import area, by_source, cases
from evals.plain_turns import denied, opposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from coach.ports import Grammar

#: What the squares of the weights cost, per standard deviation of their features.
_COST = 3.0
#: Sentences of each source that are turned, and of how many words they are.
_PLAIN, _SHORTEST, _LONGEST = 3, 5, 20
#: What a plain turn may cost, in log-odds.
_COSTS = [number / 4 for number in range(9)]
#: Steps of the descent, and how long each is; both far beyond where the weights settle.
_STEPS, _RATE = 4_000, 1.0


def main() -> None:
    """Fit, write the file, print what writers that a fit did not see got."""
    grammar = EnglishGrammar()
    grounder = Grounder(grammar, MiniLMEmbedder())
    rows, right, writers, ways = [], [], [], []
    for source, group in by_source(cases(Part.TUNE)).items():
        found = grounder.measured(source, [case.sentence for case in group])
        rows += [[one[name] for name in SIGNS] for one in found]
        right += [case.right for case in group]
        writers += [case.writer for case in group]
        ways += [case.way for case in group]
        turned = list(_plain(grammar, source))
        found = grounder.measured(source, [sentence for sentence, _ in turned])
        rows += [[one[name] for name in SIGNS] for one in found]
        right += [kept for _, kept in turned]
        writers += [group[0].writer] * len(turned)
        ways += ["plain"] * len(turned)
    features, labels, by = np.array(rows), np.array(right), np.array(writers)
    plain = np.array(ways) == "plain"
    scores = np.zeros(len(labels))
    for writer in sorted(set(writers)):
        unseen = by == writer
        weights, base = fit_both(features[~unseen], labels[~unseen], plain[~unseen])
        scores[unseen] = features[unseen] @ weights + base
    known = set(ways) - {"plain"}
    for way in ["", *sorted(set(ways) - {""})]:
        of = [
            at
            for at, one in enumerate(ways)
            if (one == way == "plain") or (way != "plain" and one in ({"", way} if way else known))
        ]
        print(f"{way or 'all'} {area([right[at] for at in of], [scores[at] for at in of]):.3f}")
    weights, base = fit_both(features, labels, plain)
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


def _plain(grammar: Grammar, source: str) -> Iterator[tuple[str, bool]]:
    """Sentences of a source as they stand, and turned round in one act."""
    units = [unit for unit in units_of(source) if _SHORTEST <= len(unit.text.split()) <= _LONGEST]
    for unit in units[:: max(1, len(units) // _PLAIN)][:_PLAIN]:
        reading = grammar.read(unit.text)
        turned = [*islice(denied(reading), 1), *islice(opposed(reading), 1)]
        yield from ((text, False) for text in turned)
        yield from ((unit.text, True) for _ in turned)


def fit_both(
    features: NDArray[np.float64], labels: NDArray[np.bool_], plain: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """As ``fit`` on what people write; what a plain turn costs is learnt from ``plain`` rows.

    People's wrong sentences are hardly ever plain, and plain ones would drown the rest.
    """
    weights, base = fit(features[~plain], labels[~plain])
    at = list(SIGNS).index("plain_turn")
    weights[at] = 0.0
    odds, turned = features[plain] @ weights + base, features[plain][:, at]

    def loss(cost: float) -> float:
        return float(np.logaddexp(0, (odds - cost * turned) * (1 - 2 * labels[plain])).sum())

    weights[at] = -min(_COSTS, key=loss)
    return weights, base


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
