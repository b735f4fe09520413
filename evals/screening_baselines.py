"""What the screen must beat: a list of keywords, and a regression on words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from evals.screening_training import FALSE_ALARMS

#: Phrases that lists against prompt injection commonly hold.
_KEYWORDS = re.compile(
    r"ignore|disregard|forget|override|bypass|instructions?|system prompt|prompt|jailbreak|"
    r"developer mode|pretend|act as|you are now|role.?play|reveal|password|\bdan\b|"
    r"vergiss|ignorier|anweisung|\[inst\]|<\|im_start\|>|###",
    re.IGNORECASE,
)
_FOLDS, _SEED = 5, 20260301

#: Scores of texts, which are flagged above .5.
Scorer = Callable[[Sequence[str]], list[float]]


def keywords(texts: Sequence[str]) -> list[float]:
    """1 for a text that holds any word of the list, and 0 otherwise."""
    return [float(_KEYWORDS.search(text) is not None) for text in texts]


def bag_of_words(
    texts: Sequence[str], labels: Sequence[bool], groups: Sequence[str], hard: Sequence[bool]
) -> Scorer:
    """A logistic regression on counts of words and pairs of words.

    Its threshold is chosen as the screen's is: on rows that a fit did not see,
    so that as many benign ones with trigger words are flagged.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        CountVectorizer(ngram_range=(1, 2), binary=True),
        LogisticRegression(class_weight="balanced", max_iter=2000, random_state=_SEED),
    )
    known = np.array(labels)
    unseen = cross_val_predict(
        model, texts, known, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    threshold = float(np.quantile(unseen[np.array(hard)], 1 - FALSE_ALARMS))
    model.fit(texts, known)

    def scores(asked: Sequence[str]) -> list[float]:
        found = model.predict_proba(asked)[:, 1]
        # Stretched so that the threshold becomes .5; the order of texts stays.
        below, above = found / threshold / 2, (found - threshold) / (1 - threshold) / 2 + 0.5
        return [float(score) for score in np.where(found >= threshold, above, below)]

    return scores
