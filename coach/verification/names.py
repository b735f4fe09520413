"""Names of people, firms, products and works: none may appear that no source has."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.domain.proposal import Refusal
from coach.verification.dates import is_calendar_name
from coach.verification.lists import word_list

_NAMED = {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "NORP"}
_OPENS = set(".?!:;\"“”‘(–—…'")


def check_names(
    reading: Reading, sources: str, vocabulary: frozenset[str]
) -> tuple[Refusal, str] | None:
    """A person, firm, product or work that no source has.

    ``vocabulary`` are words that are ordinary in lower case: at the start of a sentence
    nothing else tells "Walk" from a name.
    """
    said = {_bare(word) for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", sources)}
    said |= {part for word in said for part in word.split("-")}
    previous: Word | None = None
    for word in reading.words:
        text = word.text
        starts = (
            previous is None or previous.text[-1:] in _OPENS or word.sentence != previous.sentence
        )
        previous = word
        bare = _bare(text)
        if not text[:1].isupper() or bare in said or bare in word_list("everyday") or len(bare) < 2:
            continue
        if is_calendar_name(word):
            continue
        # "R&D" is read as three words in a source, as the parts of "Anna-Lena" are.
        parts = [part for part in re.split(r"[-&]", bare) if part]
        if all(part in said or part in word_list("everyday") for part in parts):
            continue
        if starts and (bare in vocabulary or word.part != "PROPN" or word.entity not in _NAMED):
            continue
        return Refusal.NAME, text
    return None


def _bare(word: str) -> str:
    lower = word.lower()
    for ending in ("'s", "’s", "s'", "s’"):
        lower = lower.removesuffix(ending) if ending[0] != "s" else lower
    return lower
