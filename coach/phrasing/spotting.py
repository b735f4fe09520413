"""Spans of a message that may threaten face, by lists of patterns in ``cues``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from coach.domain.phrasing import Threat
from coach.language.cues import Cues
from coach.language.needles import Needles
from coach.phrasing.slurs import slur_patterns

_LISTS = Cues(Path(__file__).with_name("cues"))
#: What a pattern may leave to be filled in.
_REST = r"[^.,;!?\n—]*"
#: What is left of a word, with what is joined to it.
_WORD_REST = re.compile(r"\w+(?:['-]\w+)*|(?:['-]\w+)+")


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
    patterns, needles = _patterns()
    spans: dict[Threat, list[tuple[int, int]]] = {}
    for place in needles.may_fit(plain):
        kind, pattern = patterns[place]
        spans.setdefault(kind, []).extend(
            (found.start(), _word_end(plain, found.end()))
            for found in pattern.finditer(plain)
            if found[0]
        )
    found = [spot for kind in Threat for spot in _joined(kind, spans.get(kind, []))]
    return tuple(sorted(found, key=lambda spot: (spot.start, -spot.end)))


def _word_end(text: str, end: int) -> int:
    """Where the word ends that a span ends in: "young people don't", not "young people do"."""
    rest = _WORD_REST.match(text, end) if text[end - 1].isalnum() else None
    return rest.end() if rest else end


def _joined(kind: Threat, spans: list[tuple[int, int]]) -> Iterator[Spot]:
    start = end = -1
    for low, high in sorted(spans):
        if low > end:
            if end > start:
                yield Spot(start, end, kind)
            start, end = low, high
        else:
            end = max(end, high)
    if end > start:
        yield Spot(start, end, kind)


@cache
def _patterns() -> tuple[list[tuple[Threat, re.Pattern[str]]], Needles]:
    """Every pattern of every list, and what finds the few that may fit a text."""
    found = [
        (kind, _pattern(line))
        for kind in Threat
        for line in (
            *_LISTS.lines(kind.value),
            *(slur_patterns() if kind is Threat.INSULT else ()),
        )
    ]
    return found, Needles([pattern.pattern for _, pattern in found])


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
