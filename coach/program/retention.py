"""What is deleted when a program has been over for long enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coach.domain.agreement import Agreement
from coach.domain.kept_reflection import Reflection
from coach.domain.kept_themes import KeptRelease, KeptStatement
from coach.domain.learned import Learned
from coach.domain.meeting import AgendaVersion, Commitment, Preparation, Pulse, Session
from coach.domain.program import Program
from coach.domain.records import Record
from coach.policy.standing import still_kept
from coach.ports import Records, Work

#: What the two wrote, as people call it; the numbers of sessions held and cancelled stay.
_CONTENT: Mapping[str, type[Record]] = {
    "versions of agendas": AgendaVersion,
    "promises": Commitment,
    "private preparations": Preparation,
    "answers to the two questions": Pulse,
    "agreements": Agreement,
    "reflections": Reflection,
    "versions of what was learned": Learned,
    "statements of the themes": KeptStatement,
    "releases of the themes": KeptRelease,
}
_OF_SESSIONS = "subjects and reasons of sessions"


@dataclass(frozen=True)
class Expired:
    """How many programs held something past their retention, and how much of each kind."""

    programs: int
    counts: Mapping[str, int]


def delete_expired(records: Records, today: date, *, dry_run: bool = False) -> Expired:
    """Delete the content of programs past their retention; gives what there was.

    A ``dry_run`` only counts. Runs when the pages start, and by ``coach db tidy``; a second run
    finds nothing.
    """
    with records.reading() as work:
        due = [one.id for one in work.find(Program) if not still_kept(one, today)]
        found = {ident: _content(work, ident) for ident in due}
    full = {ident: content for ident, content in found.items() if content.total()}
    if not dry_run:
        for ident in full:
            with records.writing() as work:
                _delete(work, ident)
    return Expired(len(full), sum(full.values(), Counter[str]()))


def _content(work: Work, program_id: str) -> Counter[str]:
    counts = {name: work.count(kind, program_id=program_id) for name, kind in _CONTENT.items()}
    return Counter({**counts, _OF_SESSIONS: len(_sessions(work, program_id))})


def _delete(work: Work, program_id: str) -> None:
    for kind in _CONTENT.values():
        work.remove(kind, program_id=program_id)
    for session in _sessions(work, program_id):
        work.save(session.but(topic="", reason=""))


def _sessions(work: Work, program_id: str) -> list[Session]:
    found = work.find(Session, program_id=program_id)
    return [session for session in found if session.topic or session.reason]
