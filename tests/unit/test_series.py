from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakes import WordIndex
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pydantic import ValidationError
from strategies import HOSTILE

from coach.adapters.exports.series import cancelled_calendar, session_calendar, session_update
from coach.bootstrap import export_cancellations, export_session_update, export_sessions
from coach.domain.brief import Brief, clean_line
from coach.domain.library import GuidanceLibrary
from coach.domain.meeting import Session, SessionState
from coach.domain.places import places
from coach.domain.program import Person
from coach.domain.records import new_id
from coach.errors import ProgramError
from coach.pair.rhythm import planned_dates
from coach.prepare.compose import Composer
from coach.prepare.edit import reword

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TITLE = "Reverse mentoring"
PAIR = (
    Person(name="Ana Weiß", email="ana@example.org"),
    Person(name="Bo Li", email="bo@example.org"),
)
LONG_NAMES = (
    "Ж" * 300,
    "名" * 300,
    "👩‍👩‍👧‍👦" * 42,
    "عبد " * 75,
    'Ana "the boss"; CFO, x:y=z\\n^n',
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT",
)


def session(**changes: Any) -> Session:
    """A planned session of an hour, ten o'clock in Berlin."""
    values: dict[str, Any] = {
        "program_id": new_id(),
        "pair_id": new_id(),
        "number": 3,
        "starts": datetime(2026, 4, 6, 8, 0, tzinfo=UTC),
        "zone": "Europe/Berlin",
        "minutes": 60,
        "topic": "safe use of AI",
    }
    return Session(**{**values, **changes})


# Two readers: icalendar's, and one that shares nothing with what wrote the file.


