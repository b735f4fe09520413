"""Themes that many pairs live through, told so that nobody can be told from them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.bands import ENOUGH
from coach.domain.guidance import Citation, Frozen
from coach.domain.reflection import ItemKind

#: A theme is shown from this many pairs on; a program may ask for more, never for fewer.
FLOOR = ENOUGH
#: Characters of one statement; what is longer is cut at a sentence before it is kept.
MOST_STATEMENT = 600


class Withheld(StrEnum):
    """Why a theme, or a count of it, is not shown.

    People read one reason for all of them, so that a reason tells nothing by itself.
    """

    TOO_FEW = "fewer pairs than the threshold"
    REMAINDER = "fewer pairs than the threshold are left over"
    COMPLEMENT = "it would give away another one that is withheld"
    CHANGE = "too few pairs have changed since the last release"
    WORDS = "no general words that enough pairs used"
    SENSITIVE = "it touches something that no count should carry"


class Direction(StrEnum):
    """A theme beside the release before."""

    NEW = "new"
    MORE = "more pairs"
    SAME = "about as many pairs"
    FEWER = "fewer pairs"


def number_of_pairs(count: int) -> str:
    """Such as "1 pair" or "5 pairs"."""
    return "1 pair" if count == 1 else f"{count} pairs"


class Count(Frozen):
    """Pairs as a band, both ends included."""

    least: int = Field(ge=0)
    most: int = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.most:
            raise ValueError("a band ends after it starts")
        return self

    def __str__(self) -> str:
        if self.least == self.most:
            return number_of_pairs(self.least)
        return f"{self.least} to {self.most} pairs"


class Statement(Frozen):
    """One thing that somebody said, stripped of what tells who.

    ``pair`` is a pseudonym or, in a file of one's own, any name of the pair.
    """

    id: str
    pair: str
    text: str
    kind: ItemKind | None = None


class Subject(Frozen):
    """Something that pairs of reverse mentoring often live through, in the library's words.

    ``good``, ``hard`` and ``plain`` say so where it is told as going well, as hard, or otherwise;
    ``guidance`` are keys of cards and kits that help, and ``examples`` sentences that mean it.
    """

    key: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    label: str = Field(min_length=1, max_length=60)
    good: str = Field(min_length=1, max_length=120)
    hard: str = Field(min_length=1, max_length=120)
    plain: str = Field(min_length=1, max_length=120)
    guidance: tuple[str, ...] = Field(min_length=1, max_length=2)
    examples: tuple[str, ...] = Field(min_length=8)


class Advice(Frozen):
    """What a lead can do about a theme, from the guidance."""

    text: str
    citation: Citation


class Theme(Frozen):
    """What the lead sees of one theme; ``segments`` are the declared ones that may be shown.

    ``words`` are those of ``label`` and ``sentence`` that came from statements: each was used by at
    least as many pairs as the threshold asks.
    """

    id: str
    label: str
    sentence: str
    words: tuple[str, ...] = ()
    pairs: Count
    direction: Direction | None = None
    segments: dict[str, Count] = Field(default_factory=dict)
    advice: tuple[Advice, ...] = ()


class Suppression(Frozen):
    """How much is withheld: ``themes`` as a band of themes, and why, in plain words."""

    themes: str
    why: str


class ThemeReport(Frozen):
    """One release, as the lead reads it.

    ``contributing`` of ``running`` pairs have statements in it. ``explanation`` stands where no
    theme can be shown. ``epsilon`` is the privacy budget that the counts took, if any noise is in
    them.
    """

    number: int = Field(default=1, ge=1)
    made: date
    min_pairs: int = Field(ge=1)
    contributing: Count | None = None
    running: int | None = None
    themes: tuple[Theme, ...] = ()
    suppression: Suppression | None = None
    explanation: str = ""
    epsilon: float | None = None
