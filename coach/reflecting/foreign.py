"""Which sentences of a reflection are in another language than English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.ports import LanguageFinder
    from coach.reflecting.read import Sentence

#: How likely a sentence is English, at most, for it to count as foreign: of 3,700 labelled English
#: sentences, chatty ones and those of new speakers among them, none is below 0.025. Less is asked
#: of one that follows a foreign sentence, and least where the whole text is foreign.
_ALONE, _BESIDE, _AMONG = 0.02, 0.1, 0.9
#: Letters below which a sentence says nothing of its language by itself.
_FEWEST = 12
#: Words that English alone has: names of people and places make a sentence look foreign.
_ENGLISH = re.compile(
    r"\b(?:the|and|with|my|our|his|her|their|this|that|they|you|she|have|had|would|could|should"
    r"|what|which|not|were|been|from|about|i['’](?:m|ll|ve|d)|\w+n['’]t|it['’]s|learned|learnt"
    r"|session|felt|how|when|but)\b",
    re.IGNORECASE,
)


def foreign_ones(said: Sequence[Sentence], whole: str, languages: LanguageFinder) -> frozenset[int]:
    """The places of the foreign ones among ``said``, sentences of ``whole``."""
    all_foreign = languages.language(whole) not in {None, "en"}
    found: set[int] = set()
    for at, one in enumerate(said):
        text = one.span.text
        if _ENGLISH.search(text):
            continue
        most = _AMONG if all_foreign else _BESIDE if at - 1 in found else _ALONE
        told = at - 1 in found or all_foreign or sum(map(str.isalpha, text)) >= _FEWEST
        if told and languages.english(text) < most:
            found.add(at)
    return frozenset(found)
