"""How people are called on the pages."""

from __future__ import annotations

import unicodedata

from words import plain

from coach.domain.program import Person, Role

#: Characters of a name in a line or on a button; the whole of it stands where people are named.
_SHORT = 40
_ROLES = {Role.MENTOR: "junior mentor", Role.MENTEE: "senior mentee", Role.LEAD: "program lead"}


def called(person: Person) -> str:
    """A name, within a sentence or on a button."""
    name = person.name if len(person.name) <= _SHORT else f"{person.name[:_SHORT].rstrip()}…"
    return plain(isolated(name))


def isolated(text: str) -> str:
    """``text`` kept apart, where it runs from right to left, so that the line around it stays."""
    if any(unicodedata.bidirectional(mark) in {"R", "AL"} for mark in text):
        return f"\u2068{text}\u2069"
    return text


def told(text: str) -> str:
    """What somebody wrote, within a line of ours."""
    return plain(isolated(text))


def role_words(role: Role, job: str) -> str:
    """A role in the pair, with the job beside it."""
    return f"{_ROLES[role]}, {told(job)}" if job else _ROLES[role]
