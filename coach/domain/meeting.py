"""A pair's sessions, the plans for them, and what was promised."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from coach.domain.agenda import Agenda
from coach.domain.brief import MAX_MINUTES, MAX_SESSIONS, MIN_MINUTES, Setting
from coach.domain.guidance import Frozen
from coach.domain.program import Zone
from coach.domain.records import Line, Record, Ref, Sealed, new_id

MAX_ITEMS = 30


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Session(Record):
    """One numbered session of a pair.

    ``zone`` is where its time was chosen: a session at ten stays at ten when clocks change.
    ``sequence`` counts the changes that a calendar must hear of. The two ``taught`` say, once it
    was held, who taught the other something.
    """

    program_id: Ref
    pair_id: Ref
    number: int = Field(ge=1, le=MAX_SESSIONS)
    state: SessionState = SessionState.PLANNED
    starts: AwareDatetime
    zone: Zone = "UTC"
    minutes: int = Field(ge=MIN_MINUTES, le=MAX_MINUTES)
    setting: Setting = Setting.IN_PERSON
    topic: Line = ""
    reason: Line = ""
    mentor_taught: bool = False
    mentee_taught: bool = False
    sequence: int = Field(default=0, ge=0)


class AgendaVersion(Record):
    """One saved version of a session's shared agenda; ``number`` counts from 1."""

    program_id: Ref
    pair_id: Ref
    session_id: Ref
    number: int = Field(ge=1)
    by_id: Ref
    saved: AwareDatetime
    agenda: Annotated[Agenda, Sealed()]


class CommitmentState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Commitment(Record):
    """Who will do what by when. ``reason`` says why it was dropped."""

    program_id: Ref
    pair_id: Ref
    session_id: Ref | None = None
    who_id: Ref
    what: Annotated[Line, Field(min_length=1)]
    due: date | None = None
    made: AwareDatetime
    state: CommitmentState = CommitmentState.OPEN
    reason: Line = ""


class PreparedKind(StrEnum):
    """What somebody noted while they prepared alone."""

    TOPIC = "topic"
    WORRY = "worry"


class PreparedItem(Frozen):
    """One private note; the partner sees it only once it is ``released``."""

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    kind: PreparedKind
    text: Annotated[Line, Field(min_length=1)]
    released: bool = False


class Preparation(Record):
    """What one of the two prepares for a session, for their own eyes."""

    program_id: Ref
    pair_id: Ref
    session_id: Ref
    person_id: Ref
    items: Annotated[tuple[PreparedItem, ...], Field(max_length=MAX_ITEMS), Sealed()] = ()
    #: Ready to be compared: nothing shows before both are.
    ready: bool = False
    #: Which items the other had raised too when both were ready; found once, so that nobody can
    #: try words until one meets.
    met: Annotated[tuple[Ref, ...], Sealed()] = ()
    compared: bool = False


class Pulse(Record):
    """Two short answers after a session, 1 to 5, for the author's eyes unless ``shared``."""

    program_id: Ref
    pair_id: Ref
    session_id: Ref
    person_id: Ref
    worthwhile: Annotated[int, Field(ge=1, le=5), Sealed()]
    could_speak: Annotated[int, Field(ge=1, le=5), Sealed()]
    note: Line = ""
    shared: bool = False


class Draft(Record):
    """What somebody has not finished on a page; for nobody else."""

    person_id: Ref
    name: str = Field(pattern=r"^[0-9a-z-]{1,64}$")
    saved: AwareDatetime
    content: Annotated[dict[str, Any], Sealed()]
