"""What can be seen without reading: length, format, talk about the task, a stranger's orders."""

from __future__ import annotations

import re
import unicodedata

from coach.domain.proposal import Refusal, Slot
from coach.verification.lists import cue

#: Words; the longest that a person reads at a glance before they speak.
_MOST_WORDS = {
    Slot.PURPOSE: 70,
    Slot.OPENING: 75,
    Slot.QUESTION: 50,
    Slot.ANSWER: 60,
    Slot.RUNG: 120,
    Slot.SUMMARY: 60,
}
_FEWEST_WORDS = 3
#: Characters. The grammar takes a minute over 20,000 brackets in a row.
_LONGEST_WORD = 100
#: Where a list speaks for a reason; the first that is met decides.
_CUES = {
    "markup": Refusal.FORMAT,
    "meta": Refusal.META,
    "contact": Refusal.OBEYED,
    "orders": Refusal.OBEYED,
}
_QUOTED_WHOLE = re.compile(r"""^\s*["“'‘«].*["”'’»]\s*$""", re.DOTALL)
_ENDS = re.compile(r"""[.?!…]["”’')\]]*$|[:;]\)$""")
_ENDLESS = re.compile(rf"(\S{{{_LONGEST_WORD}}})(?=\S)")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}


def check_form(slot: Slot, text: str, known: str) -> tuple[Refusal, str] | None:
    """The first fault of form, with what was seen; ``known`` is all that the text may repeat."""
    text = text.strip()
    for check in (_length_fault, _marks_fault):
        if (fault := check(slot, text)) is not None:
            return fault
    for name, reason in _CUES.items():
        found = cue(name, whole=False).search(text)
        if found and found[0].strip().lower() not in known.lower():
            return reason, found[0].strip()[:60]
    if _QUOTED_WHOLE.match(text) and text.count('"') + text.count("“") <= 2:
        return Refusal.META, "the whole in quotation marks"
    return None if _ENDS.search(text) else (Refusal.FORMAT, "it breaks off")


def _length_fault(slot: Slot, text: str) -> tuple[Refusal, str] | None:
    words = text.split()
    if len(words) < _FEWEST_WORDS or not any(mark.isalpha() for mark in text):
        return Refusal.EMPTY, f"{len(words)} words"
    if len(words) > _MOST_WORDS[slot]:
        return Refusal.TOO_LONG, f"{len(words)} words, at most {_MOST_WORDS[slot]}"
    if (longest := max(map(len, words))) > _LONGEST_WORD:
        return Refusal.TOO_LONG, f"a word of {longest:,} characters"
    return None


def broken_up(text: str) -> str:
    """``text`` with a space in whatever is longer than a word can be."""
    return _ENDLESS.sub(r"\1 ", text)


def _marks_fault(_: Slot, text: str) -> tuple[Refusal, str] | None:
    if any(unicodedata.category(mark) in _HIDDEN for mark in text):
        return Refusal.FORMAT, "more than one line, or hidden marks"
    return None
