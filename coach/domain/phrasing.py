"""What somebody wants to say, what in it may threaten face, and better ways to say it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from coach.domain.chat import Provenance
from coach.domain.guidance import Citation, Frozen

#: Characters of a message that are read; an e-mail has a few thousand.
MOST_MESSAGE = 5_000


class Threat(StrEnum):
    """How words may threaten face."""

    CRITICISM_OF_PERSON = "criticism_of_person"
    INSULT = "insult"
    MIND_READING = "mind_reading"
    ABSOLUTE = "absolute"
    COMMAND = "command"
    COMPARISON = "comparison"
    CONDESCENSION = "condescension"
    SARCASM = "sarcasm"
    AGE_OR_GENERATION = "age_or_generation"
    BLAME = "blame"
    PUBLIC_EXPOSURE = "public_exposure"
    UNASKED_ADVICE = "unasked_advice"
    TESTING_QUESTION = "testing_question"
    LEADING_QUESTION = "leading_question"
    ACCUSING_QUESTION = "accusing_question"
    RANK_PULLING = "rank_pulling"
    APOLOGY_THAT_UNDOES_ITSELF = "apology_that_undoes_itself"
    GROVELLING = "grovelling"
    BURIED_POINT = "buried_point"
    ULTIMATUM = "threat"
    HEARSAY = "hearsay"
    BACKHANDED_PRAISE = "backhanded_praise"
    OBVIOUSNESS = "obviousness"
    DISMISSAL = "dismissal"
    IMPATIENCE = "impatience"


class Finding(Frozen):
    """A span of a message, in characters, that may threaten face.

    ``severity`` is from 0 (a matter of taste) to 1 (hard to take back).
    """

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    kind: Threat
    severity: float = Field(ge=0, le=1)
    why: str
    instead: str
    citation: Citation


class TactCheck(Frozen):
    """What the checker says of a message.

    ``score`` is from 0 (threatens face) to 1 (tactful). ``note`` says what was not checked, such
    as another language, where ``english`` is false and nothing was found; ``care`` points to the
    right people where no wording should be polished.
    """

    text: str
    score: float = Field(ge=0, le=1)
    findings: tuple[Finding, ...]
    note: str = ""
    care: str = ""
    english: bool = True


class Level(StrEnum):
    """The rungs of the tact ladder. Direct is not rude."""

    GENTLE = "gentle"
    BALANCED = "balanced"
    DIRECT = "direct"


class Channel(StrEnum):
    """Where it will be said."""

    IN_PERSON = "in person"
    EMAIL = "e-mail"
    CHAT = "chat"


class Point(Frozen):
    """What must survive of a message, in the person's own words.

    ``statements`` say who did what to whom; ``requests`` what is asked for; the rest are the
    figures, names and dates that stand in it.
    """

    statements: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


class FloorVerdict(Frozen):
    """Whether a rewrite keeps the point; ``reason`` is empty if it does."""

    kept: bool
    reason: str = ""


class Rung(Frozen):
    """One rewrite. ``blanks`` are the facts that only the person has, marked in the text as […]."""

    level: Level
    text: str
    technique: str
    why: str
    citation: Citation
    kept: tuple[str, ...]
    score: float = Field(ge=0, le=1)
    blanks: tuple[str, ...] = ()
    provenance: Provenance | None = None


class RefusedRung(Frozen):
    """A candidate that was not shown, and why."""

    level: Level
    text: str
    reason: str


class ProposedRung(Frozen):
    """What came of asking a model for a rung.

    ``rung`` is set if its words passed every check; else ``reason`` says why they did not, or
    ``error`` why there are none.
    """

    level: Level
    text: str = ""
    rung: Rung | None = None
    reason: str = ""
    error: str = ""


class Ladder(Frozen):
    """A message's way to three rungs, and the same point as a question, in a chat, in an e-mail.

    ``followed`` says how the receiver's card was followed. ``suggested`` is the rung to try first
    and ``suggestion`` why; ``channel`` where it is best said.
    """

    check: TactCheck
    point: Point
    rungs: tuple[Rung, ...]
    refused: tuple[RefusedRung, ...] = ()
    question: str = ""
    chat: str = ""
    email: str = ""
    followed: tuple[str, ...] = ()
    suggested: Level = Level.GENTLE
    suggestion: str = ""
    channel: Channel = Channel.IN_PERSON


class Context(Frozen):
    """What is known around a message; all of it may be left out.

    ``what_happened`` is in the person's own words and fills the ladder's blanks; ``relationship``
    says who the other is to them.
    """

    what_happened: str = Field(default="", max_length=1_000)
    relationship: str = Field(default="", max_length=200)
    channel: Channel = Channel.IN_PERSON


class QuestionKind(StrEnum):
    """What a question does to the one who is asked."""

    OPEN = "open"
    CLOSED = "closed"
    LEADING = "leading"
    TESTING = "testing"


class QuestionCheck(Frozen):
    """What kind of question it is, why, and better forms of it."""

    text: str
    kind: QuestionKind
    why: str
    better: tuple[str, ...]
    citation: Citation
