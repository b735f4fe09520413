"""What is kept of a program's themes: its terms, statements apart from their authors, releases."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from coach.domain.brief import OneLine
from coach.domain.guidance import Frozen
from coach.domain.records import Record, Ref, Sealed
from coach.domain.reflection import ItemKind
from coach.domain.themes import FLOOR, MOST_STATEMENT, ThemeReport

#: More would make each so small that hardly any count could be shown.
MOST_SEGMENTS = 12
SECRET_BYTES = 32

#: A keyed hash, in hexadecimal digits.
Pseudonym = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Segment = Annotated[OneLine, Field(min_length=1, max_length=60)]


def _secret() -> str:
    return secrets.token_hex(SECRET_BYTES)


class ThemeTerms(Record):
    """By which rules a program's themes are shown; ``locked`` once it has started.

    ``min_pairs`` stand behind a theme at least. ``segments`` are all that counts may be told
    apart by, and ``places`` says which pair is in which. ``notice_days`` lie between a proposal and
    its release. ``secret`` makes the pseudonyms and ``signing`` is the private key of the
    releases, both 32 bytes in hexadecimal digits.
    """

    program_id: Ref
    min_pairs: int = Field(default=FLOOR, ge=FLOOR, le=100)
    notice_days: int = Field(default=7, ge=1, le=60)
    locked: AwareDatetime | None = None
    segments: Annotated[tuple[_Segment, ...], Field(max_length=MOST_SEGMENTS), Sealed()] = ()
    places: Annotated[dict[Ref, _Segment], Sealed()] = Field(default_factory=dict)
    secret: Annotated[str, Sealed()] = Field(default_factory=_secret)
    signing: Annotated[str, Sealed()] = Field(default_factory=_secret)

    @model_validator(mode="after")
    def _segments_are_declared(self) -> Self:
        if len({one.casefold() for one in self.segments}) < len(self.segments):
            raise ValueError("two segments have the same name")
        if not set(self.places.values()) <= set(self.segments):
            raise ValueError("a pair is in a segment that was not declared")
        return self


class StatementContent(Frozen):
    """What was said; ``vector`` is of ``embedder``: half-precision numbers as base64."""

    kind: ItemKind
    text: str = Field(min_length=1, max_length=MOST_STATEMENT)
    vector: str
    embedder: str


class KeptStatement(Record):
    """One stripped statement, apart from who said it.

    ``pair_key``, ``source_key`` and ``origin_key`` are pseudonyms of the pair, the reflection and
    the very item; who holds the program's secret can find a reflection's statements, and nobody can
    go the other way by the rows alone.
    """

    program_id: Ref
    pair_key: Pseudonym
    source_key: Pseudonym
    origin_key: Pseudonym
    content: Annotated[StatementContent, Sealed()]


class ReleaseState(StrEnum):
    """A release that contributors still preview, one that stands, one that was given up."""

    PROPOSED = "proposed"
    RELEASED = "released"
    DROPPED = "dropped"


class ThemeCells(Frozen):
    """What stands behind a release, by pseudonym; no lead ever sees it.

    ``statements`` are those counted, by pair; ``sources`` are the reflections that they came from,
    which count no second time. ``bears`` says of each theme that is shown how many pairs may
    withdraw before it, and before its segments, must go. ``centres`` are the themes' mean vectors,
    which keep a theme the same from one release to the next.
    """

    statements: dict[Pseudonym, tuple[Ref, ...]] = Field(default_factory=dict)
    sources: tuple[Pseudonym, ...] = ()
    bears: dict[str, tuple[int, int]] = Field(default_factory=dict)
    centres: dict[str, str] = Field(default_factory=dict)


class KeptRelease(Record):
    """A program's themes at one moment; once ``released`` it is never changed.

    ``falls`` says which statement is in which theme, for its author's preview; it and the
    statements are emptied by the release. ``digest`` is of the report, ``previous`` the digest of
    the release before, and ``signature`` of both by ``verify_key``, in hexadecimal digits.
    """

    program_id: Ref
    number: int = Field(ge=1)
    state: ReleaseState = ReleaseState.PROPOSED
    proposed: AwareDatetime
    opens: AwareDatetime
    released: AwareDatetime | None = None
    report: Annotated[ThemeReport, Sealed()]
    cells: Annotated[ThemeCells, Sealed()] = ThemeCells()
    falls: Annotated[dict[Ref, str], Sealed()] = Field(default_factory=dict)
    digest: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    previous: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    signature: str = Field(default="", pattern=r"^([0-9a-f]{128})?$")
    verify_key: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
