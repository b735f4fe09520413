"""What a pair agrees on in its first session, and how each likes to hear hard things."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from coach.domain.brief import MAX_MINUTES, MIN_MINUTES
from coach.domain.guidance import Frozen
from coach.domain.receiver import ReceiverCard
from coach.domain.records import Line, Record, Ref, Sealed, Text


class Share(Frozen):
    """One person's part of the agreement."""

    learns: Line = ""
    gives: Line = ""
    #: How they like to learn.
    likes: Line = ""


class Agreement(Record):
    """One version of a pair's agreement; ``number`` counts from 1.

    In force once both have signed; a signed one is never changed, only reopened as the next
    number.
    """

    program_id: Ref
    pair_id: Ref
    number: int = Field(default=1, ge=1)
    mentor: Annotated[Share, Sealed()] = Share()
    mentee: Annotated[Share, Sealed()] = Share()
    confidentiality: Text = ""
    off_limits: Text = ""
    conduct: Text = ""
    cadence_weeks: int = Field(default=4, ge=1, le=26)
    minutes: int = Field(default=60, ge=MIN_MINUTES, le=MAX_MINUTES)
    review_on: date | None = None
    mentor_signed: AwareDatetime | None = None
    mentee_signed: AwareDatetime | None = None

    @property
    def in_force(self) -> bool:
        """Whether both have signed."""
        return self.mentor_signed is not None and self.mentee_signed is not None


class KeptCard(Record):
    """One version of a person's receiver's card; the newest counts."""

    person_id: Ref
    number: int = Field(ge=1)
    saved: AwareDatetime
    card: Annotated[ReceiverCard, Sealed()]
