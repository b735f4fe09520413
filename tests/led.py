"""A program as its lead has it, with as many pairs and sessions as a test needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from coach.domain.identity import Account, Actor
from coach.domain.meeting import Session, SessionState
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.records import new_id
from coach.ports import Records
from coach.roster.columns import HEADER

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
WEEK = timedelta(weeks=1)
HELD, CANCELLED, PLANNED = SessionState.HELD, SessionState.CANCELLED, SessionState.PLANNED


class Led:
    """A program that began long ago, with a lead, in these records."""

    def __init__(self, records: Records, name: str = "Alpha", *, personal: bool = False) -> None:
        self.records = records
        with records.writing() as work:
            since = TODAY - timedelta(weeks=30)
            self.program = work.add(
                Program(name=name, starts=since, cadence_weeks=4, personal=personal)
            )
            lead = work.add(
                Person(name=f"Lead of {name}", email=f"lead@{name.lower()}.example.org")
            )
            work.add(
                Membership(
                    program_id=self.program.id, person_id=lead.id, role=Role.LEAD, since=since
                )
            )
        self.id = self.program.id
        self.lead = Actor(person_id=lead.id)

    def pairs(
        self, count: int, *, weeks_ago: int = 30, name: str = "", came: bool = True
    ) -> list[Pair]:
        """As many new pairs, whose people ``came`` in by the link that they were sent."""
        since = TODAY - weeks_ago * WEEK
        made = []
        with self.records.writing() as work:
            for number in range(count):
                two = []
                for role in (Role.MENTOR, Role.MENTEE):
                    who = f"{role.value.title()} {name}{number}"
                    person = work.add(Person(name=who))
                    work.add(
                        Membership(program_id=self.id, person_id=person.id, role=role, since=since)
                    )
                    two.append(person.id)
                    if came:
                        work.add(Account(person_id=person.id, password_hash=new_id()))
                pair = Pair(program_id=self.id, mentor_id=two[0], mentee_id=two[1], started=since)
                made.append(work.add(pair))
        return made

    def sessions(
        self, pairs: Iterable[Pair], *states: SessionState, weeks: float = -1
    ) -> list[Session]:
        """A session for each pair and state, the first ``weeks`` from now, each a day later."""
        made = []
        with self.records.writing() as work:
            for pair in pairs:
                before = work.count(Session, pair_id=pair.id)
                made += [
                    work.add(
                        Session(
                            program_id=self.id,
                            pair_id=pair.id,
                            number=before + place,
                            state=state,
                            starts=NOW + weeks * WEEK + timedelta(days=place),
                            minutes=60,
                        )
                    )
                    for place, state in enumerate(states, start=1)
                ]
        return made


def csv_file(*lines: str) -> bytes:
    """A list of pairs with its header."""
    return "\n".join([",".join(HEADER), *lines]).encode()
