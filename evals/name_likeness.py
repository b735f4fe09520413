"""The first of the name models, fitted: how much a word looks like a name of whatever region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from coach.adapters.identifiers.likeness import BUCKETS, NameLikeness, buckets
from coach.adapters.identifiers.words import words
from evals.names import REGION_OF, Name


def fit_likeness(people: Sequence[Name], plain: dict[str, float], *, seed: int) -> NameLikeness:
    """Names against ``plain`` words and their weights, by n-grams; each region weighs the same."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    good = _weighed(people)
    rows = [(word, 1, weight) for word, weight in sorted(good.items())]
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
    weights[labels == 1] *= weights[labels == 0].sum() / weights[labels == 1].sum()
    model = LogisticRegression(C=3.0, max_iter=300, random_state=seed)
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


def halves(people: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    """The names of every second country of each region, and those of the others."""
    countries = defaultdict(list)
    for country in sorted({name.country for name in people}):
        countries[REGION_OF[country]].append(country)
    first = {country for group in countries.values() for country in group[::2]}
    return (
        [name for name in people if name.country in first],
        [name for name in people if name.country not in first],
    )


def _weighed(people: Sequence[Name]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for region in sorted({REGION_OF[name.country] for name in people}):
        own = name_words_of([name for name in people if REGION_OF[name.country] == region])
        for word in own:
            weights[word] += 1 / len(own)
    return weights
