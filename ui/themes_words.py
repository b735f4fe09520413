"""What the pages of themes say of counts and of what they compare."""

from __future__ import annotations

from coach.domain.themes import Count, Direction

#: An icon and words, so that neither stands alone.
_DIRECTIONS = {
    Direction.NEW: ":material/fiber_new: not shown before",
    Direction.MORE: ":material/trending_up: more pairs than when last shown",
    Direction.SAME: ":material/trending_flat: about as many pairs as when last shown",
    Direction.FEWER: ":material/trending_down: fewer pairs than when last shown",
}


def direction_words(direction: Direction | None) -> str:
    """A theme beside the last time that it was shown; nothing in a first release."""
    return _DIRECTIONS[direction] if direction else ""


def band_words(count: Count) -> str:
    """Such as "5 to 9"."""
    return f"{count.least} to {count.most}"


def notice_words(days: int) -> str:
    """Such as "7 days"."""
    return "1 day" if days == 1 else f"{days} days"
