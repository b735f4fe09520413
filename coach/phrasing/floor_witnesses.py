"""Where it was done, and past whom: "in front of the team", "behind my back"."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from coach.phrasing.floor_swaps import NEAR, Alike
from coach.phrasing.floor_words import cue_of

if TYPE_CHECKING:
    from coach.phrasing.floor_pieces import Said


def lost_witness(before: Said, after: Said, alike: Alike) -> str:
    """A public, or a passing over, that is lost; empty if none is."""
    for found in cue_of("before_others").finditer(before.text):
        if cue_of("others_kept").search(after.text):
            break
        if not _named(before, found, after, alike):
            return f"it loses where it was done: “{found[0]}”"
    passed = cue_of("unasked").search(before.text)
    if passed and not _new(before.text.replace(passed[0], " "), after.text):
        return f"it loses how it was done: “{passed[0]}”"
    return ""


def _new(rest: str, text: str) -> bool:
    """Whether a text has more words for being passed over than the rest of the message."""
    beside = Counter(found[0].lower() for found in cue_of("unasked_kept").finditer(rest))
    return bool(Counter(f[0].lower() for f in cue_of("unasked_kept").finditer(text)) - beside)


def _named(before: Said, found: re.Match[str], after: Said, alike: Alike) -> bool:
    """Whether the rewrite names the people or the place."""
    nouns = [
        word
        for word in before.reading.words
        if found.start() <= word.start < found.end() and word.part in {"NOUN", "PROPN"}
    ]
    tokens = {*after.tokens, *(word.lemma for word in after.reading.words)}
    return any(
        word.lemma in tokens
        or word.lower in tokens
        or any(alike(word.lemma, other.lemma) >= NEAR for other in after.stated)
        for word in nouns
        if word.lemma != "front"
    )
