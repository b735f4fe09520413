"""The word lists of groundedness, in the folder ``grounding_cues``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from coach.language.cues import Cues

words_of = Cues(Path(__file__).with_name("grounding_cues")).word_list


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Every word that has opposites, with them."""
    found: dict[str, set[str]] = {}
    for pair in words_of("opposites"):
        one, other = pair.split("/")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
