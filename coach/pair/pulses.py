"""Two short questions after some sessions, for the one who answers."""

from __future__ import annotations

from coach.domain.identity import Actor
from coach.domain.meeting import Pulse, Session, SessionState
from coach.domain.program import Pair, Program
from coach.pair.current import sessions_of
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work

QUESTIONS = (
    "How much was the time worth to you?",
    "How freely could you say what you really thought?",
)


class Pulses(Capability):
    """Answers after the first, the third and the middle session."""

    def due(self, actor: Actor, pair_id: str) -> Session | None:
        """The newest held session that asks for a pulse which I have not given."""
        with self._reading(actor, Action.ANSWER_PULSE, Pair, pair_id) as (work, pair):
            return pulse_due(work, pair, actor, sessions_of(work, pair_id))

    def answer(
        self,
        actor: Actor,
        session_id: str,
        worthwhile: int,
        could_speak: int,
        *,
        note: str = "",
        shared: bool = False,
    ) -> Pulse:
        """Give the two answers, 1 to 5; giving them again replaces them."""
        with self._writing(actor, Action.ANSWER_PULSE, Session, session_id) as (work, session):
            before = work.find(Pulse, session_id=session_id, person_id=actor.person_id)
            pulse = Pulse(
                program_id=session.program_id,
                pair_id=session.pair_id,
                session_id=session_id,
                person_id=actor.person_id,
                worthwhile=worthwhile,
                could_speak=could_speak,
                note=note,
                shared=shared,
            )
            if not before:
                return work.add(pulse)
            return work.save(pulse.but(id=before[0].id, version=before[0].version))

    def mine(self, actor: Actor, pair_id: str) -> tuple[Pulse, ...]:
        """What I answered so far."""
        with self._reading(actor, Action.ANSWER_PULSE, Pair, pair_id) as (work, _):
            return work.find(Pulse, pair_id=pair_id, person_id=actor.person_id)

    def shared_with_me(self, actor: Actor, pair_id: str) -> tuple[Pulse, ...]:
        """What the other chose to share."""
        with self._reading(actor, Action.ANSWER_PULSE, Pair, pair_id) as (work, pair):
            other = pair.partner(actor.person_id)
            return work.find(Pulse, pair_id=pair_id, person_id=other, shared=True)


def asks_for_pulse(number: int, planned: int) -> bool:
    """Whether the held session with this count, from 1, is followed by a pulse."""
    return number in {1, 3, (planned + 1) // 2}


def pulse_due(
    work: Work, pair: Pair, actor: Actor, sessions: tuple[Session, ...]
) -> Session | None:
    """The newest held session that asks ``actor`` for a pulse not yet given."""
    planned = work.get(Program, pair.program_id).planned_sessions
    held = [one for one in sessions if one.state is SessionState.HELD]
    asked = [one for place, one in enumerate(held, start=1) if asks_for_pulse(place, planned)]
    if not asked:
        return None
    given = work.find(Pulse, pair_id=pair.id, person_id=actor.person_id)
    answered = {pulse.session_id for pulse in given}
    return asked[-1] if asked[-1].id not in answered else None
