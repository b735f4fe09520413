"""The pair's home: all that the two of them share, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from coach.domain.agreement import Agreement
from coach.domain.brief import stage_of
from coach.domain.guidance import Stage
from coach.domain.identity import Actor
from coach.domain.meeting import AgendaVersion, Commitment, Session, SessionState
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.receiver import ReceiverCard
from coach.pair.agendas import newest_version
from coach.pair.commitments import carried_over, open_commitments
from coach.pair.current import (
    agreement_in_force,
    newest_agreement,
    newest_card,
    next_session,
    sessions_of,
)
from coach.pair.nudges import Nudge, nudges
from coach.pair.pulses import pulse_due
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work


@dataclass(frozen=True)
class PairHome:
    """What one of the two sees on opening the pair's home.

    ``carried`` are the promises that the next agenda takes up; ``place`` counts the next session
    among those that take place, from 1.
    """

    program: Program
    pair: Pair
    me: Person
    partner: Person
    my_role: Role
    sessions: tuple[Session, ...]
    next: Session | None
    place: int
    stage: Stage
    agenda: AgendaVersion | None
    promises: tuple[Commitment, ...]
    carried: tuple[Commitment, ...]
    agreement: Agreement | None
    in_force: Agreement | None
    partners_card: ReceiverCard | None
    pulse: Session | None
    nudges: tuple[Nudge, ...]


@dataclass(frozen=True)
class MyPair:
    """A pair in which somebody is, for a menu."""

    pair: Pair
    program: Program
    partner: Person
    my_role: Role


class Home(Capability):
    """What a pair's own pages open with."""

    def open(self, actor: Actor, pair_id: str) -> PairHome:
        """The home of a pair."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, pair):
            return self._home(work, pair, actor)

    def mine(self, actor: Actor) -> tuple[MyPair, ...]:
        """The running pairs that I am in."""
        with self._reading(actor, Action.SEE_OWN, Person, actor.person_id) as (work, _):
            found = []
            mine = work.find(Pair, ended=None, mentor_id=actor.person_id)
            mine += work.find(Pair, ended=None, mentee_id=actor.person_id)
            for pair in mine:
                role = Role.MENTOR if pair.mentor_id == actor.person_id else Role.MENTEE
                program = work.get(Program, pair.program_id)
                if program.ended is None and self._still(work, actor, pair, role):
                    partner = work.get(Person, pair.partner(actor.person_id))
                    found.append(MyPair(pair, program, partner, role))
            return tuple(found)

    def _still(self, work: Work, actor: Actor, pair: Pair, role: Role) -> bool:
        here = work.find(
            Membership, person_id=actor.person_id, program_id=pair.program_id, role=role
        )
        return any(one.until is None or one.until > self._today() for one in here)

    def _home(self, work: Work, pair: Pair, actor: Actor) -> PairHome:
        people = {one.id: one for one in work.find(Person, id=(pair.mentor_id, pair.mentee_id))}
        program = work.get(Program, pair.program_id)
        sessions = sessions_of(work, pair.id)
        upcoming = next_session(sessions, self._now())
        promises = open_commitments(work, pair.id)
        agreement = newest_agreement(work, pair.id)
        signed = agreement is not None and agreement.in_force
        in_force = agreement if signed else agreement_in_force(work, pair.id)
        partner = people[pair.partner(actor.person_id)]
        card = newest_card(work, partner.id)
        held = sum(one.state is SessionState.HELD for one in sessions)
        names = (people[pair.mentor_id].name, people[pair.mentee_id].name)
        return PairHome(
            program=program,
            pair=pair,
            me=people[actor.person_id],
            partner=partner,
            my_role=Role.MENTOR if actor.person_id == pair.mentor_id else Role.MENTEE,
            sessions=sessions,
            next=upcoming,
            place=min(held + 1, program.planned_sessions),
            stage=stage_of(min(held + 1, program.planned_sessions), program.planned_sessions),
            agenda=newest_version(work, upcoming.id) if upcoming else None,
            promises=promises,
            carried=carried_over(promises),
            agreement=agreement,
            in_force=in_force,
            partners_card=card if card and card.in_force else None,
            pulse=pulse_due(work, pair, actor, sessions),
            nudges=nudges(sessions, in_force, self._today(), *names),
        )
