"""How somebody stands to a program, a pair, or a person, by what the records say today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.identity import Actor
from coach.domain.meeting import Commitment, Session
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.policy.table import Action, Standing, allows
from coach.ports import Work

Standings = frozenset[Standing]
#: What somebody can act on.
Thing = Program | Pair | Session | Commitment | Person


def standings(work: Work, actor: Actor, target: Thing, today: date) -> Standings:
    """Everything that ``actor`` is to ``target``; one person can be several things."""
    memberships = work.find(Membership, person_id=actor.person_id)
    if isinstance(target, Person):
        return _to_person(actor, target, memberships, today)
    if isinstance(target, Program):
        return _to_program(target, memberships, today)
    pair = target if isinstance(target, Pair) else work.get(Pair, target.pair_id)
    program = work.get(Program, pair.program_id)
    found = set(_to_program(program, memberships, today))
    if actor.person_id in (pair.mentor_id, pair.mentee_id):
        role = Role.MENTOR if actor.person_id == pair.mentor_id else Role.MENTEE
        mine = [one for one in memberships if (one.role, one.program_id) == (role, program.id)]
        here = any(in_force(one, today) for one in mine)
        found.discard(Standing.MEMBER)
        if here and pair.ended is None and program.ended is None:
            found.add(Standing(role.value))
        # Whoever was deleted has no such membership: what they left is no longer theirs.
        elif mine and still_kept(program, today):
            found.add(Standing.FORMER_PARTNER)
        else:
            found.add(Standing.FORMER)
    return frozenset(found)


@dataclass(frozen=True)
class Reach:
    """What somebody may do to what is their own, and every role that they are in somewhere."""

    actions: frozenset[Action] = frozenset()
    roles: frozenset[Role] = frozenset()


def reach(work: Work, actor: Actor, today: date) -> Reach:
    """How far somebody reaches; nowhere, if nobody knows them."""
    known = work.find(Person, id=actor.person_id)
    if not known:
        return Reach()
    memberships = work.find(Membership, person_id=actor.person_id)
    itself = _to_person(actor, known[0], memberships, today)
    return Reach(
        actions=frozenset(action for action in Action if allows(action, itself)),
        roles=frozenset(one.role for one in memberships if in_force(one, today)),
    )


def in_force(membership: Membership, today: date) -> bool:
    """Whether somebody still is what ``membership`` says."""
    return membership.until is None or membership.until > today


def kept_until(program: Program) -> date | None:
    """The day on which what its pairs wrote is deleted; ``None`` while the program runs."""
    return program.ended + timedelta(days=program.retention_days) if program.ended else None


def still_kept(program: Program, today: date) -> bool:
    """Whether what its pairs wrote is still kept."""
    until = kept_until(program)
    return until is None or today < until


def _to_program(program: Program, memberships: tuple[Membership, ...], today: date) -> Standings:
    here = [one for one in memberships if one.program_id == program.id]
    current = {one.role for one in here if in_force(one, today)}
    found = set()
    if Role.LEAD in current:
        found.add(Standing.LEAD)
    if current - {Role.LEAD}:
        found.add(Standing.MEMBER)
    if here and not current:
        found.add(Standing.FORMER)
    if not here:
        found |= _elsewhere(memberships, today)
    return frozenset(found)


def _to_person(
    actor: Actor, target: Person, memberships: tuple[Membership, ...], today: date
) -> Standings:
    if target.id == actor.person_id:
        leads = any(one.role == Role.LEAD and in_force(one, today) for one in memberships)
        return frozenset({Standing.SELF, Standing.LEAD} if leads else {Standing.SELF})
    return frozenset(_elsewhere(memberships, today))


def _elsewhere(memberships: tuple[Membership, ...], today: date) -> Standings:
    leads = any(one.role == Role.LEAD and in_force(one, today) for one in memberships)
    return frozenset({Standing.LEAD_ELSEWHERE if leads else Standing.STRANGER})
