"""The pair's home: all that the two of them share, read at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach.domain.agreement import Agreement
from coach.domain.brief import stage_of
from coach.domain.guidance import Stage
from coach.domain.identity import Actor
from coach.domain.meeting import AgendaVersion, Commitment, Session
from coach.domain.places import places
from coach.domain.program import Pair, Person, Program, Role
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
from coach.policy.standing import standings
from coach.policy.table import Action, allows
from coach.ports import Work


@dataclass(frozen=True)
class PairHome:
    """What one of the two sees on opening the pair's home.

    ``carried`` are the promises that the next agenda takes up; ``places`` the numbers that people
    read, by a session's identifier, and ``place`` the one of the next session, planned or not.
    """

    program: Program
    pair: Pair
    me: Person
    partner: Person
    my_role: Role
    sessions: tuple[Session, ...]
    next: Session | None
    places: Mapping[str, int]
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


@dataclass(frozen=True)
class MyPairs:
    """The pairs that I am in, and those that are over and that I still may read, newest first."""

    running: tuple[MyPair, ...]
    over: tuple[MyPair, ...]


class Home(Capability):
    """What a pair's own pages open with."""

    def open(self, actor: Actor, pair_id: str) -> PairHome:
        """The home of a pair."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, pair):
            return self._home(work, pair, actor)

    def mine(self, actor: Actor) -> tuple[MyPair, ...]:
        """The running pairs that I am in."""
        return self.menu(actor).running

    def menu(self, actor: Actor) -> MyPairs:
        """Every pair of mine that I may open."""
        running, over = [], []
        with self._reading(actor, Action.SEE_OWN, Person, actor.person_id) as (work, me):
            mine = work.find(Pair, mentor_id=me.id) + work.find(Pair, mentee_id=me.id)
            for pair in mine:
                stands = standings(work, actor, pair, self._today())
                if allows(Action.SEE_PAIR, stands):
                    running.append(_named(work, pair, me))
                elif allows(Action.SEE_FORMER_PAIR, stands):
                    over.append(_named(work, pair, me))
        over.sort(key=lambda one: (one.pair.ended or one.pair.started, one.pair.id), reverse=True)
        return MyPairs(tuple(running), tuple(over))

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
        numbered = places(sessions)
        coming = numbered[upcoming.id] if upcoming else len(numbered) + 1
        place = min(coming, program.planned_sessions)
        names = (people[pair.mentor_id].name, people[pair.mentee_id].name)
        return PairHome(
            program=program,
            pair=pair,
            me=people[actor.person_id],
            partner=partner,
            my_role=Role.MENTOR if actor.person_id == pair.mentor_id else Role.MENTEE,
            sessions=sessions,
            next=upcoming,
            places=numbered,
            place=place,
            stage=stage_of(place, program.planned_sessions),
            agenda=newest_version(work, upcoming.id) if upcoming else None,
            promises=promises,
            carried=carried_over(promises, upcoming.starts.date() if upcoming else self._today()),
            agreement=agreement,
            in_force=in_force,
            partners_card=card if card and card.in_force else None,
            pulse=pulse_due(work, pair, actor, sessions),
            nudges=nudges(sessions, in_force, self._today(), *names),
        )


def _named(work: Work, pair: Pair, me: Person) -> MyPair:
    role = Role.MENTOR if pair.mentor_id == me.id else Role.MENTEE
    program = work.get(Program, pair.program_id)
    return MyPair(pair, program, work.get(Person, pair.partner(me.id)), role)
