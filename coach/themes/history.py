"""What releases of one program owe to each other."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from coach.domain.themes import Count, Direction
from coach.errors import ProgramError


def uncounted(statements: Iterable[str], counted: AbstractSet[str]) -> tuple[str, ...]:
    """The ids that no release or preview has counted yet, in their order.

    A statement counts once, also where its theme was withheld or its release was never made. So
    what one release tells of a pair and what the next one tells are different things that it said,
    and no pair that joins, leaves or stays silent in between can be told by subtracting.
    """
    return tuple(statement for statement in statements if statement not in counted)


def keep_threshold(before: int, now: int) -> None:
    """Raises ``ProgramError`` where the threshold has been lowered."""
    if now < before:
        raise ProgramError(
            f"Themes of this program stand on at least {before} pairs each, and that can only be "
            f"raised, not lowered to {now}. Give {before} or more."
        )


def direction(before: Count | None, now: Count) -> Direction:
    """The theme beside its last release, read from the two bands alone, so that it adds nothing."""
    if before is None:
        return Direction.NEW
    if now.most < before.least:
        return Direction.FEWER
    return Direction.MORE if now.least > before.most else Direction.SAME
