"""What the two of a pair learned from each other, written by both at the end."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from coach.domain.records import Record, Ref, Text


class Learned(Record):
    """One saved version; ``number`` counts from 1.

    ``mentor`` is what the junior mentor learned, ``mentee`` what the senior mentee did, and
    ``together`` what they found out side by side.
    """

    program_id: Ref
    pair_id: Ref
    number: int = Field(ge=1)
    by_id: Ref
    saved: AwareDatetime
    mentor: Text = ""
    mentee: Text = ""
    together: Text = ""
