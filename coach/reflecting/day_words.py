"""Every way to name a day in words.

A week begins on Monday and its last working day is Friday, which stands for the week; "on Friday"
is the next one after the session, "next Friday" the one of the week after.
"""

from __future__ import annotations

import re

from coach.reflecting.day_readers import (
    COUNT,
    DAY,
    MONTH,
    Reader,
    after_a_while,
    calendar_day,
    day_of_month,
    feast,
    in_days,
    month_end,
    named_month,
    next_weekday,
    no_day,
    quarter_end,
    same_day,
    this_weekday,
    week,
    week_end,
    week_of_month,
    week_on,
    weekend,
    year_end,
)

_NUMBER = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WHEN = rf"(?P<weekday>{DAY})\b"
_IN_DOTS = r"(?P<month>0?[1-9]|1[0-2])"
_OF_DAY = r"(?:\s+(?:morning|noon|lunchtime|afternoon|evening|night|eve|eod|cob))?"
#: Every way to name a day; where two fit the same words, the first counts.
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"\b(?P<year>20\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)\b", calendar_day),
        (
            (
                rf"\b(?:(?:{DAY})\b,?\s+(?:the\s+)?)?{_NUMBER}(?:\s+of)?\s+(?P<month>{MONTH})\b(?:(?<=\b\w\w\w)\.)?"
                r"(?:,?\s+(?P<year>20\d\d))?"
            ),
            calendar_day,
        ),
        (
            (
                rf"\b(?:(?:{DAY})\b,?\s+)?(?P<month>{MONTH})\.?\s+(?:the\s+)?{_NUMBER}\b(?!\s*%)"
                r"(?:,?\s+(?P<year>20\d\d))?"
            ),
            calendar_day,
        ),
        (
            (
                r"(?<![\d./])(?!24/7\b)(?P<day>[0-3]?\d)/(?P<month>[0-3]?\d)"
                r"(?:/(?P<year>(?:20)?\d\d))?(?![\d/]|\s+(?:of|an?|the)\b)"
            ),
            calendar_day,
        ),
        (
            (
                rf"(?<![\d./])(?P<day>[0-3]?\d)\.{_IN_DOTS}"
                r"(?:\.(?P<year>(?:20)?\d\d)(?![\d.]*\d)|\.(?!\d))"
            ),
            calendar_day,
        ),
        (
            # Without a last dot it is a decimal number, unless a word before it tells.
            rf"(?:(?<=\bby )|(?<=\bon )|(?<=\buntil ))(?P<day>[0-3]?\d)\.{_IN_DOTS}(?![\d.%])",
            calendar_day,
        ),
        (r"\b(?:the )?day after tomorrow\b", in_days(2)),
        (r"\b(?:tomorrow|tomorow|tommorow|tmrw|tmr|tmw|2moro)\b", in_days(1)),
        (rf"\b(?:{DAY})(?:\s+in\s+a)?\s+fortnight\b", no_day),
        (rf"\ba\s+week\s+(?:on\s+|from\s+)?{_WHEN}", week_on),
        (rf"\b(?P<weekday>{DAY})\s+week\b", week_on),
        (
            rf"\b{_WHEN}{_OF_DAY}\s+(?:of\s+)?(?:the\s+)?(?:next|following|coming)\s+(?:week|wk)\b",
            next_weekday,
        ),
        (
            rf"\b(?:next|following)\s+(?:week|wk)\s*,?\s+(?:on\s+)?{_WHEN}{_OF_DAY}",
            next_weekday,
        ),
        (rf"\b{_WHEN}\s+after\s+next\b", week_on),
        (rf"\b(?:next|nxt)\s+{_WHEN}{_OF_DAY}", next_weekday),
        (
            (
                r"\b(?:(?P<part>end|beginning|start|middle|early|mid|late)(?:\s+of|-)?\s+)?(?:the\s+)?"
                r"(?P<which>week\s+after\s+next|(?:next|coming|following|nxt)\s+(?:week|wk)"
                r"|(?:this|same)\s+(?:week|wk))\b"
            ),
            week,
        ),
        (
            r"\b(?:end|close|finish)\s+of\s+(?:the\s+)?(?:week|wk)\b",
            week_end,
        ),
        (r"\b(?:before\s+(?:the\s+)?week\s+is\s+(?:out|over))\b", week_end),
        (
            r"\b(?P<before>(?:before|by)\s+)?(?:the\s+|this\s+|(?P<next>next\s+))?weekend\b",
            weekend,
        ),
        (
            (
                rf"\b(?:in|within|inside)\s+(?:the\s+next\s+)?(?P<count>\d{{1,3}}|{COUNT})?\s*"
                r"(?P<unit>days?|weeks?|wks?|fortnights?|months?)(?:['’]s?)?(?:\s+time)?\b"
            ),
            after_a_while,
        ),
        (
            (
                rf"\b(?P<count>\d{{1,3}}|{COUNT})\s+(?P<unit>days?|weeks?|wks?|fortnights?|months?)\s+"
                r"(?:from\s+(?:now|today)|today|time|hence)\b"
            ),
            after_a_while,
        ),
        (
            (
                r"\b(?:(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+|this\s+)?(?P<next>next\s+)?month"
                r"|month(?:['’]s)?[- ]end|(?:before\s+)?(?:the\s+)?month\s+is\s+out|this\s+month"
                r"|end\s+of\s+month)\b"
            ),
            month_end,
        ),
        (
            (
                rf"\b(?P<part>end|late|mid|middle|start|beginning|early)(?:\s+of\s+|\s+|-)"
                rf"(?P<month>{MONTH})\b"
            ),
            named_month,
        ),
        (
            (
                r"\b(?P<which>first|1st|second|2nd|third|3rd|fourth|4th|last)\s+week\s+(?:of|in)\s+"
                rf"(?P<month>{MONTH})\b"
            ),
            week_of_month,
        ),
        (r"\bend\s+of\s+(?:q(?P<number>[1-4])|(?:the|this)\s+quarter)\b", quarter_end),
        (r"\b(?:(?:the\s+)?end\s+of\s+(?:the\s+|this\s+)?year|year[- ]end)\b", year_end),
        (r"\b(?P<feast>christmas|xmas|easter)\b", feast),
        (r"\b(?:the\s+|that\s+|on\s+)same\s+(?:day|deadline|date)\b|\bsame deadline\b", same_day),
        (
            (
                r"\b(?:today|tonight|tonite|this\s+(?:evening|afternoon|morning)"
                r"|(?:eod|end\s+of\s+(?:the\s+)?day)(?!\s+\w+day))\b"
            ),
            lambda _, today: today,
        ),
        (rf"\b(?:{DAY})\b,?\s+the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b", day_of_month),
        (rf"\b{_WHEN}{_OF_DAY}", this_weekday),
        (r"\b(?:the\s+)(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b", day_of_month),
        (rf"(?<=\bin )(?P<part>)(?P<month>{MONTH})\b", named_month),
        (
            (
                r"\b(?:before|by|at|for|until|till?|in)?\s*(?:our|the|my|his|her|their)?\s*next\s+"
                r"(?:session|time|meeting|one|call|round|talk|catch-?up)\b"
            ),
            no_day,
        ),
    )
)
