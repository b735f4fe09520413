"""The weights behind "this word is a person's name": the features, and what each says."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.errors import IdentifierError

_FILE = Path(__file__).with_name("evidence.json")

FEATURES = (
    "bias", "likeness", "likeness_unknown", "likeness_before", "likeness_after", "likeness_person",
    "person", "organisation", "place", "group", "other_entity",
    "proper", "noun", "other_class", "sentence_start",
    "title_case", "all_capitals", "lower_case", "mixed_case", "no_case",
    "verb_or_adjective", "dictionary_noun", "stop_word", "start_and_ordinary",
    "after_title", "after_kin", "after_with", "after_determiner",
    "before_possessive", "before_says", "before_noun", "name_before", "name_after",
    "everyday", "short", "beside_digit", "phrase_of_capitals", "lone_script",
)  # fmt: skip


@dataclass(frozen=True)
class Weighing:
    """A logistic regression over ``FEATURES``.

    A word from ``sure`` on is a name; beside one it needs only ``likely``. Fitted by
    ``python -m evals.fit_names``.
    """

    weights: tuple[float, ...]
    sure: float
    likely: float

    def probability(self, features: Sequence[float]) -> float:
        """How sure it is that the word is a part of a personal name, 0 to 1."""
        drive = sum(w * x for w, x in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, drive))))


@lru_cache(maxsize=1)
def shipped_weighing() -> Weighing:
    """The weights beside this file. Raises ``IdentifierError``."""
    try:
        fields = json.loads(_FILE.read_text(encoding="utf-8"))
        return Weighing(
            weights=tuple(fields["weights"][name] for name in FEATURES),
            sure=fields["sure"],
            likely=fields["likely"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise IdentifierError(
            f"The name model {_FILE.name!r} cannot be read, so nothing is sent to a model. "
            "Install the coach again."
        ) from error
