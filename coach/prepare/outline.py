"""Which parts a session has, by its place in the program and its length."""

from __future__ import annotations

from coach.domain.agenda import ItemKind
from coach.domain.brief import Brief
from coach.domain.guidance import Stage

#: Minutes from which a part is worth its own time; below, it is left out or joined to another.
AGREE_FROM, DEMONSTRATE_FROM, DISCUSS_FROM, SECOND_ROUND_FROM = 25, 20, 40, 75
#: A first session spends time on the agreement, so the demonstration needs a longer one.
FIRST_DEMONSTRATE_FROM, FIRST_DISCUSS_FROM = 40, 60


def outline(brief: Brief) -> tuple[ItemKind, ...]:
    """The kinds of the agenda's items, in order.

    Always an opening, a part where the senior drives, an exchange where the
    senior gives something back, and a close.
    """
    first = brief.stage is Stage.FIRST
    kinds = [ItemKind.OPEN]
    if first and brief.minutes >= AGREE_FROM:
        kinds.append(ItemKind.AGREE)
    if brief.carried_over:
        kinds.append(ItemKind.CARRY_OVER)
    if brief.minutes >= (FIRST_DEMONSTRATE_FROM if first else DEMONSTRATE_FROM):
        kinds.append(ItemKind.DEMONSTRATE)
    kinds.append(ItemKind.DRIVE)
    if brief.minutes >= (FIRST_DISCUSS_FROM if first else DISCUSS_FROM):
        kinds.append(ItemKind.DISCUSS)
    if brief.minutes >= SECOND_ROUND_FROM:
        kinds.append(ItemKind.DRIVE)
    return (*kinds, ItemKind.EXCHANGE, ItemKind.CLOSE)


def is_half_way(brief: Brief) -> bool:
    """Whether this is the session in which to take stock; programs under four have none."""
    return brief.planned_sessions >= 4 and brief.session == (brief.planned_sessions + 1) // 2
