"""Who is in a program, and who meets whom: what its lead sees of them, and nothing more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from coach.domain.program import Membership, Pair, Role
from coach.policy.standing import in_force
from coach.ports import Work
from coach.roster.matching import people_by_id


@dataclass(frozen=True)
class Participant:
    """Somebody in a program; ``pairs`` counts those of theirs that run."""

    person_id: str
    name: str
    email: str
    roles: frozenset[Role]
    pairs: int


@dataclass(frozen=True)
class Paired:
    """A pair by the names and job titles of its two."""

    pair: Pair
    mentor: str
    mentee: str


def participants(work: Work, program_id: str, today: date) -> tuple[Participant, ...]:
    """Everyone in the program, by name."""
    roles: dict[str, set[Role]] = {}
    for one in work.find(Membership, program_id=program_id):
        if in_force(one, today):
            roles.setdefault(one.person_id, set()).add(one.role)
    pairs = Counter(
        one
        for pair in work.find(Pair, program_id=program_id, ended=None)
        for one in (pair.mentor_id, pair.mentee_id)
    )
    people = people_by_id(work, roles).values()
    return tuple(
        Participant(one.id, one.name, one.email, frozenset(roles[one.id]), pairs[one.id])
        for one in sorted(people, key=lambda one: (one.name.casefold(), one.id))
    )


def paired(work: Work, program_id: str) -> tuple[Paired, ...]:
    """Every pair of the program: those that run by name, then those that ended, newest first."""
    pairs = work.find(Pair, program_id=program_id)
    names = people_by_id(work, (one for pair in pairs for one in (pair.mentor_id, pair.mentee_id)))
    found = [Paired(one, names[one.mentor_id].name, names[one.mentee_id].name) for one in pairs]
    running = [one for one in found if one.pair.ended is None]
    over = [(one.pair.ended, one) for one in found if one.pair.ended]
    running.sort(key=lambda one: (one.mentor.casefold(), one.mentee.casefold(), one.pair.id))
    over.sort(key=lambda two: (two[0], two[1].pair.id), reverse=True)
    return (*running, *(one for _, one in over))
