"""What is left of a message once it is cleaned."""

from __future__ import annotations

from coach.domain.guidance import Frozen
from coach.phrasing.rung_asks import Ask


class Cleaned(Frozen):
    """A message's sayable parts, in its own order. ``gone`` is what was taken out.

    ``topic`` is what it is about where nothing else is left, and ``details`` are sentences with
    the figures, names and times that belong to it; ``address`` is whom it calls by name, and
    ``again`` the fact, in our words, that it was said before. ``why`` says whether it
    ended in asking why. ``reason`` is what "it" says of what is asked ("It keeps us waiting").
    """

    facts: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    wants: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    address: str = ""
    topic: str = ""
    details: tuple[str, ...] = ()
    again: str = ""
    why: bool = False
    reason: str = ""

    @property
    def empty_of_facts(self) -> bool:
        """Whether there is only something to ask for."""
        return not (self.facts or self.wants)

    @property
    def empty(self) -> bool:
        """Whether nothing is left to say."""
        return not (self.facts or self.asks or self.wants or self.questions or self.topic)
