"""Spans of a message that may threaten face, by lists of patterns in ``cues``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from coach.domain.phrasing import Threat
from coach.language.cues import Cues
from coach.phrasing.slurs import slur_patterns

_LISTS = Cues(Path(__file__).with_name("cues"))
#: What a pattern may leave to be filled in.
_REST = r"[^.,;!?\n—]*"


@dataclass(frozen=True)
class Spot:
    """Where a threat stands, in characters."""

    start: int
    end: int
    kind: Threat


@lru_cache(maxsize=256)
def spots(text: str) -> tuple[Spot, ...]:
    """Every span, by position; spans of one kind never overlap."""
    # One character for one, so that places stay.
    plain = text.replace("’", "'").replace("‘", "'")
    found = [spot for kind in Threat for spot in _of_kind(plain, kind)]
    return tuple(sorted(found, key=lambda spot: (spot.start, -spot.end)))


def _of_kind(text: str, kind: Threat) -> Iterator[Spot]:
    spans = sorted(
        found.span() for pattern in _patterns(kind) for found in pattern.finditer(text) if found[0]
    )
    start = end = -1
    for low, high in spans:
        if low > end:
            if end > start:
                yield Spot(start, end, kind)
            start, end = low, high
        else:
            end = max(end, high)
    if end > start:
        yield Spot(start, end, kind)


@cache
def _patterns(kind: Threat) -> tuple[re.Pattern[str], ...]:
    lines = [*_LISTS.lines(kind.value), *(slur_patterns() if kind is Threat.INSULT else ())]
    return tuple(_pattern(line) for line in lines)


def _pattern(line: str) -> re.Pattern[str]:
    filled = (
        line.replace("<rest>", _REST)
        .replace("<open>", "")
        .replace("<trait>", "|".join(_LISTS.lines("trait")))
        .replace("<rude>", "|".join(_LISTS.lines("rude")))
    )
    at_line_start = line.startswith(("^", "(?:^"))
    return re.compile(
        filled if at_line_start else rf"(?<!\w)(?:{filled})", re.IGNORECASE | re.MULTILINE
    )
