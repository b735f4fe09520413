"""How somebody likes to hear hard things, as they themselves said."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from coach.domain.guidance import Frozen


class Directness(StrEnum):
    """How direct they want it."""

    GENTLE = "gentle"
    BALANCED = "balanced"
    DIRECT = "direct"


class Way(StrEnum):
    """How they want it to reach them."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    EITHER = "either"


class ReceiverCard(Frozen):
    """A receiver's stated preferences.

    Only a card with ``consented`` is followed, and one that is ``revoked`` no longer is; each
    change makes a new ``version``. ``off_limits`` are words and topics that must not come up;
    ``helps`` is what helps when it is hard.
    """

    directness: Directness = Directness.BALANCED
    way: Way = Way.EITHER
    notice: bool = False
    off_limits: tuple[str, ...] = Field(default=(), max_length=30)
    helps: str = Field(default="", max_length=500)
    version: int = Field(default=1, ge=1)
    consented: date | None = None
    revoked: date | None = None

    @property
    def in_force(self) -> bool:
        """Whether it may be followed."""
        return self.consented is not None and self.revoked is None
