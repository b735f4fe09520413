"""Programs, the people in them, and their pairs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from coach.domain.brief import MAX_MINUTES, MAX_SESSIONS, MIN_MINUTES, OneLine, clean_line
from coach.domain.records import MAX_PERSON_NAME, Lines, Record, Ref, Sealed, Text

#: What stands where the name of somebody stood who was deleted.
GONE = "Somebody who has left"


class Role(StrEnum):
    """What somebody is in a program."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    LEAD = "lead"


def _folded(text: object) -> object:
    return clean_line(text).casefold() if isinstance(text, str) else text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name[:40]!r}") from error
    return name


#: Compared without regard to case, as mail is in practice; empty where there is none.
Email = Annotated[
    str,
    Field(strict=True, max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$"),
    BeforeValidator(_folded),
    Sealed(lookup=True),
]
PersonName = Annotated[OneLine, Field(min_length=1, max_length=MAX_PERSON_NAME), Sealed()]
#: An IANA name, such as ``Europe/Paris``.
Zone = Annotated[str, Field(max_length=64), AfterValidator(_zone)]


class Program(Record):
    """A reverse mentoring program.

    ``cadence_weeks`` lie between two sessions of ``session_minutes``; ``retention_days`` after
    its end its content is deleted. A ``personal`` one lives in a workspace without sign-in.
    """

    name: Annotated[OneLine, Field(min_length=1, max_length=200), Sealed()]
    goals: Lines = ()
    starts: date
    months: int = Field(default=9, ge=1, le=36)
    cadence_weeks: int = Field(default=4, ge=1, le=26)
    session_minutes: int = Field(default=60, ge=MIN_MINUTES, le=MAX_MINUTES)
    planned_sessions: int = Field(default=8, ge=1, le=MAX_SESSIONS)
    #: The default is used while it is empty.
    conduct: Text = ""
    #: Whom to turn to when something is wrong, one a line.
    contacts: Lines = ()
    retention_days: int = Field(default=365, ge=1, le=3650)
    ended: date | None = None
    personal: bool = False


class Person(Record):
    """Somebody who takes part. Who they are in which program is said by ``Membership``."""

    name: PersonName
    email: Email = ""
    zone: Zone = "UTC"


class Membership(Record):
    """A person's role in a program, in force until ``until``."""

    program_id: Ref
    person_id: Ref
    role: Role
    since: date
    until: date | None = None


class Pair(Record):
    """One junior mentor and one senior mentee of a program, until ``ended``."""

    program_id: Ref
    mentor_id: Ref
    mentee_id: Ref
    mentor_role: Annotated[OneLine, Field(max_length=80), Sealed()] = ""
    mentee_role: Annotated[OneLine, Field(max_length=80), Sealed()] = ""
    started: date
    ended: date | None = None

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.mentor_id == self.mentee_id:
            raise ValueError("A pair needs two people: nobody mentors themselves.")
        return self

    def partner(self, person_id: str) -> str:
        """The other one of the two. Raises ``ValueError`` for somebody else's identifier."""
        two = {self.mentor_id: self.mentee_id, self.mentee_id: self.mentor_id}
        if person_id not in two:
            raise ValueError("not one of this pair")
        return two[person_id]
