"""A pair that is over, for its two to read: what happened, and what is still theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.domain.agreement import Agreement
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection
from coach.domain.meeting import AgendaVersion, Commitment, Preparation, Pulse, Session
from coach.domain.program import GONE, Membership, Pair, Person, Program, Role
from coach.pair.agendas import newest_version
from coach.pair.current import agreement_in_force, newest_agreement, sessions_of
from coach.policy.acting import Capability
from coach.policy.standing import kept_until
from coach.policy.table import Action
from coach.ports import Work


class Ending(StrEnum):
    """Why a pair is over."""

    PROGRAM_OVER = "the program ended"
    PARTNER_DELETED = "the partner deleted themselves"
    PARTNER_LEFT = "the partner left the program"
    I_LEFT = "I left the program"
    ENDED = "a lead ended the pair"


@dataclass(frozen=True)
class FormerPair:
    """What one of the two still reads of a pair that is over.

    ``agendas`` has the newest shared one of each session, by the session's identifier.
    ``preparations``, ``pulses`` and ``reflections`` are one's own. All of it is deleted on
    ``kept_until``, which is ``None`` while the program runs.
    """

    program: Program
    pair: Pair
    me: Person
    partner: Person
    my_role: Role
    why: Ending
    on: date | None
    kept_until: date | None
    sessions: tuple[Session, ...]
    agendas: dict[str, AgendaVersion]
    agreement: Agreement | None
    promises: tuple[Commitment, ...]
    preparations: tuple[Preparation, ...]
    pulses: tuple[Pulse, ...]
    reflections: tuple[Reflection, ...]


class Former(Capability):
    """Pairs that are over. There is nothing to change in them."""

    def open(self, actor: Actor, pair_id: str) -> FormerPair:
        """What I still read of a pair that I was in, until its program's retention ends."""
        with self._reading(actor, Action.SEE_FORMER_PAIR, Pair, pair_id) as (work, pair):
            program = work.get(Program, pair.program_id)
            me = work.get(Person, actor.person_id)
            partner = work.get(Person, pair.partner(actor.person_id))
            why, on = _ending(work, program, pair, partner)
            sessions = sessions_of(work, pair.id)
            newest = {one.id: newest_version(work, one.id) for one in sessions}
            return FormerPair(
                program=program,
                pair=pair,
                me=me,
                partner=partner,
                my_role=Role.MENTOR if me.id == pair.mentor_id else Role.MENTEE,
                why=why,
                on=on,
                kept_until=kept_until(program),
                sessions=sessions,
                agendas={ident: one for ident, one in newest.items() if one},
                agreement=agreement_in_force(work, pair.id) or newest_agreement(work, pair.id),
                promises=work.find(Commitment, pair_id=pair.id, order="made"),
                preparations=work.find(Preparation, pair_id=pair.id, person_id=me.id),
                pulses=work.find(Pulse, pair_id=pair.id, person_id=me.id),
                reflections=work.find(Reflection, pair_id=pair.id, person_id=me.id),
            )


def _ending(
    work: Work, program: Program, pair: Pair, partner: Person
) -> tuple[Ending, date | None]:
    """What ended the pair, and when; what its records do not tell, a lead did."""
    on = pair.ended or program.ended
    if partner.name == GONE:
        return Ending.PARTNER_DELETED, on
    if program.ended is not None and on == program.ended:
        return Ending.PROGRAM_OVER, on
    for person_id in (pair.partner(partner.id), partner.id):
        role = Role.MENTOR if person_id == pair.mentor_id else Role.MENTEE
        left = _left(work, program.id, person_id, role)
        if left is not None and (on is None or left == on):
            return (Ending.PARTNER_LEFT if person_id == partner.id else Ending.I_LEFT), left
    return Ending.ENDED, on


def _left(work: Work, program_id: str, person_id: str, role: Role) -> date | None:
    """When somebody left a program for good in this role; ``None`` if they are still in it."""
    theirs = work.find(Membership, program_id=program_id, person_id=person_id, role=role)
    days = [one.until for one in theirs]
    return None if None in days else max((day for day in days if day), default=None)
