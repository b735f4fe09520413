"""When the sessions of a series take place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.errors import ProgramError

#: A first date that lies further off is a slip of the keyboard.
FURTHEST = timedelta(days=5 * 366)


def planned_dates(
    first: datetime, zone: str, count: int, cadence_weeks: int, *, now: datetime
) -> tuple[datetime, ...]:
    """``count`` moments in UTC, ``cadence_weeks`` apart, at one local time in ``zone``.

    The first is ``first``, which may be past: a series can begin with sessions already held.
    The others keep its wall time when clocks change. Where that is skipped (clocks go forward),
    a session is later by what is skipped; where it comes twice, it is the first: what RFC 5545,
    section 3.3.5, has calendar programs do.

    Args:
        first: With a time zone, of whatever place.
        zone: An IANA name, such as ``Europe/Paris``.
        count: How many, from 1.
        cadence_weeks: From 1.
        now: The present moment, with a time zone.

    Raises:
        ProgramError: ``first`` is more than five years from ``now``, there is no such zone, or
            ``count`` is none.
    """
    if count < 1:
        raise ProgramError(f"{count} sessions cannot be planned. Plan one or more.")
    if abs(first - now) > FURTHEST:
        raise ProgramError(
            f"The first session would be on {first:%d %B %Y}, more than five years from today. "
            "Check the year."
        )
    try:
        here = ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise ProgramError(
            f"There is no time zone {zone[:40]!r}. Give one such as 'Europe/Paris'."
        ) from error
    begins = first.astimezone(here)
    # Python adds to the clock on the wall, and drops which of two equal times was meant.
    later = (begins + timedelta(weeks=cadence_weeks * at) for at in range(1, count))
    return tuple(moment.astimezone(UTC) for moment in (first, *later))
