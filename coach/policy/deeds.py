"""What was done, in the words of the audit trail: more exact than the action that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from coach.policy.table import Action


@dataclass(frozen=True)
class Deed:
    """A step that the trail tells apart from others of the same action.

    ``words`` never say to whom it was done, nor what was in it; ``count`` says to how many.
    """

    action: Action
    words: str
    count: str = ""


def imported(people: int, pairs: int) -> Deed:
    """A list that brought so many new people and pairs."""
    count = f"{_counted(people, 'person', 'people')} and {_counted(pairs, 'pair', 'pairs')}"
    return Deed(Action.MANAGE_PAIRS, "imported a list", count)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


CHANGED_TERMS = Deed(Action.MANAGE_PROGRAM, "changed the terms")
ENDED_PROGRAM = Deed(Action.MANAGE_PROGRAM, "ended the program")
ADDED_LEAD = Deed(Action.MANAGE_PROGRAM, "added a lead")
PAIRED = Deed(Action.MANAGE_PAIRS, "paired two people")
RE_PAIRED = Deed(Action.MANAGE_PAIRS, "gave a pair a new partner")
ENDED_PAIR = Deed(Action.MANAGE_PAIRS, "ended a pair")
REMOVED = Deed(Action.MANAGE_PAIRS, "removed somebody")
HELD = Deed(Action.PLAN_SESSIONS, "wrote down that a session took place")
NOT_HELD = Deed(Action.PLAN_SESSIONS, "took back that a session took place")

#: What a program's lead sees of the program itself.
OF_LEADS = (
    CHANGED_TERMS,
    ENDED_PROGRAM,
    ADDED_LEAD,
    imported(0, 0),
    PAIRED,
    RE_PAIRED,
    ENDED_PAIR,
    REMOVED,
)
