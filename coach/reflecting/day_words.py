"""Words for days, and the day that each means, seen from the session's day.

A week begins on Monday and its last working day is Friday, which stands for the week; "on Friday"
is the next one after the session, "next Friday" the one of the week after.
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
_MONTH = "|".join(_MONTHS)
_DAY = "|".join(_WEEKDAYS)
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_NUMBER = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
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


def _next_weekday(match: re.Match[str], today: date) -> date:
    return _monday(today, 1) + timedelta(days=_weekday(match["weekday"]))


def _week_on(match: re.Match[str], today: date) -> date:
    return _coming(_weekday(match["weekday"]), today) + timedelta(weeks=1)


def _this_weekday(match: re.Match[str], today: date) -> date:
    return _coming(_weekday(match["weekday"]), today)


def _week(match: re.Match[str], today: date) -> date:
    part = (match["part"] or "").lower()
    which = match["which"].lower()
    weeks = 2 if "after" in which else 1 if which.startswith(("next", "coming", "following")) else 0
    if part.startswith(("start", "beginning", "early")):
        return _monday(today, weeks)
    if part.startswith("mid"):
        return _monday(today, weeks) + timedelta(days=2)
    friday = _monday(today, weeks) + timedelta(days=_FRIDAY)
    return friday if friday >= today else friday + timedelta(weeks=1)


def _week_end(_: re.Match[str], today: date) -> date:
    friday = _monday(today) + timedelta(days=_FRIDAY)
    return friday if friday >= today else friday + timedelta(weeks=1)


def _weekend(match: re.Match[str], today: date) -> date:
    friday = _monday(today, 1 if match["next"] else 0) + timedelta(days=_FRIDAY)
    before = match["before"] is not None
    return friday if before and friday >= today else friday + timedelta(days=2)


def _after_a_while(match: re.Match[str], today: date) -> date:
    said = (match["count"] or "a").lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    unit = match["unit"].lower()
    if unit.startswith("fortnight"):
        return today + timedelta(weeks=2 * count)
    if unit.startswith("month"):
        day: date = today + relativedelta(months=count)
        return day
    return today + timedelta(days=count * (7 if unit.startswith(("week", "wk")) else 1))


def _month_end(match: re.Match[str], today: date) -> date:
    month = today + relativedelta(months=1 if (match["next"] or "") else 0)
    return _last(month.year, month.month)


def _named_month(match: re.Match[str], today: date) -> date:
    month = _month(match["month"])
    year = today.year + (month < today.month)
    if (match["part"] or "").lower().startswith(("mid", "middle")):
        return date(year, month, 15)
    if (match["part"] or "").lower().startswith(("start", "beginning", "early")):
        return date(year, month, 1)
    return _last(year, month)


def _calendar_day(match: re.Match[str], today: date) -> date:
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


def _day_of_month(match: re.Match[str], today: date) -> date:
    wanted = int(match["day"])
    month = today.replace(day=1)
    for _ in range(4):
        if wanted <= monthrange(month.year, month.month)[1]:
            day = month.replace(day=wanted)
            if day > today:
                return day
        month += relativedelta(months=1)
    raise ValueError


def _quarter_end(match: re.Match[str], today: date) -> date:
    said = match["number"]
    month = 3 * int(said) if said else 3 * ((today.month - 1) // 3 + 1)
    last = _last(today.year, month)
    return last if last >= today else _last(today.year + 1, month)


def _year_end(_: re.Match[str], today: date) -> date:
    return date(today.year, 12, 31)


def _easter(year: int) -> date:
    day: date = easter(year)
    return day


def _feast(match: re.Match[str], today: date) -> date:
    if match["feast"].lower() == "easter":
        day = _easter(today.year)
        return day if day >= today else _easter(today.year + 1)
    return date(today.year, 12, 24)


def same_day(_: re.Match[str], today: date) -> date:
    """The day that was named last; the session's own if none was."""
    return today


def no_day(_: re.Match[str], __: date) -> None:
    """A time that has no date, such as the next session."""


def _in_days(count: int) -> Reader:
    return lambda _, today: today + timedelta(days=count)


