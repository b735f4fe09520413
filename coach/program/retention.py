"""What is deleted when a program has been over for long enough."""

from __future__ import annotations

from datetime import date, timedelta

from coach.domain.agreement import Agreement
from coach.domain.meeting import AgendaVersion, Commitment, Preparation, Pulse, Session
from coach.domain.program import Program
from coach.domain.records import Record
from coach.ports import Records

#: What the two wrote; the numbers of sessions held and cancelled stay.
_CONTENT: tuple[type[Record], ...] = (AgendaVersion, Commitment, Preparation, Pulse, Agreement)


def delete_expired(records: Records, today: date) -> tuple[str, ...]:
    """Delete the content of programs past their retention; gives those programs' identifiers.

    Runs when the pages start, and daily by ``coach db tidy``; a second run changes nothing.
    """
    with records.reading() as work:
        ended = [program for program in work.find(Program) if program.ended is not None]
    done = []
    for program in ended:
        if program.ended and program.ended + timedelta(days=program.retention_days) <= today:
            with records.writing() as work:
                for kind in _CONTENT:
                    work.remove(kind, program_id=program.id)
                for session in work.find(Session, program_id=program.id):
                    if session.topic or session.reason:
                        work.save(session.but(topic="", reason=""))
            done.append(program.id)
    return tuple(done)
