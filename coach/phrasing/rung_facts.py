"""Figures, names and dates that a rung must not lose."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading
from coach.domain.phrasing import Point
from coach.phrasing.floor_facts import numbers_of

#: What counts only loosely, and days that another word may say as well.
_LOOSE = {"both", "half", "couple", "double", "quarter", "twice"}
_VAGUE = {"today", "tonight", "morning", "afternoon", "evening", "weekend", "now"}


def facts_of(point: Point) -> tuple[str, ...]:
    """The figures, names and dates of a point that must stand in every rung, each once."""
    numbers = (one for one in point.numbers if one.lower() not in _LOOSE)
    dates = (one for one in point.dates if one.lower() not in _VAGUE)
    found = (one.strip(".,;:!? ") for one in (*numbers, *point.names, *dates))
    return tuple(dict.fromkeys(one for one in found if one))


def has_fact(fact: str, text: str) -> bool:
    """Whether ``fact`` stands in ``text``, a figure in any of its forms."""
    if fact.lower() in text.lower():
        return True
    numbers = numbers_of(fact)
    return bool(numbers) and numbers.keys() <= numbers_of(text).keys()


def lost(facts: tuple[str, ...], text: str) -> str:
    """Which of ``facts`` is missing in ``text``, as a reason for people; else nothing."""
    gone = next((fact for fact in facts if not has_fact(fact, text)), "")
    return f"It leaves out “{gone}”." if gone else ""


def around(fact: str, reading: Reading) -> str:
    """``fact`` with the noun that it belongs to, as it stands in ``reading``."""
    wanted = numbers_of(fact)
    low = fact.lower()
    for word in reading.words:
        if word.lower != low and not (wanted and wanted.keys() & numbers_of(word.text).keys()):
            continue
        head = reading.words[word.head] if word.relation in _BEFORE_NOUN else word
        first, last = sorted((word, head), key=lambda one: one.start)
        if last.start - first.start > _NEAR or first.sentence != last.sentence:
            first = last = word
        # A figure may be half of a word: "four-hour".
        start = reading.text.rfind(" ", 0, first.start) + 1
        end = re.compile(r"[\w'’-]*").match(reading.text, last.start)
        phrase = reading.text[start : end.end() if end else last.start].strip(" \"“”'(,;:")
        return phrase if has_fact(fact, phrase) else fact
    return fact


#: How a figure stands to the noun that it counts.
_BEFORE_NOUN = {"nummod", "amod", "compound", "quantmod"}
#: Characters between a figure and its noun.
_NEAR = 30
