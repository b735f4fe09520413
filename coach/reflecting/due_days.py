"""By which day something is to be done: "by next Friday", "until the end of the month"."""

from __future__ import annotations

import re
from datetime import date

from coach.domain.guidance import Frozen
from coach.reflecting.day_readers import no_day, same_day
from coach.reflecting.day_words import PATTERNS


class DueDay(Frozen):
    """A day that some words name; ``start`` and ``end`` are their characters."""

    day: date | None
    words: str
    start: int
    end: int


def due_day(text: str, today: date, *, before: date | None = None) -> DueDay | None:
    """The day by which something is to be done, or ``None`` where no words tell of time.

    ``before`` is the last day that was named, which "that same day" means. The day is ``None``
    for words such as "before our next session".
    """
    found: list[tuple[int, DueDay]] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            try:
                day = before if read is same_day else read(match, today)
            except (ValueError, OverflowError):
                # "Friday, 31 February" names no day, and neither does its Friday.
                taken.append(match.span())
                continue
            if day is None and read is not no_day:
                continue
            taken.append(match.span())
            lead = _LEAD.search(text, 0, match.start())
            start = lead.start() if lead else match.start()
            due = bool(lead and lead["due"])
            words = text[start : match.end()].strip()
            one = DueDay(day=day, words=words, start=start, end=match.end())
            found.append((2 * due + (day is not None), one))
    if not found:
        return None
    # A deadline before another day, and the first of those.
    return max(found, key=lambda pair: (pair[0], -pair[1].start))[1]


_LEAD = re.compile(
    r"(?:(?P<due>\b(?:by|until|till?|before|no later than|not later than|latest|due|deadline"
    r"(?: is)?)\s+)|\b(?:on|at|for|from|as of|come|this coming|coming|this|sometime|some time"
    r"|over|in|within|during)\s+)(?:the\s+|the\s+very\s+|around\s+|about\s+)?$",
    re.IGNORECASE,
)
