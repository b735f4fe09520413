"""Where the sentences of a reflection are: prose, notes in lines, and chatty typing."""

from __future__ import annotations

import re

from coach.domain.guidance import Frozen

#: A bullet or number before what a line says.
_BULLET = re.compile(r"\s*(?:(?:[-*•–—+>]+|\[[ xX]?\]|\(?\d{1,2}[.)])\s+)*")
#: The end of a sentence: marks, closing quotation marks, and the space after them.
_END = re.compile(r"(?:[.!?…]+|(?<=[\w ])[:;]-?[()D](?=\s))[\"”’')\]]*(?=\s+\S)")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|eg|ie|approx|no|dept|min|max|incl|resp|ca|cf"
    r"|inc|ltd|co|jr|sr|fig|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|tues|wed|thu"
    r"|thurs|fri|a\.m|p\.m|am|pm)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
#: Short forms that may end a sentence too.
_MAY_END = re.compile(
    r"\b(?:etc|a\.m|p\.m|am|pm|co|inc|ltd|no|min|max|sun|sat|fri|mon)\.$", re.IGNORECASE
)
_HAS_WORD = re.compile(r"\w")


class Span(Frozen):
    """Some words of a text: characters ``start`` to ``end``, excluded."""

    start: int
    end: int
    text: str


def sentences_of(text: str) -> tuple[Span, ...]:
    """Every sentence of ``text``, in order; each line begins a new one."""
    found: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip()
        bullet = _BULLET.match(body)
        start = bullet.end() if bullet else 0
        for end in _ends(body, start):
            piece = body[start:end]
            begin = start + len(piece) - len(piece.lstrip())
            piece = piece.strip()
            if _HAS_WORD.search(piece):
                found.append(Span(start=at + begin, end=at + begin + len(piece), text=piece))
            start = end
        at += len(line)
    return tuple(found)


def _ends(line: str, start: int) -> list[int]:
    ends = [
        found.end() for found in _END.finditer(line, start) if _is_end(line, start, found.end())
    ]
    return [*ends, len(line)]


def _is_end(line: str, start: int, end: int) -> bool:
    # Only the last word and the next one matter; whole lines would cost the square of their length.
    before, after = line[max(start, end - 60) : end], line[end : end + 60].lstrip()
    if before.endswith(("!", "?", "…")) or not before.rstrip("\"”’')]").endswith("."):
        return not (after[:1].islower() and before.rstrip("!?…").endswith(('"', "”")))
    if not _SHORT.search(before):
        return True
    return bool(_MAY_END.search(before)) and after[:1].isupper()
