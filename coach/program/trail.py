"""Who did what in a program, as its lead sees it.

The lead sees what was done to the program itself, by whichever lead, and every refusal in it:
somebody tried what they may not. They do not see what a pair does in its own room. When somebody
prepared, wrote or signed is as private as what they wrote: "at eleven at night, three times" would
tell of a pair what no count may. A refusal tells of no such thing: those who are in a running pair
are not refused there. What was done in one's own name, everyone sees with their own data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from coach.domain.identity import Actor, AuditLine
from coach.domain.program import Pair, Program
from coach.policy import deeds
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work
from coach.roster.matching import people_by_id

#: What a lead does, in past words where no deed has its own. Everything else that is allowed
#: belongs to somebody else.
OF_LEADS = {
    Action.MANAGE_PROGRAM.value: "managed the program",
    Action.MANAGE_PAIRS.value: "managed pairs",
    Action.INVITE.value: "made a link to come in",
    Action.SEE_NUMBERS.value: "saw new numbers",
    Action.SEE_TRAIL.value: "saw who did what",
} | {deed.words: deed.words for deed in deeds.OF_LEADS}
#: Somebody without a name in the records: deleted since, or never there.
UNKNOWN = "Somebody unknown"


@dataclass(frozen=True)
class TrailLine:
    """One step: who did what to whom or what, when, and whether it was allowed.

    ``did`` is in past words: "ended a pair", or of what was refused, "tried to manage pairs".
    """

    at: datetime
    who: str
    did: str
    on: str
    allowed: bool


class Trail(Capability):
    """The trail of a program."""

    def of_program(self, actor: Actor, program_id: str, limit: int = 200) -> tuple[TrailLine, ...]:
        """What leads did in the program and what was refused in it, newest first."""
        with self._reading(actor, Action.SEE_TRAIL, Program, program_id) as (work, program):
            newest = partial(work.find, AuditLine, program_id=program.id, order="-at", limit=limit)
            lines = [*newest(allowed=True, action=list(OF_LEADS)), *newest(allowed=False)]
            lines.sort(key=lambda line: line.at, reverse=True)
            return _named(work, lines[:limit])


def _named(work: Work, lines: Sequence[AuditLine]) -> tuple[TrailLine, ...]:
    pairs = {one.id: one for one in work.find(Pair, id=[line.object_id for line in lines])}
    ids = [line.actor_id for line in lines] + [line.object_id for line in lines]
    ids += [one for pair in pairs.values() for one in (pair.mentor_id, pair.mentee_id)]
    names = {person.id: person.name for person in people_by_id(work, ids).values()}

    def on(line: AuditLine) -> str:
        pair = pairs.get(line.object_id)
        if pair is None:
            # Of an import it is a count: "12 people and 6 pairs".
            what = line.kind if line.kind[:1].isdigit() else f"the {line.kind.lower()}"
            return names.get(line.object_id, what)
        return f"{names[pair.mentor_id]} and {names[pair.mentee_id]}"

    return tuple(
        TrailLine(line.at, names.get(line.actor_id, UNKNOWN), _did(line), on(line), line.allowed)
        for line in lines
    )


def _did(line: AuditLine) -> str:
    if not line.allowed:
        return f"tried to {line.action}"
    return OF_LEADS.get(line.action, line.action)
