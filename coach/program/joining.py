"""How people come into a program, and into a pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from coach.domain.program import Membership, Pair, Person, Role
from coach.policy.standing import in_force
from coach.ports import Work
from coach.roster.matching import Matched


def members(work: Work, program_id: str, today: date, **equal: Any) -> tuple[Membership, ...]:
    """The memberships in force in a program; ``equal`` as in ``Work.find``."""
    found = work.find(Membership, program_id=program_id, **equal)
    return tuple(one for one in found if in_force(one, today))


def join(work: Work, program_id: str, wanted: Iterable[tuple[str, Role]], today: date) -> None:
    """Give people these roles in a program, where they do not have them already."""
    has = {(one.person_id, one.role) for one in members(work, program_id, today)}
    work.add_all(
        [
            Membership(program_id=program_id, person_id=person_id, role=role, since=today)
            for person_id, role in dict.fromkeys(wanted)
            if (person_id, role) not in has
        ]
    )


def take_in(work: Work, program_id: str, matched: Matched, today: date) -> None:
    """Keep the new pairs of a list, and the people who are in them."""
    lines = matched.preview.new_pairs
    listed = {one.email: one for line in lines for one in (line.mentor, line.mentee)}
    new = {
        email: Person(name=one.name, email=email)
        for email, one in listed.items()
        if email not in matched.people
    }
    work.add_all(list(new.values()))
    people = {**matched.people, **new}
    pairs = [
        Pair(
            program_id=program_id,
            mentor_id=people[line.mentor.email].id,
            mentee_id=people[line.mentee.email].id,
            mentor_role=line.mentor.role,
            mentee_role=line.mentee.role,
            started=today,
        )
        for line in lines
    ]
    mentors = ((pair.mentor_id, Role.MENTOR) for pair in pairs)
    mentees = ((pair.mentee_id, Role.MENTEE) for pair in pairs)
    join(work, program_id, (*mentors, *mentees), today)
    work.add_all(pairs)
