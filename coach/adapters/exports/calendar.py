"""An agenda as a calendar invitation (RFC 5545)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from coach.domain.agenda import Agenda
from coach.domain.brief import clean_line


def timeline(agenda: Agenda) -> str:
    """The minutes and titles of the agenda's items, one a line, and nothing else of it."""
    at = 0
    lines = []
    for item in agenda.items:
        lines.append(f"{at}–{at + item.minutes} min  {clean_line(item.title)}")
        at += item.minutes
    return "\n".join(lines)


def agenda_calendar(agenda: Agenda, starts: datetime) -> bytes:
    """An ``.ics`` file with one event from ``starts``, which must carry a time zone.

    The description holds the timeline and the words to open with; what worries
    the mentor stays out of it, because an invitation is shared. The same agenda
    at the same time has the same identifier, so that a calendar updates it.

    Raises:
        ValueError: ``starts`` has no time zone.
    """
    from icalendar import Calendar, Event

    if starts.tzinfo is None:
        raise ValueError("give the start a time zone")
    brief = agenda.brief
    begins = starts.astimezone(UTC)
    identity = f"{brief.topic}|{brief.session}|{brief.planned_sessions}|{begins.isoformat()}"
    event = Event()
    event.add(
        "uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@reverse-mentoring-coach"
    )
    event.add("dtstamp", datetime.now(UTC))
    # UTC needs no VTIMEZONE, and every calendar shows it in its owner's zone.
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=brief.minutes))
    event.add(
        "summary", f"Reverse mentoring {brief.session}/{brief.planned_sessions}: {brief.topic}"
    )
    event.add("description", timeline(agenda))
    calendar = Calendar()
    calendar.add("prodid", "-//reverse-mentoring-coach//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
