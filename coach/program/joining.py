"""How people come into a program, and into a pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach.domain.program import Membership, Pair, Person, Role
from coach.errors import ConflictError
from coach.policy.standing import in_force
from coach.ports import Ready, Work
from coach.roster.matching import Matched, in_parts

_EACH = ("id", "version")
State = tuple[Mapping[Any, int], ...]


def members(work: Work, program_id: str, today: date, **equal: Any) -> tuple[Membership, ...]:
    """The memberships in force in a program; ``equal`` as in ``Work.find``."""
    found = work.find(Membership, program_id=program_id, **equal)
    return tuple(one for one in found if in_force(one, today))


def join(work: Work, program_id: str, wanted: Iterable[tuple[str, Role]], today: date) -> None:
    """Give people these roles in a program, where they do not have them already."""
    work.add_all(_joining(work, program_id, wanted, today))


def _joining(
    work: Work, program_id: str, wanted: Iterable[tuple[str, Role]], today: date
) -> list[Membership]:
    has = {(one.person_id, one.role) for one in members(work, program_id, today)}
    return [
        Membership(program_id=program_id, person_id=person_id, role=role, since=today)
        for person_id, role in dict.fromkeys(wanted)
        if (person_id, role) not in has
    ]


@dataclass(frozen=True)
class Intake:
    """What an import keeps, sealed already, and the state of the program that it rests on."""

    people: Ready
    memberships: Ready
    pairs: Ready
    known: frozenset[str]
    state: State


def intake(work: Work, program_id: str, matched: Matched, today: date) -> Intake:
    """The new pairs of a list, and the people who are in them."""
    lines = matched.preview.new_pairs
    listed = {one.email: one for line in lines for one in (line.mentor, line.mentee)}
    new = {
        email: Person(name=one.name, email=email)
        for email, one in listed.items()
        if email not in matched.people
    }
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
    known = frozenset(person.id for person in matched.people.values())
    return Intake(
        people=work.made_ready(list(new.values())),
        memberships=work.made_ready(_joining(work, program_id, (*mentors, *mentees), today)),
        pairs=work.made_ready(pairs),
        known=known,
        state=_state(work, program_id, known),
    )


def take_in(work: Work, program_id: str, taken: Intake) -> None:
    """Keep an intake. Raises ``ConflictError`` if what it rests on has changed since."""
    if _state(work, program_id, taken.known) != taken.state:
        raise ConflictError("People or pairs of this program were changed a moment ago.")
    for some in (taken.people, taken.memberships, taken.pairs):
        work.add_all(some)


def _state(work: Work, program_id: str, people: Collection[str]) -> State:
    """Changes with everybody who joins or leaves, every pair, and every one of ``people``."""
    return (
        *(work.tally(kind, _EACH, program_id=program_id) for kind in (Membership, Pair)),
        *(work.tally(Person, _EACH, id=some) for some in in_parts(people)),
    )
