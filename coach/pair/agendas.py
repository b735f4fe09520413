"""The shared agenda of a session, with all its versions."""

from __future__ import annotations

from contextlib import suppress

from coach.domain.agenda import Agenda
from coach.domain.identity import Actor
from coach.domain.meeting import AgendaVersion, Session
from coach.errors import ConflictError
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work


class Agendas(Capability):
    """What the two plan for a session, once one of them has shared it."""

    def share(self, actor: Actor, session_id: str, agenda: Agenda, *, after: int) -> AgendaVersion:
        """Save ``agenda`` as the version that follows number ``after`` (0 for the first).

        What is for one pair of eyes stays out of it: the worry, and advice on it. Raises
        ``ConflictError`` with the newest version if the other saved one meanwhile. A session that
        has no topic takes the agenda's.
        """
        with self._writing(actor, Action.EDIT_AGENDA, Session, session_id) as (work, session):
            newest = newest_version(work, session_id)
            if (newest.number if newest else 0) != after:
                raise ConflictError(_MEANWHILE, newest)
            version = work.add(
                AgendaVersion(
                    program_id=session.program_id,
                    pair_id=session.pair_id,
                    session_id=session_id,
                    number=after + 1,
                    by_id=actor.person_id,
                    saved=self._now(),
                    agenda=shareable(agenda),
                )
            )
            if not session.topic:
                change = {"topic": agenda.brief.topic, "sequence": session.sequence + 1}
                # Whoever changed the session in this moment has said what it is about.
                with suppress(ConflictError):
                    work.save(session.but(**change))
            return version

    def newest(self, actor: Actor, session_id: str) -> AgendaVersion | None:
        """The newest version, or ``None`` if none was shared."""
        with self._reading(actor, Action.SEE_PAIR, Session, session_id) as (work, _):
            return newest_version(work, session_id)

    def versions(self, actor: Actor, session_id: str) -> tuple[AgendaVersion, ...]:
        """Every version, newest first."""
        with self._reading(actor, Action.SEE_PAIR, Session, session_id) as (work, _):
            return work.find(AgendaVersion, session_id=session_id, order="-number")


_MEANWHILE = (
    "Your partner saved another version of this agenda meanwhile. Both are kept: yours here, "
    "theirs beside it. Compare them, then save yours on top, or take theirs."
)


def newest_version(work: Work, session_id: str) -> AgendaVersion | None:
    """The newest shared agenda of a session."""
    found = work.find(AgendaVersion, session_id=session_id, order="-number", limit=1)
    return found[0] if found else None


def shareable(agenda: Agenda) -> Agenda:
    """``agenda`` without what only its author should see."""
    brief = agenda.brief.model_copy(update={"worry": "", "participants": ()})
    return agenda.model_copy(update={"brief": brief, "worry_advice": None})
