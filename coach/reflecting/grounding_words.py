"""The word lists of groundedness, in the folder ``grounding_cues``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from coach.language.cues import Cues
from coach.language.lexicon import Opposites, antonyms, opposites_in

_CUES = Cues(Path(__file__).with_name("grounding_cues"))
words_of, lines_of = _CUES.word_list, _CUES.lines


@lru_cache(maxsize=1)
def _opposites() -> Opposites:
    return opposites_in(words_of("opposites"))


def opposites_of(word: str) -> frozenset[str]:
    """The lemmas that turn a meaning round when one takes a word's place."""
    nothing: frozenset[str] = frozenset()
    return _opposites().get(word, nothing) | antonyms().get(word, nothing)
