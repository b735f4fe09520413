"""The workspace of one person on their own computer, without a sign-in."""

from __future__ import annotations

from contextlib import suppress

from coach.domain.identity import Actor
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.errors import ConflictError
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.deeds import PAIRED
from coach.ports import Records, Work

#: Always the same, so that two pages opened at once do not make two of them.
LOCAL = Actor(person_id="0" * 31 + "1")
PROGRAM_ID = "0" * 31 + "2"
_LEADS = "0" * 31 + "3"
#: The name until they give their own.
YOU = "You"


def local_person(records: Records, now: Clock = utc_now) -> Actor:
    """Whoever sits at this computer; made on first use.

    They lead a personal program, so that everything can be done without anybody else.
    """
    with records.reading() as work:
        leads = work.find(Membership, id=_LEADS)
        if leads and leads[0].until is None:
            return LOCAL
    today = now().date()
    with suppress(ConflictError), records.writing() as work:
        if leads:
            # Whoever deleted themselves on this computer begins anew.
            work.save(work.get(Person, LOCAL.person_id).but(name=YOU))
            work.save(leads[0].but(until=None))
            return LOCAL
        work.add(Person(id=LOCAL.person_id, name=YOU))
        work.add(Program(id=PROGRAM_ID, name="My reverse mentoring", starts=today, personal=True))
        work.add(
            Membership(
                id=_LEADS,
                program_id=PROGRAM_ID,
                person_id=LOCAL.person_id,
                role=Role.LEAD,
                since=today,
            )
        )
    return LOCAL


class Personal(Capability):
    """What only a personal workspace does."""

    def begin_pair(self, actor: Actor, *, my_name: str, partner: str, my_role: Role) -> Pair:
        """Begin a pair of mine with somebody who is not on this computer.

        Raises ``ProgramError`` for a name that is empty or too long.
        """
        with self._writing(actor, PAIRED, Program, PROGRAM_ID) as (work, program):
            me = work.get(Person, actor.person_id).but(name=my_name)
            other = Person(name=partner, zone=me.zone)
            work.save(me)
            work.add(other)
            mentor, mentee = (me, other) if my_role is Role.MENTOR else (other, me)
            for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
                self._join(work, program, person, role)
            return work.add(
                Pair(
                    program_id=program.id,
                    mentor_id=mentor.id,
                    mentee_id=mentee.id,
                    started=self._today(),
                )
            )

    def _join(self, work: Work, program: Program, person: Person, role: Role) -> None:
        already = work.find(
            Membership, program_id=program.id, person_id=person.id, role=role, until=None
        )
        if not already:
            work.add(
                Membership(
                    program_id=program.id, person_id=person.id, role=role, since=self._today()
                )
            )
