"""Slurs and abusive names for groups of people, which the coach never writes itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from coach.language.cues import Cues

_LISTS = Cues(Path(__file__).with_name("care_cues"))


def has_slur(text: str) -> bool:
    """Whether a slur stands in ``text``, in any common spelling."""
    return _slurs().search(text.replace("’", "'")) is not None


@cache
def slur_patterns() -> tuple[str, ...]:
    """Each line of the list, closed at a word's end."""
    return tuple(rf"(?:{line})(?!\w)" for line in _LISTS.lines("slurs"))


@cache
def _slurs() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(slur_patterns())})", re.IGNORECASE)
