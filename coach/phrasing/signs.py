"""Signs of tone in a message, each a small number."""

from __future__ import annotations

import re
from functools import cache
from math import log1p, sqrt
from pathlib import Path

from coach.language.cues import Cues

#: A sign that is repeated more often says no more.
_MOST = 5


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lines = Cues(Path(__file__).parent).lines("signs")
    return tuple(re.compile(line, re.IGNORECASE) for line in lines)


def signs(text: str) -> list[float]:
    """Length and capitals, then each sign by its count, and by its count for the length."""
    words = text.split()
    length = max(1, len(words))
    capitals = sum(word.isupper() and len(word) > 2 for word in words)
    counts = [min(_MOST, len(pattern.findall(text))) for pattern in _patterns()]
    return [
        log1p(length) / 3,
        log1p(length) ** 2 / 10,
        min(capitals, _MOST) / 3,
        *(sqrt(count) for count in counts),
        *(count / sqrt(length) for count in counts),
    ]
