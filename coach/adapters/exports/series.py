"""A pair's sessions as calendar files (RFC 5545 and 5546): new, moved, cancelled, reinstated.

Of two files about one session the higher SEQUENCE counts, and then the later DTSTAMP; what
names the session is its UID, which stays whatever else changes.

Times are in UTC. Each session is an event of its own, so no program has to repeat one across a
clock change: that is done when dates are planned (``coach.pair.rhythm``). A local time would
need a VTIMEZONE, and there programs differ most. icalendar writes one with dates instead of
yearly rules; Outlook may read only one STANDARD part of it (MS-OXCICAL 2.1.3.1.1.19.2), and is
reported to be an hour off with dates (iCalcreator's issues 86 and 106). UTC is shown in
everybody's own zone.

What a program does with a file that a person opens is up to it, and none was tried here.
Outlook documents that it reads PUBLISH, REQUEST and CANCEL from files (MS-STANOICAL 2.2.99).
By their issues 1508 and 1072, Nextcloud refuses an event that it has, and khal keeps both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from coach.adapters.exports.calendar import timeline
from coach.domain.agenda import Agenda
from coach.domain.brief import clean_line
from coach.domain.meeting import Session, SessionState
from coach.domain.places import places
from coach.domain.program import Person
from coach.errors import ProgramError


def session_calendar(
    sessions: Sequence[Session],
    *,
    title: str,
    now: datetime,
    people: Sequence[Person] = (),
    agendas: Mapping[str, Agenda] | None = None,
) -> bytes:
    """An ``.ics`` file to download: one event per session, cancelled ones marked as such.

    Args:
        sessions: At least one, of one pair.
        title: What each event's title begins with, such as the program's name.
        now: The present moment, with a time zone; the same arguments give the same bytes.
        people: The pair, the mentor first: with an e-mail address the mentor is the organiser
            in every file, as only one organiser may change an event.
        agendas: By a session's identifier, whose timeline is to be in it. The events hold
            nothing else that was written for a session than its topic.

    Raises:
        ProgramError: there is no session.
    """
    if not sessions:
        raise ProgramError(
            "There is no session to put into a calendar. Plan one, and download the file again."
        )
    numbered = places(sessions)
    return _calendar(
        "PUBLISH",
        [
            _event(one, _title(title, numbered.get(one.id)), now, people, agendas)
            for one in sessions
        ],
    )


def cancelled_calendar(
    sessions: Sequence[Session], *, title: str, now: datetime, people: Sequence[Person] = ()
) -> bytes:
    """An ``.ics`` file that takes the cancelled ones of ``sessions`` out of a calendar.

    For a pair that is over: RFC 5546, sections 3.2.5 and 4.1.3. The arguments are those of
    ``session_calendar``.

    Raises:
        ProgramError: none of them was cancelled.
    """
    gone = [one for one in sessions if one.state is SessionState.CANCELLED]
    if not gone:
        raise ProgramError("No session was cancelled, so your calendar has nothing to let go of.")
    return _calendar("CANCEL", [_event(one, title, now, people, None) for one in gone])


def session_update(
    session: Session,
    *,
    title: str,
    now: datetime,
    people: Sequence[Person] = (),
    agendas: Mapping[str, Agenda] | None = None,
) -> bytes:
    """An ``.ics`` file about one session that was moved, cancelled or reinstated.

    If both people have an e-mail address it is an invitation (REQUEST), or takes one back
    (CANCEL); without, it is a new state of the event (PUBLISH), since RFC 5546 wants both an
    organiser and somebody invited. ``title`` is to end in the session's
    number from ``coach.domain.places``; the other arguments are those of ``session_calendar``.
    """
    event = _event(session, title, now, people, agendas)
    if len(people) < 2 or not all(person.email for person in people):
        return _calendar("PUBLISH", [event])
    for at, person in enumerate(people):
        event.add("attendee", _address(person, accepted=at == 0))
    cancelled = session.state is SessionState.CANCELLED
    return _calendar("CANCEL" if cancelled else "REQUEST", [event])


def _title(title: str, place: int | None) -> str:
    """With the number that people read; a cancelled session has none."""
    return f"{title} {place}" if place else title


def _calendar(method: str, events: Sequence[Any]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//reverse-mentoring-coach//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(
    session: Session,
    title: str,
    now: datetime,
    people: Sequence[Person],
    agendas: Mapping[str, Agenda] | None,
) -> Any:
    from icalendar import Event

    begins = session.starts.astimezone(UTC)
    topic = f": {session.topic}" if session.topic else ""
    cancelled = session.state is SessionState.CANCELLED
    event = Event()
    event.add("uid", f"{session.id}@reverse-mentoring-coach")
    event.add("sequence", session.sequence)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=session.minutes))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", clean_line(f"{title}{topic}"))
    said = [" and ".join(clean_line(person.name) for person in people)]
    if agendas and session.id in agendas:
        said.append(timeline(agendas[session.id]))
    event.add("description", "\n".join(filter(None, said)))
    if people and people[0].email:
        event.add("organizer", _address(people[0]))
    return event


def _address(person: Person, *, accepted: bool | None = None) -> Any:
    from icalendar import vCalAddress

    # RFC 6068: what could add a recipient or a subject to a link is written as %XX.
    address = vCalAddress("mailto:" + quote(person.email, safe="@!$'*+"))
    address.params["CN"] = clean_line(person.name)
    if accepted is not None:
        address.params["ROLE"] = "REQ-PARTICIPANT"
        address.params["PARTSTAT"] = "ACCEPTED" if accepted else "NEEDS-ACTION"
        address.params["RSVP"] = "FALSE" if accepted else "TRUE"
    return address
