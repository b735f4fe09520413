"""Programs: created, changed and ended by their lead; their terms seen by everyone in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from coach.domain.brief import MAX_MINUTES, MAX_SESSIONS, MIN_MINUTES
from coach.domain.identity import Actor
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.records import MAX_LINE, MAX_TEXT
from coach.errors import ProgramError
from coach.pair.conduct import default_conduct
from coach.policy.acting import Capability
from coach.policy.deeds import CHANGED_TERMS, ENDED_PROGRAM
from coach.policy.standing import in_force
from coach.policy.table import Action
from coach.program.ending import end_pair

#: A start further away than this is a slip of the year.
_FURTHEST = timedelta(days=5 * 365)
_MAX_LINES = 20


@dataclass(frozen=True)
class OwnProgram:
    """A program that somebody is in, and what they are there."""

    program: Program
    roles: frozenset[Role]


class Programs(Capability):
    """Programs and their terms."""

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Program:
        """A program of these values, by field, led by ``actor``. Raises ``ProgramError``."""
        program = _changed(None, values, self._today())
        with self._writing(actor, Action.CREATE_PROGRAM, Person, actor.person_id) as (work, me):
            kept = work.add(program)
            work.add(
                Membership(program_id=kept.id, person_id=me.id, role=Role.LEAD, since=self._today())
            )
            return kept

    def edit(
        self, actor: Actor, program_id: str, version: int, values: Mapping[str, Any]
    ) -> Program:
        """Change these fields of the version that was seen.

        Raises ``ProgramError``, and ``ConflictError`` if somebody changed it meanwhile.
        """
        with self._writing(actor, CHANGED_TERMS, Program, program_id) as (work, program):
            return work.save(_changed(program, values, self._today()).but(version=version))

    def end(self, actor: Actor, program_id: str) -> Program:
        """End a program: its pairs end, their open sessions are cancelled, its retention begins.

        Ending it again changes nothing.
        """
        with self._writing(actor, ENDED_PROGRAM, Program, program_id) as (work, program):
            if program.ended is not None:
                return program
            for pair in work.find(Pair, program_id=program.id, ended=None):
                end_pair(work, pair, self._today())
            return work.save(program.but(ended=self._today()))

    def mine(self, actor: Actor) -> tuple[OwnProgram, ...]:
        """The programs that I am in, those that run first, then by their start."""
        with self._reading(actor, Action.SEE_OWN, Person, actor.person_id) as (work, me):
            roles: dict[str, set[Role]] = {}
            for one in work.find(Membership, person_id=me.id):
                if in_force(one, self._today()):
                    roles.setdefault(one.program_id, set()).add(one.role)
            found = work.find(Program, id=list(roles))
        own = [OwnProgram(program, frozenset(roles[program.id])) for program in found]
        return tuple(
            sorted(own, key=lambda one: (one.program.ended is not None, one.program.starts))
        )

    def terms(self, actor: Actor, program_id: str) -> Program:
        """The program as it is kept, for its lead to edit."""
        with self._reading(actor, Action.MANAGE_PROGRAM, Program, program_id) as (_, program):
            return program

    def see(self, actor: Actor, program_id: str) -> Program:
        """The terms of a program, with the code of conduct that applies."""
        with self._reading(actor, Action.SEE_PROGRAM, Program, program_id) as (_, program):
            return program if program.conduct else program.but(conduct=default_conduct())


_WHAT = {
    "name": "The name is needed: at most 200 characters.",
    "goals": f"The goals are a list: up to {_MAX_LINES} lines of {MAX_LINE} characters.",
    "starts": "The start is a day, at most five years from today.",
    "months": "The length is a whole number of months from 1 to 36.",
    "cadence_weeks": "Between two sessions lie 1 to 26 weeks.",
    "session_minutes": f"A session has {MIN_MINUTES} to {MAX_MINUTES} minutes.",
    "planned_sessions": f"The sessions planned are a whole number from 1 to {MAX_SESSIONS}.",
    "conduct": f"The code of conduct has at most {MAX_TEXT:,} characters.",
    "contacts": f"The contacts are a list: up to {_MAX_LINES} lines of {MAX_LINE} characters.",
    "retention_days": "What pairs wrote is kept for 1 to 3,650 days after the end.",
}


def _changed(program: Program | None, values: Mapping[str, Any], today: date) -> Program:
    """``program`` with these values, or a new one of them. Raises ``ProgramError``."""
    unknown = next((name for name in values if name not in _WHAT), None)
    if unknown is not None:
        raise ProgramError(f"A program has no field {unknown[:40]!r}. It has: {', '.join(_WHAT)}.")
    try:
        changed = Program(**values) if program is None else program.but(**values)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise ProgramError(_WHAT[field]) from None
    for field in ("goals", "contacts"):
        if len(getattr(changed, field)) > _MAX_LINES:
            raise ProgramError(_WHAT[field])
    if (program is None or changed.starts != program.starts) and abs(
        changed.starts - today
    ) > _FURTHEST:
        raise ProgramError(_WHAT["starts"])
    return changed
