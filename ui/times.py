"""Days and times as the reader's clock shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st


def my_zone(otherwise: str = "UTC") -> ZoneInfo:
    """The browser's time zone; ``otherwise`` where it gives none."""
    for name in (st.context.timezone, otherwise):
        try:
            return ZoneInfo(name or "")
        # The browser's name is a stranger's: a folder's, or nobody's.
        except (KeyError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def day_words(day: date) -> str:
    """Such as "Tuesday 9 March 2027"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_words(moment: datetime, zone: ZoneInfo) -> str:
    """Such as "Tuesday 9 March 2027, 10:00", on a clock in ``zone``."""
    there = moment.astimezone(zone)
    return f"{day_words(there.date())}, {there:%H:%M}"


def zone_words(zone: ZoneInfo | str) -> str:
    """Such as "America/New York"."""
    return str(zone).replace("_", " ")


def pick_moment(
    place: str, suggested: datetime, zone: ZoneInfo, *, is_over: bool = False
) -> datetime:
    """Ask for a day and a time on a clock in ``zone``.

    It says so where the moment is past and should not be; or is not, and should: ``is_over``.
    """
    there = suggested.astimezone(zone)
    with st.container(horizontal=True):
        day = st.date_input("Day", there.date(), format="DD/MM/YYYY", key=f"day_{place}", width=160)
        clock = st.time_input(
            f"Time in {zone_words(zone)}",
            time(there.hour, there.minute),
            key=f"time_{place}",
            width=240,
        )
    moment, note = chosen_moment(day, clock, zone)
    passed = moment < datetime.now(UTC)
    odd = ""
    if passed != is_over:
        odd = "That has passed already." if passed else "That is still to come."
    said = (f"{moment_words(moment, zone)}.", note, odd)
    st.caption(" ".join(part for part in said if part))
    return moment


def chosen_moment(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, str]:
    """The moment that somebody in ``zone`` chose, and what to tell them about its clock.

    An hour that is skipped when clocks go forward is later by what is skipped; one that comes
    twice is the first.
    """
    chosen = datetime.combine(day, clock, zone)
    back = chosen.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != chosen.replace(tzinfo=None):
        return back, f"Clocks go forward then: {clock:%H:%M} is skipped, so it is {back:%H:%M}."
    if chosen.utcoffset() != chosen.replace(fold=1).utcoffset():
        return chosen, f"Clocks go back then: {clock:%H:%M} comes twice, and the first is meant."
    return chosen, ""
