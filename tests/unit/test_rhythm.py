from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.brief import MAX_SESSIONS
from coach.errors import ProgramError
from coach.pair.rhythm import planned_dates

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
#: Clocks that change by an hour, by half of one, never, in the southern summer, around Ramadan.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Africa/Casablanca",
    "UTC",
)


def firsts() -> st.SearchStrategy[datetime]:
    """Any moment that a series may begin at, in any of the zones."""
    return st.datetimes(
        datetime(2022, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2030, 12, 31),  # noqa: DTZ001
        timezones=st.sampled_from(ZONES).map(ZoneInfo),
    )


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks on the walls of ``zone`` ever show ``wall``."""
    there = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) == wall


@given(
    firsts(),
    st.sampled_from(ZONES),
    st.integers(1, MAX_SESSIONS),
    st.integers(1, 26),
)
def test_each_date_keeps_the_wall_time_of_the_first_wherever_that_exists(
    first: datetime, zone: str, count: int, weeks: int
) -> None:
    here = ZoneInfo(zone)

    dates = planned_dates(first, zone, count, weeks, now=NOW)

    assert count == len(dates)
    assert first.astimezone(UTC) == dates[0]
    assert {UTC} == {date.tzinfo for date in dates}
    begins = first.astimezone(here).replace(tzinfo=None)
    for at, date in enumerate(dates):
        wall = begins + timedelta(weeks=weeks * at)
        if exists(wall, here):
            assert wall == date.astimezone(here).replace(tzinfo=None)


@given(firsts(), st.sampled_from(ZONES), st.integers(2, MAX_SESSIONS), st.integers(1, 26))
def test_two_dates_lie_the_cadence_apart_but_for_the_change_of_clocks(
    first: datetime, zone: str, count: int, weeks: int
) -> None:
    dates = planned_dates(first, zone, count, weeks, now=NOW)

    for one, next_one in pairwise(dates):
        assert abs(next_one - one - timedelta(weeks=weeks)) <= timedelta(hours=1)
    total = timedelta(weeks=weeks * (count - 1))
    assert abs(dates[-1] - dates[0] - total) <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        # From 2:00 to 3:00 on 29 March 2026: half past two is skipped.
        ("Europe/Berlin", "2026-03-22 02:30", "2026-03-29 03:30 CEST"),
        # From 3:00 back to 2:00 on 25 October 2026: half past two comes twice.
        ("Europe/Berlin", "2026-10-18 02:30", "2026-10-25 02:30 CEST"),
        ("America/New_York", "2026-03-01 02:00", "2026-03-08 03:00 EDT"),
        ("America/New_York", "2026-10-25 01:59", "2026-11-01 01:59 EDT"),
        # Only half an hour is skipped.
        ("Australia/Lord_Howe", "2026-09-27 02:15", "2026-10-04 02:45 +11"),
        ("Asia/Kolkata", "2026-03-22 02:30", "2026-03-29 02:30 IST"),
    ],
)
def test_a_skipped_time_comes_later_and_of_a_repeated_one_it_is_the_first(
    zone: str, first: str, expected: str
) -> None:
    here = ZoneInfo(zone)
    begins = datetime.fromisoformat(first).replace(tzinfo=here)

    dates = planned_dates(begins, zone, 3, 1, now=NOW)

    assert expected == f"{dates[1].astimezone(here):%Y-%m-%d %H:%M %Z}"
    # The week after is back at the time that was chosen.
    assert begins.time() == dates[2].astimezone(here).time()


def test_ten_in_paris_stays_ten_in_paris_over_a_year() -> None:
    paris = ZoneInfo("Europe/Paris")

    dates = planned_dates(datetime(2026, 1, 12, 9, 0, tzinfo=UTC), "Europe/Paris", 13, 4, now=NOW)

    assert {(10, 0)} == {
        (date.astimezone(paris).hour, date.astimezone(paris).minute) for date in dates
    }
    assert {8, 9} == {date.hour for date in dates}


def test_a_series_may_begin_in_the_repeated_hour_itself() -> None:
    """A session that was held at the second half past two stays where it was."""
    berlin = ZoneInfo("Europe/Berlin")
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=berlin)

    dates = planned_dates(second, "Europe/Berlin", 2, 1, now=NOW)

    assert second.astimezone(UTC) == dates[0]
    assert datetime(2026, 11, 1, 2, 30, tzinfo=berlin).astimezone(UTC) == dates[1]


def test_a_series_may_begin_with_a_session_that_was_held() -> None:
    held = NOW - timedelta(weeks=52)

    assert held == planned_dates(held, "UTC", 8, 4, now=NOW)[0]


@pytest.mark.parametrize(
    "first",
    [
        NOW + timedelta(days=5 * 366 + 1),
        NOW - timedelta(days=5 * 366 + 1),
        datetime(2206, 3, 2, 9, 0, tzinfo=UTC),
        datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo")),
        datetime.max.replace(tzinfo=ZoneInfo("America/New_York")),
    ],
)
def test_a_first_date_more_than_five_years_away_is_refused(first: datetime) -> None:
    with pytest.raises(ProgramError, match="Check the year"):
        planned_dates(first, "Europe/Berlin", 8, 4, now=NOW)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "/etc/passwd", "../x", "Europe", "a\x00b"])
def test_a_zone_that_there_is_not_is_refused(zone: str) -> None:
    with pytest.raises(ProgramError, match="There is no time zone"):
        planned_dates(NOW, zone, 8, 4, now=NOW)


@pytest.mark.parametrize("count", [0, -1])
def test_no_session_is_no_series(count: int) -> None:
    with pytest.raises(ProgramError, match="Plan one or more"):
        planned_dates(NOW, "UTC", count, 4, now=NOW)
