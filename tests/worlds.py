"""Programs with people in them, for tests of what is kept and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from coach.domain.identity import Actor
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.ports import Records, Work

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
_SINCE = TODAY - timedelta(days=100)


@dataclass(frozen=True)
class Two:
    """A pair and who is in it."""

    pair: Pair
    mentor: Actor
    mentee: Actor


@dataclass(frozen=True)
class World:
    """Two programs; the first has two running pairs and two that ended.

    The people of ``ended`` left the program; those of ``over`` are still in it.
    """

    program: Program
    other_program: Program
    own: Two
    other: Two
    ended: Two
    over: Two
    elsewhere: Two
    lead: Actor
    lead_elsewhere: Actor
    former_lead: Actor


def make_world(records: Records) -> World:
    """Everybody whom the policy tells apart."""
    with records.writing() as work:
        program = work.add(Program(name="Alpha", starts=_SINCE))
        other_program = work.add(Program(name="Beta", starts=_SINCE))
        return World(
            program=program,
            other_program=other_program,
            own=_two(work, program, "Ana", "Tom"),
            other=_two(work, program, "Mia", "George"),
            ended=_two(work, program, "Lucas", "Fatima", ended=TODAY - timedelta(days=3)),
            over=_two(work, program, "Nils", "Rosa", pair_ended=TODAY - timedelta(days=3)),
            elsewhere=_two(work, other_program, "Yusuf", "Helene"),
            lead=_member(work, program, "Ines", Role.LEAD),
            lead_elsewhere=_member(work, other_program, "Omar", Role.LEAD),
            former_lead=_member(work, program, "Pia", Role.LEAD, until=TODAY),
        )


def _two(
    work: Work,
    program: Program,
    mentor: str,
    mentee: str,
    *,
    ended: date | None = None,
    pair_ended: date | None = None,
) -> Two:
    one = _member(work, program, mentor, Role.MENTOR, until=ended)
    other = _member(work, program, mentee, Role.MENTEE, until=ended)
    pair = work.add(
        Pair(
            program_id=program.id,
            mentor_id=one.person_id,
            mentee_id=other.person_id,
            mentor_role="analyst",
            mentee_role="director",
            started=_SINCE,
            ended=ended or pair_ended,
        )
    )
    return Two(pair, one, other)


def _member(
    work: Work, program: Program, name: str, role: Role, *, until: date | None = None
) -> Actor:
    person = work.add(Person(name=name, email=f"{name}@example.org"))
    work.add(
        Membership(program_id=program.id, person_id=person.id, role=role, since=_SINCE, until=until)
    )
    return Actor(person_id=person.id)
