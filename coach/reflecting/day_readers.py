"""The day that a word for it means, seen from the session's day.

A reader takes the match of a pattern of ``day_words``, whose groups tell the parts of a day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

_MONTHS = (
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?"),
    *("aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
_WEEKDAYS = (
    *("mon(?:day)?s?", "tue(?:s(?:day)?)?s?", "wed(?:s|nesday)?s?", "thu(?:r(?:s(?:day)?)?)?s?"),
    *("fri(?:day)?s?", "sat(?:urday)?s?", "sun(?:day)?s?"),
)
_FRIDAY = 4
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "a couple of": 2,
    "couple of": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "few": 3,
    "a few": 3,
    "fourteen": 14,
}
#: The words of months, weekdays and counts, as alternatives of a pattern.
MONTH = "|".join(_MONTHS)
DAY = "|".join(_WEEKDAYS)
COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
#: Reads the day that some words mean; ``None`` or an error for what is no day.
Reader = Callable[[re.Match[str], date], "date | None"]


def _weekday(word: str) -> int:
    return next(at for at, form in enumerate(_WEEKDAYS) if re.fullmatch(form, word.lower()))


def _month(word: str) -> int:
    return 1 + next(at for at, form in enumerate(_MONTHS) if re.fullmatch(form, word.lower()))


def _monday(today: date, weeks: int = 0) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def _coming(day: int, today: date) -> date:
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def next_weekday(match: re.Match[str], today: date) -> date:
    """That weekday in the week after the session."""
    return _monday(today, 1) + timedelta(days=_weekday(match["weekday"]))


def week_on(match: re.Match[str], today: date) -> date:
    """A week after the coming weekday."""
    return _coming(_weekday(match["weekday"]), today) + timedelta(weeks=1)


def this_weekday(match: re.Match[str], today: date) -> date:
    """The weekday that comes next."""
    return _coming(_weekday(match["weekday"]), today)


def week(match: re.Match[str], today: date) -> date:
    """The Friday of a week, its Monday or its Wednesday."""
    part = (match["part"] or "").lower()
    which = match["which"].lower()
    weeks = 2 if "after" in which else 1 if which.startswith(("next", "coming", "following")) else 0
    if part.startswith(("start", "beginning", "early")):
        return _monday(today, weeks)
    if part.startswith("mid"):
        return _monday(today, weeks) + timedelta(days=2)
    friday = _monday(today, weeks) + timedelta(days=_FRIDAY)
    return friday if friday >= today else friday + timedelta(weeks=1)


def week_end(_: re.Match[str], today: date) -> date:
    """The Friday of this week."""
    friday = _monday(today) + timedelta(days=_FRIDAY)
    return friday if friday >= today else friday + timedelta(weeks=1)


def weekend(match: re.Match[str], today: date) -> date:
    """The Sunday of a weekend, or the Friday before it."""
    friday = _monday(today, 1 if match["next"] else 0) + timedelta(days=_FRIDAY)
    before = match["before"] is not None
    return friday if before and friday >= today else friday + timedelta(days=2)


def after_a_while(match: re.Match[str], today: date) -> date:
    """So many days, weeks or months on."""
    said = (match["count"] or "a").lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    unit = match["unit"].lower()
    if unit.startswith("fortnight"):
        return today + timedelta(weeks=2 * count)
    if unit.startswith("month"):
        day: date = today + relativedelta(months=count)
        return day
    return today + timedelta(days=count * (7 if unit.startswith(("week", "wk")) else 1))


def month_end(match: re.Match[str], today: date) -> date:
    """The last day of this month or the next."""
    month = today + relativedelta(months=1 if (match["next"] or "") else 0)
    return _last(month.year, month.month)


def named_month(match: re.Match[str], today: date) -> date:
    """The first, the middle or the last day of a month."""
    month = _month(match["month"])
    year = today.year + (month < today.month)
    if (match["part"] or "").lower().startswith(("mid", "middle")):
        return date(year, month, 15)
    if (match["part"] or "").lower().startswith(("start", "beginning", "early")):
        return date(year, month, 1)
    return _last(year, month)


def week_of_month(match: re.Match[str], today: date) -> date:
    """The Friday of a week of a month; its first week is that of its first Monday."""
    month = _month(match["month"])
    year = today.year + (month < today.month)
    if match["which"].lower() == "last":
        last = _last(year, month)
        return last - timedelta(days=(last.weekday() - _FRIDAY) % 7)
    first = date(year, month, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = next(at for at, mark in enumerate("1234") if mark in _ordinal(match["which"]))
    return monday + timedelta(weeks=weeks, days=_FRIDAY)


def _ordinal(word: str) -> str:
    return {"first": "1", "second": "2", "third": "3", "fourth": "4"}.get(word.lower(), word)


def calendar_day(match: re.Match[str], today: date) -> date:
    """A day with its month, of this year or the next unless it is told."""
    named = match.groupdict()
    month = named["month"] or ""
    number = int(month) if month.isdigit() else _month(month)
    if number > 12 and int(named["day"]) <= 12:
        named["day"], number = str(number), int(named["day"])
    if named.get("year"):
        year = int(named["year"])
        return date(year + (2000 if year < 100 else 0), number, int(named["day"]))
    day = date(today.year, number, int(named["day"]))
    return day if day >= today else day.replace(year=today.year + 1)


def day_of_month(match: re.Match[str], today: date) -> date:
    """The next day with that number."""
    wanted = int(match["day"])
    month = today.replace(day=1)
    for _ in range(4):
        if wanted <= monthrange(month.year, month.month)[1]:
            day = month.replace(day=wanted)
            if day > today:
                return day
        month += relativedelta(months=1)
    raise ValueError


def quarter_end(match: re.Match[str], today: date) -> date:
    """The last day of a quarter."""
    said = match["number"]
    month = 3 * int(said) if said else 3 * ((today.month - 1) // 3 + 1)
    last = _last(today.year, month)
    return last if last >= today else _last(today.year + 1, month)


def year_end(_: re.Match[str], today: date) -> date:
    """The last day of the year."""
    return date(today.year, 12, 31)


def _easter(year: int) -> date:
    day: date = easter(year)
    return day


def feast(match: re.Match[str], today: date) -> date:
    """Easter Sunday, or the day before Christmas."""
    if match["feast"].lower() == "easter":
        day = _easter(today.year)
        return day if day >= today else _easter(today.year + 1)
    return date(today.year, 12, 24)


def same_day(_: re.Match[str], today: date) -> date:
    """The day that was named last; the session's own if none was."""
    return today


def no_day(_: re.Match[str], __: date) -> None:
    """A time that has no date, such as the next session."""


def in_days(count: int) -> Reader:
    """Reads so many days after the session."""
    return lambda _, today: today + timedelta(days=count)
