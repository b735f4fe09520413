"""Does the guidance cover a question? A calibrated answer, so that the coach can say no."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

#: The best document's cosine; the mean of the five best documents (a subject that the guidance
#: holds is met from several sides); the largest share of the question's substance that one passage
#: holds; the share of its words that the library knows at all. The question's length is left out
#: on purpose: it told our own two sets apart, and would tell nothing else.
FEATURES = ("best", "five_best", "share_held", "words_known")


@dataclass(frozen=True)
class Coverage:
    """A logistic model over how well the best passages meet a question.

    ``threshold`` is the probability from which the answer is yes. Fitted by
    ``python -m evals.fit_coverage`` on the tuning part of our labelled
    questions; figures and limits stand in the file itself.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def confidence(self, features: tuple[float, ...]) -> float:
        """The probability, 0 to 1, that the guidance covers the question."""
        drive = self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return 1.0 / (1.0 + math.exp(-drive))


@lru_cache(maxsize=1)
def calibrated() -> Coverage:
    """The coverage model that ships with the coach."""
    fields = json.loads(Path(__file__).with_name("coverage.json").read_text(encoding="utf-8"))
    return Coverage(
        weights=tuple(fields["weights"][name] for name in FEATURES),
        bias=fields["bias"],
        threshold=fields["threshold"],
    )
