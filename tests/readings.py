"""A stand-in for what reads reflections: every sentence is a line, its kind told by a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coach.domain.reflection import (
    CareSignal,
    Evidence,
    ItemKind,
    ReflectionSummary,
    SummaryItem,
    SummarySentence,
)
from coach.pair.reading import Reading, Sign

_SENTENCE = re.compile(r"[^.\n]*\w[^.\n]*\.?")
_KINDS = {
    "worked": ItemKind.WIN,
    "hard": ItemKind.CHALLENGE,
    "will": ItemKind.COMMITMENT,
    "learned": ItemKind.LEARNING,
}


def plain_reading() -> Reading:
    """Finds "knee" grave, and nothing else."""
    return Reading(_summarise, _signs, _note)


def _summarise(
    texts: Sequence[str],
    *,
    author: str = "",  # noqa: ARG001 - as the real one is called
    session_date: date | None = None,
    partner: str = "",
) -> ReflectionSummary:
    found = list(_sentences(texts))
    return ReflectionSummary(
        sentences=tuple(
            SummarySentence(text=words, evidence=(place,)) for words, place in found[:2]
        ),
        items=tuple(
            _item(words, place, kind, partner, session_date)
            for words, place in found
            for cue, kind in _KINDS.items()
            if cue in words
        ),
    )


def _item(
    words: str, place: Evidence, kind: ItemKind, partner: str, day: date | None
) -> SummaryItem:
    if kind is not ItemKind.COMMITMENT:
        return SummaryItem(kind=kind, text=words, evidence=(place,))
    who = "partner" if partner and words.startswith(partner) else "me"
    what = words.partition("will ")[2].rstrip(".")
    when = day + timedelta(days=1) if day and "tomorrow" in words else None
    return SummaryItem(kind=kind, text=words, evidence=(place,), who=who, what=what, when=when)


def _sentences(texts: Sequence[str]) -> Iterator[tuple[str, Evidence]]:
    for number, text in enumerate(texts):
        for mark in _SENTENCE.finditer(text):
            start = mark.start() + len(mark[0]) - len(mark[0].lstrip())
            yield mark[0].strip(), Evidence(text_index=number, start=start, end=mark.end())


def _signs(texts: Sequence[str]) -> list[list[Sign]]:
    return [
        [
            Sign(CareSignal.HARASSMENT, mark.start(), mark.end())
            for mark in re.finditer("knee", text)
        ]
        for text in texts
    ]


def _note(signal: CareSignal, contacts: str) -> str:
    return f"Speak to somebody ({signal.value}): {contacts or 'your lead'}"
