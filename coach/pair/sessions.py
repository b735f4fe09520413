"""Planning, moving, holding and cancelling a pair's sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.brief import MIN_MINUTES, Setting
from coach.domain.identity import Actor, AuditLine
from coach.domain.meeting import Session, SessionState
from coach.domain.program import Pair, Program
from coach.errors import ProgramError
from coach.pair.current import agreement_in_force, cancelled_last, sessions_of
from coach.pair.rhythm import FURTHEST, planned_dates
from coach.policy.acting import Capability
from coach.policy.deeds import HELD, NOT_HELD
from coach.policy.table import Action
from coach.ports import Work

#: A session this far back can still be written down; before it, the year is a slip.
_OLDEST = timedelta(days=400)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rescue:
    """What is offered before a session is cancelled.

    ``short`` is the session's own time with a quarter of an hour; ``instead`` the same time a
    week on; ``in_a_row`` counts the cancelled ones that there would be one after the other, with
    this one.
    """

    session: Session
    short_minutes: int
    instead: datetime
    why_it_matters: str
    in_a_row: int
    #: The library's card behind these lines.
    card: str

    @property
    def talk_about_rhythm(self) -> bool:
        """Whether the one before it was cancelled too."""
        return self.in_a_row > 1


class Sessions(Capability):
    """The sessions of a pair. Either of the two may change them; a change names its version."""

    def plan(
        self,
        actor: Actor,
        pair_id: str,
        first: datetime,
        *,
        zone: str = "UTC",
        count: int = 1,
        minutes: int | None = None,
        topic: str = "",
        setting: Setting = Setting.IN_PERSON,
    ) -> tuple[Session, ...]:
        """Plan ``count`` sessions from ``first`` on, in the agreed rhythm.

        Minutes are the agreement's, or the program's. Raises ``ProgramError`` for a time that is
        a slip, or more sessions than the program plans.
        """
        _sensible(first, self._now())
        with self._writing(actor, Action.PLAN_SESSIONS, Pair, pair_id) as (work, pair):
            program = work.get(Program, pair.program_id)
            terms = agreement_in_force(work, pair_id) or program
            length = terms.minutes if hasattr(terms, "minutes") else program.session_minutes
            before = sessions_of(work, pair_id)
            alive = sum(one.state is not SessionState.CANCELLED for one in before)
            room = program.planned_sessions - alive
            if count > room:
                raise ProgramError(_too_many(program.planned_sessions, alive, room))
            after = max((one.number for one in before), default=0)
            dates = planned_dates(first, zone, count, terms.cadence_weeks, now=self._now())
            return tuple(
                work.add(
                    Session(
                        program_id=pair.program_id,
                        pair_id=pair_id,
                        number=after + place,
                        starts=starts,
                        zone=zone,
                        minutes=minutes or length,
                        topic=topic if place == 1 else "",
                        setting=setting,
                    )
                )
                for place, starts in enumerate(dates, start=1)
            )

    def move(
        self,
        actor: Actor,
        session_id: str,
        version: int,
        starts: datetime,
        *,
        minutes: int | None = None,
        zone: str | None = None,
    ) -> Session:
        """Another time or length; one that was cancelled is planned again."""
        _sensible(starts, self._now())
        with self._writing(actor, Action.PLAN_SESSIONS, Session, session_id) as (work, session):
            _not_held(session)
            return work.save(
                session.but(
                    version=version,
                    starts=starts,
                    zone=zone or session.zone,
                    minutes=minutes or session.minutes,
                    state=SessionState.PLANNED,
                    reason="",
                    sequence=session.sequence + 1,
                )
            )

    def describe(
        self, actor: Actor, session_id: str, version: int, *, topic: str, setting: Setting
    ) -> Session:
        """What a session is about, and where."""
        with self._writing(actor, Action.PLAN_SESSIONS, Session, session_id) as (work, session):
            change = {"topic": topic, "setting": setting, "sequence": session.sequence + 1}
            return work.save(session.but(version=version, **change))

    def hold(
        self,
        actor: Actor,
        session_id: str,
        version: int,
        *,
        mentor_taught: bool,
        mentee_taught: bool,
    ) -> Session:
        """Write down that a session took place, and who taught the other something."""
        with self._writing(actor, HELD, Session, session_id) as (work, session):
            if session.starts > self._now() + _A_DAY:
                raise ProgramError(
                    "This session lies more than a day ahead. Move it to when it took place, then "
                    "write down that it was held."
                )
            taught = {"mentor_taught": mentor_taught, "mentee_taught": mentee_taught}
            return work.save(session.but(version=version, state=SessionState.HELD, **taught))

    def not_held(self, actor: Actor, session_id: str, version: int) -> Session:
        """Take back, for a day, that a session took place; for the one who wrote it down.

        Raises ``ProgramError`` later, and for the other one.
        """
        with self._writing(actor, NOT_HELD, Session, session_id) as (work, session):
            mine = {"actor_id": actor.person_id, "object_id": session.id, "action": HELD.words}
            written = work.find(AuditLine, order="-at", limit=1, **mine)
            held = session.state is SessionState.HELD
            if not held or not written or self._now() - written[0].at > _A_DAY:
                raise ProgramError(
                    "Only who wrote down that this session took place can take it back, and only "
                    "within a day. Say in your notes what was different."
                )
            nothing = {"mentor_taught": False, "mentee_taught": False}
            return work.save(session.but(version=version, state=SessionState.PLANNED, **nothing))

    def before_cancelling(self, actor: Actor, session_id: str) -> Rescue:
        """What could be done instead of cancelling."""
        with self._reading(actor, Action.PLAN_SESSIONS, Session, session_id) as (work, session):
            in_a_row = 1 + _cancelled_before(work, session)
            return Rescue(
                session=session,
                short_minutes=MIN_MINUTES,
                instead=_a_week_on(session, self._now()),
                why_it_matters=_AGAIN.format(in_a_row) if in_a_row > 1 else _WHY,
                in_a_row=in_a_row,
                card="rhythm-and-cancelling",
            )

    def cancel(self, actor: Actor, session_id: str, version: int, reason: str = "") -> Session:
        """Cancel a session; its calendar entry is taken back by the next calendar file."""
        with self._writing(actor, Action.PLAN_SESSIONS, Session, session_id) as (work, session):
            _not_held(session)
            return work.save(
                session.but(
                    version=version,
                    state=SessionState.CANCELLED,
                    reason=reason,
                    sequence=session.sequence + 1,
                )
            )

    def all_of(self, actor: Actor, pair_id: str) -> tuple[Session, ...]:
        """Every session of a pair, by number."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, _):
            return sessions_of(work, pair_id)


