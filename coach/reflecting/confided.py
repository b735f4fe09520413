"""What somebody was told in confidence: it stays in their text, and joins no summary."""

from __future__ import annotations

import re

_CONFIDED = re.compile(
    r"\b(?:ask\w*|told|beg\w*|made|swore|promised) (?:me|us|him|her|them)(?: to)?"
    r"(?: promise)? (?:not to|never to) (?:tell|say|share|mention|pass|repeat|talk about)\b"
    r"|\bpromised (?:not|never) to (?:tell|say|share|mention|pass it on|repeat)\b"
    r"|\b(?:keep|kept|keeping|stays?|stayed|leave) (?:it |this |that |all this )?(?:strictly )?"
    r"(?:between (?:us|you and me|the two of us)|to (?:my|your|our)sel(?:f|ves))\b"
    r"|\b(?:told|said|shared|confided|speaking|spoke)\b[^.!?]{0,30}\bin (?:strict )?confidence\b"
    r"|\bconfided (?:in|to) me\b|\bstrictly confidential\b|\b(?:it|this) is (?:still )?a secret\b",
    re.IGNORECASE,
)


def is_confided(text: str) -> bool:
    """Whether ``text`` says that something was told in confidence, or asks for it."""
    return _CONFIDED.search(text) is not None
