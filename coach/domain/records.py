"""What is kept for months: the base of every record, and how its words are marked as private."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self, TypeVar
from uuid import uuid4

from pydantic import Field

from coach.domain.brief import OneLine, clean_text
from coach.domain.guidance import Frozen

_ID = re.compile(r"^[0-9a-f]{32}$")
MAX_PERSON_NAME, MAX_LINE, MAX_TEXT = 300, 600, 20_000


class Sealed:
    """Marks a field whose value is encrypted where it is kept.

    One with ``lookup`` can still be found by its exact value: a keyed hash is kept beside it.
    """

    def __init__(self, *, lookup: bool = False) -> None:
        self.lookup = lookup


def new_id() -> str:
    """An identifier that nobody can guess: 122 random bits as 32 hexadecimal digits."""
    return uuid4().hex


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an identifier."""
    return _ID.fullmatch(text) is not None


class Record(Frozen):
    """Something that is kept.

    ``version`` counts its saves from 1 on; 0 is a record that was never kept. A save must name
    the version that it changes, so that of two people who edit at once neither loses a word.
    """

    id: str = Field(default_factory=new_id, pattern=_ID.pattern)
    version: int = Field(default=0, ge=0)

    def but(self, **changes: Any) -> Self:
        """The same record with ``changes``, checked anew. Raises ``pydantic.ValidationError``."""
        return type(self).model_validate({**dict(self), **changes})


Kind = TypeVar("Kind", bound=Record)

#: The identifier of another record.
Ref = Annotated[str, Field(pattern=_ID.pattern)]
#: A person's own words on one line, and over several; encrypted where they are kept.
Line = Annotated[OneLine, Field(max_length=MAX_LINE), Sealed()]
Text = Annotated[str, Field(max_length=MAX_TEXT, strict=True), clean_text, Sealed()]
Lines = Annotated[tuple[Annotated[OneLine, Field(max_length=MAX_LINE)], ...], Sealed()]
