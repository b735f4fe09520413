"""The weights behind "this word is a person's name": the features, and what each says."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from pathlib import Path

from coach.errors import IdentifierError

_FILE = Path(__file__).with_name("evidence.json")

#: What word pieces say; already weighed in their table.
PIECES = ("pieces", "pieces_before", "pieces_after")
FEATURES = (
    "bias", "likeness", "likeness_unknown", "likeness_start", "likeness_person",
    "likeness_before", "likeness_after",
    "person", "organisation", "place", "group", "other_entity",
    "sentence_start",
    "title_case", "title_inside", "all_capitals", "lower_case", "mixed_case", "no_case",
    "verb_or_adjective", "dictionary_noun", "inflected", "strange", "stop_word",
    "start_and_ordinary",
    "after_title", "after_kin", "after_with", "after_clause", "after_determiner",
    "before_possessive", "before_says", "before_verb", "before_and_me", "before_noun",
    "name_before", "name_after",
    "everyday", "short", "beside_digit", "phrase_of_capitals", "lone_script",
    *PIECES,
)  # fmt: skip
_TITLE_CASE, _SENTENCE_START = FEATURES.index("title_case"), FEATURES.index("sentence_start")


@dataclass(frozen=True)
class Weighing:
    """A logistic regression over ``FEATURES``.

    A word from ``sure`` on is a name, or from ``sure_inside`` on where it has a capital inside a
    sentence; beside a name it needs only ``likely``. Fitted by ``python -m evals.fit_names``.
    """

    weights: tuple[float, ...]
    sure: float
    sure_inside: float
    likely: float

    def probability(self, features: Sequence[float]) -> float:
        """How sure it is that the word is a part of a personal name, 0 to 1."""
        drive = sum(map(mul, self.weights, features))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, drive))))

    def is_sure(self, features: Sequence[float], chance: float) -> bool:
        """Whether a word of this probability is a name by itself."""
        inside = features[_TITLE_CASE] and not features[_SENTENCE_START]
        return chance >= (self.sure_inside if inside else self.sure)


@lru_cache(maxsize=1)
def shipped_weighing() -> Weighing:
    """The weights beside this file. Raises ``IdentifierError``."""
    try:
        fields = json.loads(_FILE.read_text(encoding="utf-8"))
        return Weighing(
            weights=tuple(fields["weights"][name] for name in FEATURES),
            sure=fields["sure"],
            sure_inside=fields["sure_inside"],
            likely=fields["likely"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise IdentifierError(
            f"The name model {_FILE.name!r} cannot be read, so nothing is sent to a model. "
            "Install the coach again."
        ) from error
