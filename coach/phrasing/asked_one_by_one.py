"""Several questions in one message: each by itself, in the order in which they were asked."""

from __future__ import annotations

import re

from coach.phrasing.question_kinds import CUES, asks, plain_of

_AUXILIARY = "do|does|did|is|are|was|were|would|could|can|should|will|have|has"
_BREAK = re.compile(r"(?<=[?!.…])[\"”')\]]*\s+|\n+")
#: "… and how did you …", "… and do you …": a second question in the same sentence.
_JOINED = re.compile(
    r",? (?:and|plus|also) (?=(?:(?:also|then) )?"
    r"(?:(?:what|why|how|when|where|who|which)(?: \w+){0,3}? "
    rf"(?:{_AUXILIARY}) (?!not\b)\w+|"
    rf"(?:{_AUXILIARY}) (?:you|we|i|they|he|she|the|it|your|my|our)\b))",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of ``text``; a frame such as "Can I ask you something?" is none."""
    found: list[str] = []
    for sentence in _BREAK.split(text):
        pieces = _JOINED.split(sentence.strip())
        whole = sentence.strip()
        marked = [piece if piece.endswith("?") else f"{piece.rstrip(' .,!')}?" for piece in pieces]
        if len(pieces) > 1 and all(_is_one(piece) for piece in marked):
            found += marked
        elif whole.endswith("?") and _is_one(whole):
            found.append(whole)
    return tuple(f"{one[:1].upper()}{one[1:]}" for one in found)


def _is_one(sentence: str) -> bool:
    plain = plain_of(sentence).strip(" ?!.")
    if len(plain.split()) < _FEWEST_WORDS or plain.startswith("or ") or plain.endswith(" not"):
        return False
    return asks(sentence) and CUES.cue("small_questions").fullmatch(plain) is None
