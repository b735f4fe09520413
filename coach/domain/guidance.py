"""The library's words: cards, topic kits, the sources behind them, and passages."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

_BULLET = re.compile(r"(?:[-*]|\d+\.)\s")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """Base of every domain model: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Audience(StrEnum):
    """Who a card speaks to."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    LEAD = "lead"


class Stage(StrEnum):
    """When in a program a card helps; ``any`` is always."""

    FIRST = "first"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    LAST = "last"
    ANY = "any"


class Use(StrEnum):
    """Which part of the coach's work a card serves."""

    ARRIVE = "arrive"
    AGREE = "agree"
    CARRY_OVER = "carry-over"
    DEMONSTRATE = "demonstrate"
    DRIVE = "drive"
    DISCUSS = "discuss"
    EXCHANGE = "exchange"
    WORRY = "worry"
    CLOSE = "close"
    FAREWELL = "farewell"
    ASK = "ask"
    RECEIVE = "receive"
    PHRASE = "phrase"
    REFLECT = "reflect"
    PROGRAM = "program"


class SourceType(StrEnum):
    """How much weight a source bears; ``practice`` is a practitioner's or vendor's claim."""

    RESEARCH = "research"
    BOOK = "book"
    STANDARD = "standard"
    PRESS = "press"
    PRACTICE = "practice"


class Source(Frozen):
    """A published work behind a claim. ``year`` is ``None`` where none is printed."""

    key: Key
    type: SourceType
    authors: tuple[Line, ...] = ()
    year: int | None = Field(default=None, ge=1900, le=2100)
    title: Line
    doi: str | None = Field(default=None, pattern=r"^10\.\d{4,9}/\S+$")
    publisher: Line | None = None
    #: How running text names it, where authors and year would mislead.
    cite_as: Line | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not self.doi and not self.publisher:
            raise ValueError("give a doi or a publisher, so that a reader can find it")
        return self

    @property
    def short(self) -> str:
        """The source in running text, such as ``Gollwitzer 1999``."""
        if self.cite_as:
            return self.cite_as
        if self.authors:
            # Persons are cited by family name, organisations by their whole name.
            person = self.type in (SourceType.RESEARCH, SourceType.BOOK, SourceType.PRESS)
            names = [name.split()[-1] if person else name for name in self.authors]
            who = f"{names[0]} and others" if len(names) > 2 else " and ".join(names)
        else:
            who = f"“{self.title}”"
        return f"{who} {self.year}" if self.year else who

    @property
    def reference(self) -> str:
        """One printed line: authors (year), title, and where to find it."""
        if len(self.authors) > 2:
            who = f"{self.authors[0]} and others"
        else:
            who = " and ".join(self.authors)
        when = f" ({self.year})" if self.year else ""
        where = f"doi:{self.doi}" if self.doi else self.publisher
        return f"{who}{when}. {self.title}. {where}".removeprefix(". ").strip()


class Section(Frozen):
    """One headed part of a card or kit; ``path`` is its headings, outermost first."""

    path: tuple[Line, ...]
    text: str

    @property
    def slug(self) -> str:
        """The headings as a stable identifier, such as ``hands-on/draft-a-briefing``."""
        return "/".join(slugify(heading) for heading in self.path)

    @property
    def bullets(self) -> tuple[str, ...]:
        """The section's bullet or numbered lines, without their marks."""
        lines = re.split(r"^\s*(?:[-*]|\d+\.)\s+", self.text, flags=re.MULTILINE)[1:]
        # A blank line ends a bullet: what follows is a paragraph of its own.
        bullets = (" ".join(line.split("\n\n")[0].split()) for line in lines)
        return tuple(bullet for bullet in bullets if bullet)

    def marked(self, mark: str) -> tuple[str, ...]:
        """The lines that begin with ``mark`` (``Say:``, ``Ask:``, ``Plan B:``), without it."""
        lines = (line.strip() for line in self.text.splitlines())
        return tuple(line.removeprefix(mark).strip() for line in lines if line.startswith(mark))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The section's running text, paragraph by paragraph, without its bullets."""
        blocks = (block.strip() for block in self.text.split("\n\n"))
        return tuple(
            " ".join(block.split()) for block in blocks if block and not _BULLET.match(block)
        )


