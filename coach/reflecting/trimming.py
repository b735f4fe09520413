"""A sentence of somebody's own as it can stand alone: without what only joins it on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.domain.grammar import Reading

_JOINERS = re.compile(
    r"^(?:(?:and|but|so|well|anyway|anyways|oh|ah|hm+|um+|uh|also|then|plus|ok|okay|right|now"
    r"|honestly|frankly|basically|actually|besides|still|yeah|yes|no|lol|ngl|tbh|btw|omg|ugh|haha"
    r"|phew|wow|however|meanwhile|of course|to be honest)\b\s*[,.…:–—-]*\s*)+(?=\w)",
    re.IGNORECASE,
)
#: What these words begin is no joiner: "No one asked", "So far", "Well done", "Still cannot".
_BOUND = re.compile(
    r"^(?:no (?!,)|so (?:far|many|much|that|long)\b|well (?:done|before|over)\b|then again\b"
    r"|right (?:after|before|at|now|away)\b|still (?!,)"
    r"|now (?!,|(?:and|then|i|he|she|we|they|it|the)\b)|also (?!,)|yes to\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[,–—-]?\s*\b(?:lol|haha+|ngl|tbh|btw|omg|xx?|ha)\b[\s.!]*|\s*[:;]-?[()DPp])+$"
)
_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
_FINITE = {"VBD", "VBP", "VBZ", "MD"}
#: What points back to a sentence that a reader of the summary does not see.
_POINTING = re.compile(
    r"^(?:that(?! (?:he|she|they|we|i|the|my|his|her)\b)|this|it|these|those|which|then|there|he"
    r"|she|they|him|her|same|both|neither|the other|another|such|not that)\b",
    re.IGNORECASE,
)
#: Marks that end a sentence.
_ENDS = (".", "!", "?", "…")


def trimmed(text: str) -> str:
    """``text`` without joining words and sounds, with a capital and a mark at its end."""
    kept = text.strip()
    if not _BOUND.match(kept):
        kept = _JOINERS.sub("", kept)
    kept = _TAIL.sub("", kept).strip(" ,;–—-") or text.strip()
    kept = re.sub(r"\s+", " ", kept)
    kept = re.sub(r"\bi(?=\b(?:['’]\w+)?\s)", "I", kept)
    kept = kept[:1].upper() + kept[1:]
    closed = kept.rstrip("\"”’')]")
    return kept if closed.endswith(_ENDS) else f"{kept.rstrip(':')}."


def stands_alone(reading: Reading) -> bool:
    """Whether it is a whole sentence: a verb in a form that states or asks, with its subject."""
    places = {word.place: word for word in reading.words}
    for word in reading.words:
        if word.relation not in _SUBJECTS:
            continue
        verb = places[word.head]
        below = [other for other in reading.words if other.head == verb.place]
        if any(one.form in _FINITE for one in (verb, *below)):
            return True
    return False


def points_back(text: str) -> bool:
    """Whether its first word stands for something that was said before."""
    return bool(_POINTING.match(text))