_WHY = (
    "Pairs seldom end with a decision; they end with a session that was cancelled and never set "
    "anew. A quarter of an hour keeps the thread."
)
_AGAIN = (
    "With this one, {} sessions in a row would be cancelled. The time that you chose may not suit "
    "your weeks: say so to each other, and choose another rhythm."
)


def _cancelled_before(work: Work, session: Session) -> int:
    earlier = [one for one in sessions_of(work, session.pair_id) if one.starts < session.starts]
    return cancelled_last(earlier)


def _a_week_on(session: Session, now: datetime) -> datetime:
    return planned_dates(session.starts, session.zone, 2, 1, now=now)[1]


def _not_held(session: Session) -> None:
    if session.state is SessionState.HELD:
        raise ProgramError("This session was held; it can no longer be changed.")


def _sensible(starts: datetime, now: datetime) -> None:
    if starts.tzinfo is None:
        raise ProgramError("The time of a session needs a time zone.")
    if not now - _OLDEST < starts < now + FURTHEST:
        raise ProgramError(
            f"{starts:%d %B %Y} is too far from today. Choose a day within the last year or the "
            "next five."
        )


def _too_many(planned: int, alive: int, room: int) -> str:
    if room <= 0:
        return (
            f"All {planned} sessions of this program are planned or held. Move one of them, or ask "
            "your program's lead to plan more."
        )
    return f"The program plans {planned} sessions, and you have {alive}: plan at most {room} more."