class GuidanceCard(Frozen):
    """One technique of the library: what to do, why it works, words to use, when not to.

    ``situations`` are moments in which a person needs it, in that person's words.
    """

    key: Key
    title: Line
    audience: tuple[Audience, ...] = Field(min_length=1)
    stage: tuple[Stage, ...] = Field(min_length=1)
    tags: tuple[Key, ...] = Field(min_length=1)
    uses: tuple[Use, ...] = Field(min_length=1)
    sources: tuple[Key, ...] = Field(min_length=1)
    situations: tuple[Line, ...] = ()
    sections: tuple[Section, ...]

    def section(self, *path: str) -> Section | None:
        """The section under exactly these headings, or ``None``."""
        wanted = tuple(slugify(part) for part in path)
        return next((s for s in self.sections if s.slug == "/".join(wanted)), None)

    def words(self, speaker: str) -> tuple[str, ...]:
        """What ``speaker`` (Mentor, Mentee, Lead) can say, without the quotation marks."""
        section = self.section("Words to use")
        lines = (line.partition(":") for line in (section.bullets if section else ()))
        return tuple(
            text.strip().strip('"“”') for who, _, text in lines if who in (speaker, "Both")
        )

    def under(self, heading: str) -> tuple[Section, ...]:
        """The sections one level below ``heading``, in order."""
        head = slugify(heading)
        return tuple(s for s in self.sections if len(s.path) == 2 and slugify(s.path[0]) == head)


class TopicKit(GuidanceCard):
    """What to demonstrate, practise and discuss for one subject.

    ``aliases`` are words that people type for it. ``off_screen`` names the
    variants that need no screen, for a walk or a coffee. ``examples_for`` names
    the hands-on variant that the examples by role are material for.
    """

    aliases: tuple[Line, ...] = Field(min_length=3)
    off_screen: tuple[Line, ...] = ()
    examples_for: str = ""
    #: The kit for subjects that have none of their own; it is not searched.
    general: bool = False
    uses: tuple[Use, ...] = (Use.DEMONSTRATE, Use.DRIVE, Use.DISCUSS, Use.EXCHANGE)


class Passage(Frozen):
    """A retrieved piece of the library, and where it comes from.

    ``id`` is ``<doc_id>#<section>``; ``doc_id`` is the card's key or the added
    document's identifier. ``origin`` is ``library`` or an added file's name.
    """

    id: str
    doc_id: str
    title: str
    heading: str
    text: str
    origin: str = "library"
    sources: tuple[str, ...] = ()
    #: The sources stand behind the whole card; this passage cites none itself.
    indirect: bool = False
    #: What people type when they need it; it helps to find the passage and is not shown.
    hints: tuple[str, ...] = ()


class Hit(Frozen):
    """A passage that a search found. ``score`` is 0 to 1, higher is nearer."""

    passage: Passage
    score: float = Field(ge=0.0, le=1.0)


class SearchResult(Frozen):
    """What a search found, best first, and whether the guidance covers the question.

    ``confidence`` is the calibrated probability, 0 to 1, that it does.
    """

    query: str
    hits: tuple[Hit, ...]
    covered: bool
    confidence: float = Field(ge=0.0, le=1.0)


class Citation(Frozen):
    """A reference from a suggestion to the passage that it stands on."""

    key: str
    title: str
    heading: str
    passage: str
    passage_id: str
    sources: tuple[str, ...] = ()
    #: The sources stand behind the whole card; this passage cites none itself.
    indirect: bool = False


def slugify(text: str) -> str:
    """``text`` as lower-case words joined by hyphens; empty if it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))
