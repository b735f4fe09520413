"""What one person wrote about a session, what it comes to, and what the other may see of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from coach.domain.brief import OneLine, clean_text
from coach.domain.guidance import Frozen
from coach.domain.records import MAX_LINE, Record, Ref, Sealed, new_id
from coach.domain.reflection import MOST_REFLECTION, ItemKind, SummaryItem, SummarySentence

#: Texts of one reflection, and goals that are rated in it.
MOST_TEXTS, MOST_GOALS = 40, 4
#: The prompt of what was taken from a file.
FROM_FILE = "file"

#: -2 is low, 0 neither, +2 high.
Feeling = Annotated[int, Field(ge=-2, le=2)]
Words = Annotated[str, Field(max_length=MOST_REFLECTION, strict=True), clean_text]
_Short = Annotated[OneLine, Field(max_length=MAX_LINE)]


class Form(StrEnum):
    """The prompts that somebody writes to."""

    #: What? So what? Now what?
    THREE = "three"
    #: Gibbs' six steps, for a session that was hard.
    SIX = "six"
    FREE = "free"


class Written(Frozen):
    """What was written to one prompt, or taken from the file called ``source``."""

    prompt: str = Field(pattern=r"^[a-z-]{1,32}$")
    text: Words
    source: _Short = ""


class Progress(Frozen):
    """How far somebody sees themselves with a goal: 0 not begun, 4 reached."""

    goal: _Short
    rating: int = Field(ge=0, le=4)


class KeptSentence(SummarySentence):
    """A sentence of the paragraph; ``edited`` ones hold words that the person changed."""

    id: Ref = Field(default_factory=new_id)
    edited: bool = False


class KeptItem(SummaryItem):
    """An item; ``promised`` are the commitments that it was confirmed as.

    One that is ``kept_out`` never joins the program's themes, whatever else is allowed.
    """

    id: Ref = Field(default_factory=new_id)
    promised: tuple[Ref, ...] = ()
    kept_out: bool = False


class KeptSummary(Frozen):
    """A summary with the ``texts`` that it stands on, as they were when it was made."""

    texts: tuple[str, ...] = ()
    sentences: tuple[KeptSentence, ...] = ()
    items: tuple[KeptItem, ...] = ()
    dropped: int = Field(default=0, ge=0)
    note: str = ""

    @model_validator(mode="after")
    def _stands_on_its_texts(self) -> Self:
        for line in self.lines:
            for one in line.evidence:
                inside = one.text_index < len(self.texts)
                if not inside or not one.start < one.end <= len(self.texts[one.text_index]):
                    raise ValueError("a line of the summary stands on words that are not there")
        return self

    @property
    def lines(self) -> tuple[KeptSentence | KeptItem, ...]:
        """The sentences of the paragraph, and the items."""
        return (*self.sentences, *self.items)

    def evidence_of(self, line: SummarySentence | SummaryItem) -> tuple[str, ...]:
        """The words that ``line`` stands on."""
        return tuple(self.texts[one.text_index][one.start : one.end] for one in line.evidence)


class SharedLine(Frozen):
    """One line as the partner reads it; ``who`` is told from its author's side."""

    text: str
    kind: ItemKind | None = None
    who: str = ""
    what: str = ""
    when: date | None = None
    edited: bool = False
    by_model: bool = False


class SharedSummary(Frozen):
    """What the partner reads, as its author saw it before sharing."""

    paragraph: tuple[SharedLine, ...] = ()
    items: tuple[SharedLine, ...] = ()
    after: Feeling | None = None


class Reflection(Record):
    """What one person wrote about one session, for their own eyes.

    ``before`` and ``after`` say how they felt. The three consents are off at first. The partner
    reads ``shared``, and only while it is there; ``withdrawn`` is when it last was taken back.
    """

    program_id: Ref
    pair_id: Ref
    session_id: Ref
    person_id: Ref
    form: Annotated[Form, Sealed()] = Form.THREE
    written: Annotated[tuple[Written, ...], Field(max_length=MOST_TEXTS), Sealed()] = ()
    before: Annotated[Feeling | None, Sealed()] = None
    after: Annotated[Feeling | None, Sealed()] = None
    progress: Annotated[tuple[Progress, ...], Field(max_length=MOST_GOALS), Sealed()] = ()
    partner_may_read: bool = False
    themes_may_count: bool = False
    model_may_help: bool = False
    summary: Annotated[KeptSummary | None, Sealed()] = None
    shared: Annotated[SharedSummary | None, Sealed()] = None
    shared_at: AwareDatetime | None = None
    withdrawn: AwareDatetime | None = None

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Self:
        length = sum(len(one.text) for one in self.written)
        if length > MOST_REFLECTION:
            raise ValueError(
                f"all that you wrote and imported has {length:,} characters, and at most "
                f"{MOST_REFLECTION:,} can be kept"
            )
        return self

    @property
    def texts(self) -> tuple[str, ...]:
        """What there is to be summarised."""
        return tuple(one.text for one in self.written if one.text)

    @property
    def outdated(self) -> bool:
        """Whether words were changed since they were summarised."""
        return self.summary is not None and self.summary.texts != self.texts