def events_of(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def event_of(content: bytes) -> Any:
    (event,) = events_of(content)
    return event


_LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def lines_of(content: bytes) -> list[tuple[str, str, str]]:
    """Name, parameters and value of each unfolded line, and a failure if one is malformed."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    folded = content.split(b"\r\n")[:-1]
    assert max(map(len, folded)) <= 75
    for piece in folded:
        piece.decode()  # no letter is cut in two
    found = []
    for line in content.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        parts = _LINE.fullmatch(line)
        assert parts is not None, line
        value = _ESCAPE.sub(lambda mark: "\n" if mark[1] in "nN" else mark[1], parts[3])
        found.append((parts[1], parts[2], value))
    return found


def read(content: bytes) -> tuple[str, list[dict[str, str]]]:
    """The method, and each event's values by name."""
    method, events, inside = "", list[dict[str, str]](), False
    for name, _, value in lines_of(content):
        if (name, value) in {("BEGIN", "VEVENT"), ("END", "VEVENT")}:
            inside = name == "BEGIN"
            if inside:
                events.append({})
        elif inside:
            assert name not in events[-1] or name == "ATTENDEE"
            events[-1][name] = value
        elif name == "METHOD":
            method = value
    return method, events


@dataclass
class CalendarProgram:
    """A calendar that applies files as RFC 5546, section 2.1.5, has it."""

    kept: dict[str, dict[str, str]] = field(default_factory=dict)

    def open(self, *files: bytes) -> CalendarProgram:
        for content in files:
            method, events = read(content)
            for event in events:
                if method == "CANCEL":
                    assert event["STATUS"] == "CANCELLED"
                mine = self.kept.get(event["UID"])
                if mine is None or self._rank(event) > self._rank(mine):
                    self.kept[event["UID"]] = event
        return self

    @staticmethod
    def _rank(event: dict[str, str]) -> tuple[int, str]:
        return int(event["SEQUENCE"]), event["DTSTAMP"]

    def shown(self) -> set[tuple[str, str, str]]:
        """When each event that takes place begins and ends, and its title."""
        return {
            (event["DTSTART"], event["DTEND"], event["SUMMARY"])
            for event in self.kept.values()
            if event["STATUS"] == "CONFIRMED"
        }


# What is in it


def test_a_series_has_one_event_per_session() -> None:
    starts = planned_dates(NOW, "Europe/Berlin", 8, 4, now=NOW)
    series = [session(number=at, starts=one) for at, one in enumerate(starts, 1)]

    method, events = read(session_calendar(series, title=TITLE, now=NOW, people=PAIR))

    assert "PUBLISH" == method
    assert [f"{one.id}@reverse-mentoring-coach" for one in series] == [e["UID"] for e in events]
    assert [f"Reverse mentoring {at}: safe use of AI" for at in range(1, 9)] == [
        event["SUMMARY"] for event in events
    ]
    assert {"Ana Weiß and Bo Li"} == {event["DESCRIPTION"] for event in events}
    assert {"mailto:ana@example.org"} == {event["ORGANIZER"] for event in events}
    # RFC 5546, section 3.2.1: nobody is invited by a file that is published.
    assert not any("ATTENDEE" in event for event in events)


def test_ten_in_berlin_is_ten_in_berlin_in_every_event_of_the_year() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    starts = planned_dates(datetime(2026, 1, 12, 9, 0, tzinfo=UTC), berlin.key, 13, 4, now=NOW)

    content = session_calendar([session(starts=one) for one in starts], title=TITLE, now=NOW)

    begins = [event.decoded("dtstart") for event in events_of(content)]
    assert {(10, 0)} == {
        (moment.astimezone(berlin).hour, moment.astimezone(berlin).minute) for moment in begins
    }
    assert {8, 9} == {moment.hour for moment in begins}


@pytest.mark.parametrize(
    ("starts", "begins", "ends"),
    [
        # The hour that is skipped, and the one that comes twice, lie inside these sessions.
        (datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")), "003000Z", "020000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")), "003000Z", "020000Z"),
        (datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Asia/Kolkata")), "033000Z", "050000Z"),
        # Past, and on another day in UTC.
        (datetime(2019, 7, 2, 1, 0, tzinfo=ZoneInfo("Pacific/Auckland")), "130000Z", "143000Z"),
    ],
)
def test_times_are_in_utc_and_the_minutes_are_real_ones(
    starts: datetime, begins: str, ends: str
) -> None:
    content = session_calendar([session(starts=starts, minutes=90)], title=TITLE, now=NOW)

    _, (event,) = read(content)
    day = f"{starts.astimezone(UTC):%Y%m%d}T"
    assert (day + begins, day + ends) == (event["DTSTART"], event["DTEND"])
    assert b"TZID" not in content


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (SessionState.PLANNED, "CONFIRMED"),
        (SessionState.HELD, "CONFIRMED"),
        (SessionState.CANCELLED, "CANCELLED"),
    ],
)
def test_the_status_says_whether_it_takes_place(state: SessionState, status: str) -> None:
    _, (event,) = read(session_calendar([session(state=state)], title=TITLE, now=NOW))

    assert status == event["STATUS"]


def test_the_same_arguments_give_the_same_bytes() -> None:
    one = session()
    elsewhere = NOW.astimezone(ZoneInfo("Asia/Tokyo"))

    first = session_calendar([one], title=TITLE, now=NOW, people=PAIR)

    assert first == session_calendar([one], title=TITLE, now=elsewhere, people=PAIR)
    _, (event,) = read(first)
    assert ["20260302T090000Z"] * 2 == [event["DTSTAMP"], event["LAST-MODIFIED"]]


def test_a_session_without_a_topic_has_a_title_all_the_same() -> None:
    _, (event,) = read(session_calendar([session(topic="")], title=TITLE, now=NOW))

    assert "Reverse mentoring 1" == event["SUMMARY"]


def test_no_session_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ProgramError, match="Plan one"):
        export_sessions([], title=TITLE, now=NOW)


# What is not in it


