"""What tells who somebody is."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.guidance import Frozen


class IdentifierKind(StrEnum):
    """What an identifier names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    ROLE = "role"
    LINK = "link"
    NUMBER = "number"


class Identifier(Frozen):
    """A span of a text that tells who somebody is; ``start`` to ``end`` in characters."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    kind: IdentifierKind

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if self.end <= self.start:
            raise ValueError("an identifier ends after it starts")
        return self
