"""Which sentences of a very long text are worth reading for signs: its rarest words of the lists.

The lists are wide, and reading an hour's transcript with all of them would take many seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from math import log

from coach.phrasing.care_lists import stems_of
from coach.reflecting.sentences import Span

#: Sentences that are read with every list, and the characters of one that are.
_MOST, _LONGEST = 200, 400
_WORD = re.compile(r"[a-z]{4,}")


def worth_reading(
    sentences: Sequence[Span], names: tuple[str, ...]
) -> tuple[tuple[Span, ...], ...]:
    """Runs of sentences that follow one another; all of an ordinary reflection is one run."""
    pieces = [piece for sentence in sentences for piece in _cut(sentence)]
    if len(pieces) <= _MOST:
        return (tuple(pieces),) if pieces else ()
    stems = stems_of(*names)
    held = [_held(piece.text.lower(), stems) for piece in pieces]
    count = Counter(stem for found in held for stem in found)
    weighed: dict[int, float] = {}
    seen = set()
    for place, (piece, found) in enumerate(zip(pieces, held, strict=True)):
        # What is repeated word for word is read once.
        if piece.text not in seen:
            weighed[place] = sum(log(len(pieces) / count[stem]) for stem in found)
            seen.add(piece.text)
    best = sorted(weighed, key=lambda place: -weighed[place])[: _MOST // 2]
    chosen = sorted({near for place in best for near in (place, place + 1) if near < len(pieces)})
    grouped = groupby(enumerate(chosen), key=lambda pair: pair[1] - pair[0])
    return tuple(tuple(pieces[place] for _, place in group) for _, group in grouped)


def _held(lowered: str, stems: frozenset[str]) -> frozenset[str]:
    """The longest beginning of each word that is a stem."""
    found = set()
    for word in _WORD.findall(lowered):
        for length in range(len(word), 3, -1):
            if word[:length] in stems:
                found.add(word[:length])
                break
    return frozenset(found)


def _cut(sentence: Span) -> list[Span]:
    """A sentence without end, as in a text without marks, in pieces."""
    starts = range(0, len(sentence.text), _LONGEST)
    return [
        Span(
            start=sentence.start + at,
            end=min(sentence.start + at + _LONGEST, sentence.end),
            text=sentence.text[at : at + _LONGEST],
        )
        for at in starts
    ]