_WHEN = rf"(?P<weekday>{_DAY})\b"
_IN_DOTS = r"(?P<month>0?[1-9]|1[0-2])"
_OF_DAY = r"(?:\s+(?:morning|noon|lunchtime|afternoon|evening|night|eve|eod|cob))?"
#: Every way to name a day; where two fit the same words, the first counts.
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"\b(?P<year>20\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)\b", _calendar_day),
        (
            (
                rf"\b(?:(?:{_DAY})\b,?\s+(?:the\s+)?)?{_NUMBER}(?:\s+of)?\s+(?P<month>{_MONTH})\b\.?"
                r"(?:,?\s+(?P<year>20\d\d))?"
            ),
            _calendar_day,
        ),
        (
            (
                rf"\b(?:(?:{_DAY})\b,?\s+)?(?P<month>{_MONTH})\.?\s+(?:the\s+)?{_NUMBER}\b(?!\s*%)"
                r"(?:,?\s+(?P<year>20\d\d))?"
            ),
            _calendar_day,
        ),
        (
            (
                r"(?<![\d./])(?!24/7\b)(?P<day>[0-3]?\d)/(?P<month>[0-3]?\d)"
                r"(?:/(?P<year>(?:20)?\d\d))?(?![\d/]|\s+(?:of|an?|the)\b)"
            ),
            _calendar_day,
        ),
        (
            (
                rf"(?<![\d./])(?P<day>[0-3]?\d)\.{_IN_DOTS}"
                r"(?:\.(?P<year>(?:20)?\d\d)(?![\d.]*\d)|\.(?!\d))"
            ),
            _calendar_day,
        ),
        (
            # Without a last dot it is a decimal number, unless a word before it tells.
            rf"(?:(?<=\bby )|(?<=\bon )|(?<=\buntil ))(?P<day>[0-3]?\d)\.{_IN_DOTS}(?![\d.%])",
            _calendar_day,
        ),
        (r"\b(?:the )?day after tomorrow\b", _in_days(2)),
        (r"\b(?:tomorrow|tomorow|tommorow|tmrw|tmr|tmw|2moro)\b", _in_days(1)),
        (rf"\b(?:{_DAY})(?:\s+in\s+a)?\s+fortnight\b", no_day),
        (rf"\ba\s+week\s+(?:on\s+|from\s+)?{_WHEN}", _week_on),
        (rf"\b(?P<weekday>{_DAY})\s+week\b", _week_on),
        (
            rf"\b{_WHEN}{_OF_DAY}\s+(?:of\s+)?(?:the\s+)?(?:next|following|coming)\s+(?:week|wk)\b",
            _next_weekday,
        ),
        (
            rf"\b(?:next|following)\s+(?:week|wk)\s*,?\s+(?:on\s+)?{_WHEN}{_OF_DAY}",
            _next_weekday,
        ),
        (rf"\b{_WHEN}\s+after\s+next\b", _week_on),
        (rf"\b(?:next|nxt)\s+{_WHEN}{_OF_DAY}", _next_weekday),
        (
            (
                r"\b(?:(?P<part>end|beginning|start|middle|early|mid|late)(?:\s+of|-)?\s+)?(?:the\s+)?"
                r"(?P<which>week\s+after\s+next|(?:next|coming|following|nxt)\s+(?:week|wk)"
                r"|(?:this|same)\s+(?:week|wk))\b"
            ),
            _week,
        ),
        (
            r"\b(?:end|close|finish)\s+of\s+(?:the\s+)?(?:week|wk)\b",
            _week_end,
        ),
        (r"\b(?:before\s+(?:the\s+)?week\s+is\s+(?:out|over))\b", _week_end),
        (
            r"\b(?P<before>(?:before|by)\s+)?(?:the\s+|this\s+|(?P<next>next\s+))?weekend\b",
            _weekend,
        ),
        (
            (
                rf"\b(?:in|within|inside)\s+(?:the\s+next\s+)?(?P<count>\d{{1,3}}|{_COUNT})?\s*"
                r"(?P<unit>days?|weeks?|wks?|fortnights?|months?)(?:['’]s?)?(?:\s+time)?\b"
            ),
            _after_a_while,
        ),
        (
            (
                rf"\b(?P<count>\d{{1,3}}|{_COUNT})\s+(?P<unit>days?|weeks?|wks?|fortnights?|months?)\s+"
                r"(?:from\s+(?:now|today)|today|time|hence)\b"
            ),
            _after_a_while,
        ),
        (
            (
                r"\b(?:(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+|this\s+)?(?P<next>next\s+)?month"
                r"|month(?:['’]s)?[- ]end|(?:before\s+)?(?:the\s+)?month\s+is\s+out|this\s+month"
                r"|end\s+of\s+month)\b"
            ),
            _month_end,
        ),
        (
            (
                rf"\b(?P<part>end|late|mid|middle|start|beginning|early)(?:\s+of\s+|\s+|-)"
                rf"(?P<month>{_MONTH})\b"
            ),
            _named_month,
        ),
        (r"\bend\s+of\s+(?:q(?P<number>[1-4])|(?:the|this)\s+quarter)\b", _quarter_end),
        (r"\b(?:(?:the\s+)?end\s+of\s+(?:the\s+|this\s+)?year|year[- ]end)\b", _year_end),
        (r"\b(?P<feast>christmas|xmas|easter)\b", _feast),
        (r"\b(?:the\s+|that\s+|on\s+)same\s+(?:day|deadline|date)\b|\bsame deadline\b", same_day),
        (
            (
                r"\b(?:today|tonight|tonite|this\s+(?:evening|afternoon|morning)"
                r"|(?:eod|end\s+of\s+(?:the\s+)?day)(?!\s+\w+day))\b"
            ),
            lambda _, today: today,
        ),
        (rf"\b(?:{_DAY})\b,?\s+the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b", _day_of_month),
        (rf"\b{_WHEN}{_OF_DAY}", _this_weekday),
        (r"\b(?:the\s+)(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b", _day_of_month),
        (rf"(?<=\bin )(?P<part>)(?P<month>{_MONTH})\b", _named_month),
        (
            (
                r"\b(?:before|by|at|for|until|till?|in)?\s*(?:our|the|my|his|her|their)?\s*next\s+"
                r"(?:session|time|meeting|one|call|round|talk|catch-?up)\b"
            ),
            no_day,
        ),
    )
)