@pytest.mark.parametrize("covered", [True, False])
def test_nothing_private_is_in_any_file(library: GuidanceLibrary, covered: bool) -> None:
    private = ("zebraworry", "quaggapromise", "okapireason", "gnuwords")
    agenda = Composer(library, WordIndex(library, covered=covered)).agenda(
        Brief(topic="team chat", session=3, worry=private[0], carried_over=(private[1],))
    )
    agenda = reword(agenda, 0, open_with=private[3])
    one = session(state=SessionState.CANCELLED, reason=private[2])

    for content in (
        export_sessions([one], title=TITLE, now=NOW, people=PAIR, agendas={one.id: agenda}),
        export_session_update(one, title=TITLE, now=NOW, people=PAIR, agendas={one.id: agenda}),
    ):
        said = repr(lines_of(content))
        assert agenda.items[0].title in said
        assert not any(word in said for word in private)
        assert not any(known in said for known in (one.pair_id, one.program_id))


def test_a_timeline_is_in_the_event_of_its_own_session(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", minutes=60, session=3))
    other = composer.agenda(Brief(topic="alt text", minutes=30, session=5))
    first, second = session(), session(number=4)
    agendas = {new_id(): other, second.id: agenda}

    _, events = read(session_calendar([first, second], title=TITLE, now=NOW, agendas=agendas))

    assert "" == events[0]["DESCRIPTION"]
    lines = events[1]["DESCRIPTION"].splitlines()
    assert [item.title for item in agenda.items] == [line.partition("  ")[2] for line in lines]
    assert lines[-1].partition(" ")[0].endswith("–60")


# What people type


def names_in(content: bytes) -> set[str]:
    return {name for name, _, _ in lines_of(content)}


PLAIN = names_in(session_update(session(), title=f"{TITLE} 3", now=NOW, people=PAIR))


@pytest.mark.parametrize("typed", [*HOSTILE, *LONG_NAMES])
def test_what_is_typed_adds_no_line_to_a_file(composer: Composer, typed: str) -> None:
    line = clean_line(typed)[:300]
    people = tuple(Person(name=line, email=person.email) for person in PAIR)
    one = session(topic=line)
    agenda = composer.agenda(Brief(topic="team chat", session=3))
    # As a program could make it, past what the domain cleans.
    first = agenda.items[0].model_copy(update={"title": f"{typed}\x00\x0b\x1b\x85\u2028"})
    agenda = agenda.model_copy(update={"items": (first, *agenda.items[1:])})

    content = session_update(
        one, title=f"{typed} 3", now=NOW, people=people, agendas={one.id: agenda}
    )

    assert PLAIN == names_in(content)
    _, (event,) = read(content)
    assert f"{clean_line(typed)} 3: {line}" == event["SUMMARY"]
    assert f"{line} and {line}" == event["DESCRIPTION"].splitlines()[0]
    assert len(agenda.items) + 1 == len(event["DESCRIPTION"].splitlines())
    theirs = event_of(content)
    assert event["SUMMARY"] == str(theirs["summary"])
    assert line == theirs["organizer"].params["CN"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_topic_and_title_are_read_back_as_they_were(topic: str, title: str) -> None:
    one = session(topic=topic)

    content = session_calendar([one], title=title, now=NOW)

    _, (event,) = read(content)
    assert clean_line(f"{title} 1: {one.topic}" if one.topic else f"{title} 1") == event["SUMMARY"]
    assert event["SUMMARY"] == str(event_of(content)["summary"])


@pytest.mark.parametrize(
    ("email", "written"),
    [
        ("o'brien+mentor@example.org", "mailto:o'brien+mentor@example.org"),
        ("a?cc=all@example.org", "mailto:a%3Fcc%3Dall@example.org"),
        ('a";X=y:z@example.org', "mailto:a%22%3Bx%3Dy%3Az@example.org"),
        ("größe@example.org", "mailto:gr%C3%B6sse@example.org"),
    ],
)
def test_an_address_is_an_address_and_nothing_else(email: str, written: str) -> None:
    people = (Person(name="Ana", email=email), PAIR[1])

    content = session_update(session(), title=TITLE, now=NOW, people=people)

    _, (event,) = read(content)
    assert written == event["ORGANIZER"]
    assert PLAIN == names_in(content)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "/etc/passwd", "../x", "Europe", "a\x00b"])
