"""What is typed in a hurry, written out: "dont" as "don't", "ur late" as "you're late"."""

from __future__ import annotations

import re
from functools import cache

from coach.phrasing.sentences import CUES


@cache
def _written() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (line.split(" =>", 1) for line in CUES.lines("spelling"))
    return tuple((re.compile(left, re.IGNORECASE), right[1:]) for left, right in pairs)


def written_out(text: str) -> str:
    """``text`` with hurried spellings as an editor would write them."""
    for pattern, instead in _written():
        text = pattern.sub(instead, text)
    # "Don't" at the start keeps its capital.
    return text[:1].upper() + text[1:]
