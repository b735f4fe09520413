"""The people of personal programs: whoever uses such a workspace may act as each of them."""

from __future__ import annotations

from coach.domain.program import Membership, Person, Program
from coach.ports import Records

#: As many as a person can choose from.
_MOST = 200


def cast(records: Records) -> tuple[Person, ...]:
    """Everybody in a personal program, by name."""
    with records.reading() as work:
        programs = [program.id for program in work.find(Program, personal=True)]
        members = {one.person_id for one in work.find(Membership, program_id=programs)}
        found = work.find(Person, id=tuple(members), limit=_MOST)
    return tuple(sorted(found, key=lambda person: person.name.casefold()))


def is_in_cast(records: Records, person_id: str) -> bool:
    """Whether somebody is in a personal program."""
    with records.reading() as work:
        programs = {one.program_id for one in work.find(Membership, person_id=person_id)}
        return bool(programs) and work.count(Program, id=tuple(programs), personal=True) > 0
