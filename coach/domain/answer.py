"""Answers from the library, made of sentences that each stand on a passage."""

from __future__ import annotations

from pydantic import Field

from coach.domain.chat import Provenance
from coach.domain.guidance import Citation, Frozen, Hit, Passage
from coach.domain.proposal import Refusal

#: Sentences of an answer: what a person reads at a glance.
MOST_SENTENCES = 5


class AnswerSentence(Frozen):
    """One sentence and the passage that it stands on.

    Without ``provenance`` it stands in the passage word for word (white space apart); with it,
    the words are a model's. ``origin`` is ``library`` or an added file's name.
    """

    text: str
    citation: Citation
    origin: str = "library"
    provenance: Provenance | None = None

    @property
    def refined(self) -> bool:
        """Whether the words are a model's."""
        return self.provenance is not None

    @property
    def passage(self) -> Passage:
        """The passage that is cited."""
        cited = self.citation
        return Passage(
            id=cited.passage_id,
            doc_id=cited.key,
            title=cited.title,
            heading=cited.heading,
            text=cited.passage,
            origin=self.origin,
            sources=cited.sources,
            indirect=cited.indirect,
        )


class RefusedSentence(Frozen):
    """A sentence of a model's that verification refused; shown only on demand.

    ``passage_id`` is ``None`` where it named a passage that it was not given.
    """

    text: str
    passage_id: str | None
    reason: Refusal
    detail: str = ""


class Answer(Frozen):
    """What the guidance says to a question.

    ``near`` is what the search found, best first: the passages behind a covered question, or
    what comes nearest to one that is not covered. ``refused`` is what a model wrote in vain,
    ``withheld`` which passages it was not sent, since they hold instructions aimed at a model,
    and ``error`` says to people why it wrote nothing.
    """

    question: str
    covered: bool
    sentences: tuple[AnswerSentence, ...] = Field(default=(), max_length=MOST_SENTENCES)
    near: tuple[Hit, ...] = ()
    refused: tuple[RefusedSentence, ...] = ()
    withheld: tuple[str, ...] = ()
    error: str | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Those that the sentences stand on, in their order, then what else was found."""
        cited = {one.citation.passage_id: one.passage for one in self.sentences}
        return tuple((cited | {hit.passage.id: hit.passage for hit in self.near}).values())

    @property
    def refined(self) -> bool:
        """Whether the sentences are a model's."""
        return any(sentence.refined for sentence in self.sentences)
