"""Questions that nobody should have to answer at work: body, bed, belief, age, family, pay."""

from __future__ import annotations

from coach.phrasing.care_lists import crossed

_NOTE = (
    "This asks about something private that nobody should have to answer at work, such as age, "
    "health, family plans, faith, love or somebody's pay. However it is put, it stays a question "
    "with a cost, so there are no other forms of it here: leave it out. If there is a practical "
    "need behind it, such as a date, a workload or a way of working, ask about that instead."
)


def prying_note(text: str) -> str:
    """What to say of a question that pries; empty for any other."""
    return _NOTE if crossed(text, "prying") else ""
