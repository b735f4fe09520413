"""What a program's lead was last shown of its numbers, so that two looks can be compared."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from coach.domain.records import Record, Ref, Sealed

#: Sessions held, cancelled and still ahead.
Activity = tuple[int, int, int]


class ShownNumbers(Record):
    """Each pair's part in the numbers that the lead sees, by the pair's identifier.

    Kept so that a number only moves when enough pairs have moved it; no lead ever sees the parts.
    """

    program_id: Ref
    activity: Annotated[dict[str, Activity], Sealed()]
    activity_on: date | None = None
    #: Which pairs ran, and whether they were fading.
    fading: Annotated[dict[str, bool], Sealed()]
    fading_on: date | None = None
