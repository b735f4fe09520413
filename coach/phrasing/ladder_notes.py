"""What is said where a message gets no rungs."""

from __future__ import annotations

from collections.abc import Sequence

from coach.phrasing.rung_facts import has_fact

NO_POINT = (
    "There is no point here that could be said well: only what hurts is left. "
    "What happened, and what would you like instead?"
)
TOO_SHORT = "This is too short to put another way. What is it about, and what would you like?"
THANKS = "This is thanks or praise. Say it as it is: it needs no other way of putting it."
NOT_FOUND = (
    "No other way of putting this was both kinder and true to it. Say what you saw or heard, and "
    "what you would like instead."
)
TOO_LONG = (
    "This is longer than anybody can hear at once, so only its words were checked. Take the one "
    "point that matters most, in a few sentences."
)
_SEVERAL = (
    "This says several things at once, and no single rung could keep them all. Take one at a time,"
    " such as: “{}”"
)


def one_at_a_time(points: Sequence[str], facts: Sequence[str]) -> str:
    """That ``points`` are several, and one to begin with: the first that has one of ``facts``."""
    telling = (one for one in points if any(has_fact(fact, one) for fact in facts))
    return _SEVERAL.format(next(telling, points[0]))
