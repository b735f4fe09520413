"""Days, months and deadlines: none may appear that no source has."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.domain.proposal import Refusal
from coach.language.clauses import clauses_of
from coach.verification.lists import cue, word_list

_DAYS = {"tomorrow", "tonight"}


def check_dates(reading: Reading, sources: str) -> tuple[Refusal, str] | None:
    """A day, month or deadline that no source has."""
    said = set(re.findall(r"\w+", sources.lower()))
    for word in reading.words:
        if word.text[:1].isupper() and is_calendar_name(word) and _bare(word) not in said:
            return Refusal.DATE, word.text
    for found in cue("deadline").finditer(reading.text):
        if found[0].lower().split()[-1] not in said:
            return Refusal.DATE, found[0]
    return _told_of_a_day(reading, said)


def _told_of_a_day(reading: Reading, said: set[str]) -> tuple[Refusal, str] | None:
    """Find "tomorrow" in what is stated or told to do; a question may well imagine one."""
    days = [word for word in reading.words if word.lower in _DAYS and word.lower not in said]
    if not days:
        return None
    open_places = {
        word.place
        for clause in clauses_of(reading)
        if clause.asked or clause.conditional
        for word in clause.words
    }
    asks = {word.sentence for word in reading.words if word.text == "?"}
    told = [word for word in days if word.place not in open_places and word.sentence not in asks]
    return (Refusal.DATE, told[0].text) if told else None


def is_calendar_name(word: Word) -> bool:
    """Whether a word names a day of the week or a month; "May" only as a name."""
    return _bare(word) in word_list("calendar") or (_bare(word) == "may" and word.part == "PROPN")


def _bare(word: Word) -> str:
    bare = word.lower.rstrip(".").removesuffix("'s").removesuffix("’s")
    return bare.removesuffix("s") if bare.endswith("days") else bare
