"""How somebody stands to a program, a pair, or a person, by what the records say today."""

from __future__ import annotations

from datetime import date

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
        here = any(
            one.role == role and one.program_id == program.id and in_force(one, today)
            for one in memberships
        )
        running = here and pair.ended is None and program.ended is None
        found.discard(Standing.MEMBER)
        found.add(Standing(role.value) if running else Standing.FORMER)
    return frozenset(found)


def permitted(work: Work, actor: Actor, action: Action, target: Thing | None, today: date) -> bool:
    """Whether the policy allows ``action`` on ``target``, or on the actor without one."""
    person = work.find(Person, id=actor.person_id)
    thing = target or next(iter(person), None)
    return thing is not None and allows(action, standings(work, actor, thing, today))


def in_force(membership: Membership, today: date) -> bool:
    """Whether somebody still is what ``membership`` says."""
    return membership.until is None or membership.until > today


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