def test_a_zone_that_there_is_not_is_a_faulty_session(zone: str) -> None:
    with pytest.raises(ValidationError, match="there is no time zone"):
        session(zone=zone)


# Files about one session


@pytest.mark.parametrize(
    "people",
    [
        (),
        PAIR[:1],
        (Person(name="Ana"), Person(name="Bo")),
        (PAIR[0], Person(name="Bo")),
        (Person(name="Ana"), PAIR[1]),
    ],
)
@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.CANCELLED])
def test_without_both_addresses_a_change_is_published(
    people: Sequence[Person], state: SessionState
) -> None:
    method, (event,) = read(
        session_update(session(state=state), title=TITLE, now=NOW, people=people)
    )

    assert "PUBLISH" == method
    assert "ATTENDEE" not in event
    mentors = bool(people) and bool(people[0].email)
    assert mentors == ("ORGANIZER" in event)


@pytest.mark.parametrize(
    ("state", "method"),
    [(SessionState.PLANNED, "REQUEST"), (SessionState.CANCELLED, "CANCEL")],
)
def test_with_both_addresses_the_mentor_invites_the_mentee_or_takes_it_back(
    state: SessionState, method: str
) -> None:
    content = session_update(session(state=state), title=TITLE, now=NOW, people=PAIR)

    assert method == read(content)[0]
    by_name = [(name, params, value) for name, params, value in lines_of(content)]
    assert ("ORGANIZER", ';CN="Ana Weiß"', "mailto:ana@example.org") in by_name
    invited = {value: params for name, params, value in by_name if name == "ATTENDEE"}
    assert {"mailto:ana@example.org", "mailto:bo@example.org"} == set(invited)
    assert ";PARTSTAT=ACCEPTED" in invited["mailto:ana@example.org"]
    assert ";PARTSTAT=NEEDS-ACTION" in invited["mailto:bo@example.org"]


# What a calendar program makes of them


def history(people: Sequence[Person]) -> Iterator[tuple[bytes, set[tuple[str, str, str]]]]:
    """A file after each thing that happens to two sessions, and what is to be shown then."""
    first = session(number=1, starts=datetime(2026, 4, 6, 8, 0, tzinfo=UTC))
    second = session(number=2, starts=datetime(2026, 5, 4, 8, 0, tzinfo=UTC))
    one = ("20260406T080000Z", "20260406T090000Z", "Reverse mentoring 1: safe use of AI")
    two = ("20260504T080000Z", "20260504T090000Z", "Reverse mentoring 2: safe use of AI")
    yield session_calendar([first, second], title=TITLE, now=NOW, people=people), {one, two}

    moved = second.but(
        starts=datetime(2026, 5, 6, 13, 0, tzinfo=UTC), minutes=30, topic="alt text", sequence=1
    )
    two = ("20260506T130000Z", "20260506T133000Z", "Reverse mentoring 2: alt text")
    at = NOW + timedelta(days=1)
    yield session_update(moved, title=f"{TITLE} 2", now=at, people=people), {one, two}

    off = first.but(state=SessionState.CANCELLED, reason="ill", sequence=1)
    at += timedelta(days=1)
    yield session_update(off, title=TITLE, now=at, people=people), {two}

    back = off.but(
        state=SessionState.PLANNED, starts=datetime(2026, 4, 8, 8, 0, tzinfo=UTC), sequence=2
    )
    one = ("20260408T080000Z", "20260408T090000Z", "Reverse mentoring 1: safe use of AI")
    at += timedelta(days=1)
    yield session_update(back, title=f"{TITLE} 1", now=at, people=people), {one, two}

    # A renamed topic moves nothing, so it counts as the same state, seen later.
    renamed = back.but(topic="LinkedIn")
    one = (*one[:2], "Reverse mentoring 1: LinkedIn")
    at += timedelta(days=1)
    yield session_calendar([renamed, moved], title=TITLE, now=at, people=people), {one, two}


