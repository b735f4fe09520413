"""Numbers as bands: five wide at least, so that none tells of a single pair."""

from __future__ import annotations

from dataclasses import dataclass

#: Fewer pairs than this never stand behind a number, nor behind a change of one.
ENOUGH = 5


@dataclass(frozen=True)
class Band:
    """A number from ``least`` to ``most``, both included; ``most`` is ``None`` where it is open."""

    least: int
    most: int | None

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.least} or more"
        return f"{self.least} to {self.most}" if self.least else f"fewer than {self.most + 1}"


def band(count: int, width: int = ENOUGH) -> Band:
    """Fewer than five, 5 to 9, 10 to 14 and so on; none and a few are the same band."""
    least = count - count % width
    return Band(least, least + width - 1)


def band_among(count: int, total: int) -> Band | None:
    """How many of ``total`` it is; ``None`` where no band could be told from another.

    The last band takes in all of them, and all but four, so that nobody learns that it is every
    one, or who the few others are.
    """
    last = (total - ENOUGH + 1) // ENOUGH * ENOUGH
    if last < ENOUGH:
        return None
    return Band(last, None) if count >= last else band(count)
