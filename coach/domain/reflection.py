"""What somebody wrote after a session, its summary, and the words behind each sentence."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from coach.domain.chat import Provenance
from coach.domain.guidance import Frozen

#: Characters of all texts of a reflection that are read; an hour's transcript has 60,000.
MOST_REFLECTION = 200_000


class ItemKind(StrEnum):
    """What a sentence of a reflection tells."""

    WIN = "win"
    CHALLENGE = "challenge"
    LEARNING = "learning"
    SURPRISE = "surprise"
    NEXT_STEP = "next_step"
    FEELING = "feeling"
    QUESTION = "question"
    COMMITMENT = "commitment"


class Evidence(Frozen):
    """The words that a sentence stands on: characters of one of the texts, ``end`` excluded."""

    text_index: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class SummaryItem(Frozen):
    """One thing that was told, in the writer's own words or lightly trimmed.

    ``who`` is ``me``, ``partner``, ``both`` or a name, ``what`` the act and ``when`` its day, for
    commitments alone; ``when_words`` are the words of the text that say when. ``edited`` items hold
    words that a person changed, and ``by_model`` ones those that a model chose and that were
    verified.
    """

    kind: ItemKind
    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    who: str = ""
    what: str = ""
    when: date | None = None
    when_words: str = ""
    edited: bool = False
    by_model: bool = False


class SummarySentence(Frozen):
    """A sentence of the short paragraph.

    Where it is ``by_model``, ``draft`` are the writer's own words, which can be put back, and
    ``provenance`` says where the model's come from.
    """

    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    by_model: bool = False
    draft: str = ""
    provenance: Provenance | None = None


class ReflectionSummary(Frozen):
    """What a reflection comes to; every sentence and item has evidence.

    ``dropped`` counts sentences that had none and were left out. ``note`` says what was not done,
    such as labelling another language than English.
    """

    sentences: tuple[SummarySentence, ...] = ()
    items: tuple[SummaryItem, ...] = ()
    dropped: int = Field(default=0, ge=0)
    note: str = ""

    @property
    def summary(self) -> str:
        """The short paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


class SentenceSupport(Frozen):
    """How well a source carries one sentence, 0 to 1, and the words that it does not carry."""

    text: str
    score: float = Field(ge=0, le=1)
    unsupported: tuple[str, ...] = ()


class Grounding(Frozen):
    """How well a source carries a summary: the mean of its sentences, 0 to 1."""

    score: float = Field(ge=0, le=1)
    sentences: tuple[SentenceSupport, ...]


class CareSignal(StrEnum):
    """What no summary should handle alone."""

    HARASSMENT = "harassment"
    DISCRIMINATION = "discrimination"
    RETALIATION = "retaliation"
    RISK_OF_HARM = "risk_of_harm"