@pytest.mark.parametrize("people", [PAIR, ()])
def test_a_calendar_follows_what_happens_step_by_step(people: Sequence[Person]) -> None:
    program = CalendarProgram()

    for content, shown in history(people):
        assert shown == program.open(content).shown()
        assert shown == program.open(content, content).shown()
        assert 2 == len(program.kept)


@pytest.mark.parametrize("people", [PAIR, ()])
def test_files_in_any_order_and_twice_leave_the_last_state(people: Sequence[Person]) -> None:
    files, states = zip(*history(people), strict=True)

    for order in permutations(files):
        program = CalendarProgram().open(*order, order[0])
        assert states[-1] == program.shown()
        assert 2 == len(program.kept)


def test_a_cancelled_session_stays_cancelled_when_an_older_series_comes_late() -> None:
    (series, _), _, (cancelled, shown), *_ = history(PAIR)

    program = CalendarProgram().open(series, cancelled, series)

    assert 1 == len(program.shown() - shown)
    assert {"CANCELLED", "CONFIRMED"} == {event["STATUS"] for event in program.kept.values()}


def test_a_later_download_of_the_series_brings_every_change_with_it() -> None:
    one = session()
    before = session_calendar([one, session(number=4)], title=TITLE, now=NOW)
    gone = one.but(state=SessionState.CANCELLED, sequence=1)

    program = CalendarProgram().open(before, session_calendar([gone], title=TITLE, now=NOW))

    assert {"Reverse mentoring 2: safe use of AI"} == {title for *_, title in program.shown()}


def test_a_cancelled_session_has_no_number_and_those_after_it_move_up() -> None:
    first, second, third = (
        session(number=at, starts=NOW + timedelta(weeks=4 * at)) for at in (1, 2, 3)
    )
    before = session_calendar([first, second, third], title=TITLE, now=NOW)
    off = second.but(state=SessionState.CANCELLED, sequence=1)

    later = NOW + timedelta(days=1)
    program = CalendarProgram().open(
        before, session_calendar([first, off, third], title=TITLE, now=later)
    )

    assert {"Reverse mentoring 1: safe use of AI", "Reverse mentoring 2: safe use of AI"} == {
        title for *_, title in program.shown()
    }
    assert third.starts.strftime("%Y%m%dT%H%M%SZ") == max(program.shown())[0]


def test_the_number_goes_by_time_and_not_by_when_it_was_planned() -> None:
    late = session(number=1, starts=NOW + timedelta(weeks=8))
    early = session(number=2, starts=NOW + timedelta(weeks=4))

    assert {early.id: 1, late.id: 2} == places([late, early])


def test_the_end_of_a_pair_takes_what_will_not_come_out_of_a_calendar() -> None:
    held = session(number=1, state=SessionState.HELD)
    coming = session(number=2, starts=NOW + timedelta(weeks=9))
    before = session_calendar([held, coming], title=TITLE, now=NOW, people=PAIR)
    gone = coming.but(state=SessionState.CANCELLED, reason="This pair ended.", sequence=1)

    content = export_cancellations([held, gone], title=TITLE, now=NOW, people=PAIR)

    method, (event,) = read(content)
    assert ("CANCEL", "CANCELLED", "1") == (method, event["STATUS"], event["SEQUENCE"])
    assert f"{coming.id}@reverse-mentoring-coach" == event["UID"]
    # RFC 5546, section 4.1.3: nobody was invited, so nobody is uninvited.
    assert "ATTENDEE" not in event
    program = CalendarProgram().open(before, content)
    assert {"Reverse mentoring 1: safe use of AI"} == {title for *_, title in program.shown()}


def test_where_nothing_was_cancelled_there_is_no_file_of_cancellations() -> None:
    with pytest.raises(ProgramError, match="nothing to let go of"):
        cancelled_calendar([session()], title=TITLE, now=NOW)
