"""Where a text may be cut: sentences, and sections of what would be too long at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Characters of a sentence: longer ones are cut, shorter ones joined with the next.
_LONGEST, _SHORTEST = 400, 18
#: Characters of a section, long enough that a sentence meets its surroundings, and how many of
#: them the next section reads again.
SECTION, _OVERLAP = 2000, 400
_END = re.compile(
    r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+|[。！？｡．]+|[\r\n\u2028\u2029]+\s*|\|\s*(?=[A-Z])"
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Window:
    """A piece of a text: where it starts and ends, and what it says."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Window]:
    """The sentences of ``text`` with their places, none of them empty."""
    found: list[Window] = []
    start = 0
    for end in _ends(text):
        piece = text[start:end]
        # A line break after each word would otherwise take every word out of its sentence.
        if len(piece.strip()) < _SHORTEST and end < len(text):
            continue
        found.extend(_cut(text, start, end))
        start = end
    return found


def sections(windows: list[Window]) -> list[list[Window]]:
    """Neighbouring sentences in runs of about ``SECTION`` characters that overlap a little."""
    found: list[list[Window]] = []
    at = 0
    while at < len(windows):
        end = _reach(windows, at, SECTION)
        found.append(windows[at:end])
        if end == len(windows):
            break
        at = max(at + 1, _reach(windows, at, SECTION - _OVERLAP))
    return found


def _ends(text: str) -> list[int]:
    ends = [found.end() for found in _END.finditer(text)]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def _cut(text: str, start: int, end: int) -> list[Window]:
    found = []
    while start < end:
        stop = min(end, start + _LONGEST)
        if stop < end:
            gaps = [gap.end() for gap in _SPACE.finditer(text, start + _LONGEST // 2, stop)]
            stop = gaps[-1] if gaps else stop
        piece = text[start:stop]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append(Window(left, start + len(piece.rstrip()), piece.strip()))
        start = stop
    return found


def _reach(windows: list[Window], at: int, length: int) -> int:
    first = windows[at].start
    end = at + 1
    while end < len(windows) and windows[end].end - first <= length:
        end += 1
    return end
