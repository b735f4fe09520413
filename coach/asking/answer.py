"""Answer a question with sentences of the library, word for word, each with its passage."""

from __future__ import annotations

from coach.asking.choosing import choose
from coach.asking.nearness import Nearness
from coach.domain.answer import Answer, AnswerSentence
from coach.domain.guidance import Citation, GuidanceCard, Hit, Passage
from coach.domain.library import GuidanceLibrary
from coach.ports import GuidanceIndex, Screen

#: Documents that an answer may draw on, and hits that are shown under it.
_DOCUMENTS, _SHOWN = 3, 5
#: A document this far behind the best is about something else.
_BEHIND = 0.7
#: What is near though it is no answer: how many, and from which probability worth a look.
_NEAREST, _WORTH_SHOWING = 3, 0.25
#: Sections that any question may ask for, beside the first and the one that was found.
_ALSO = ("Words to use",)


class Asker:
    """Answers from the library and the added documents. Holds no question.

    What an added document says to a language model is no guidance: ``screen`` leaves it out.
    """

    def __init__(
        self, library: GuidanceLibrary, index: GuidanceIndex, nearness: Nearness, screen: Screen
    ) -> None:
        self._library = library
        self._index = index
        self._nearness = nearness
        self._screen = screen

    def ask(self, question: str) -> Answer:
        """The answer in words of the library, or ``covered=False`` with what is near.

        Raises ``EmbedderError``.
        """
        found = self._index.search(question, k=_SHOWN)
        if not found.covered:
            worth_it = found.confidence >= _WORTH_SHOWING
            near = found.hits[:_NEAREST] if worth_it else ()
            return Answer(question=found.query, covered=False, near=near)
        documents = [self._passages(hit) for hit in _foremost(found.hits)]
        chosen = choose(found.query, documents, self._nearness, leave_out=self._is_order)
        return Answer(
            question=found.query,
            covered=True,
            sentences=tuple(
                AnswerSentence(
                    text=choice.sentence.text,
                    citation=citation_of(choice.passage),
                    origin=choice.passage.origin,
                )
                for choice in chosen
            ),
            near=found.hits,
        )

    def _passages(self, hit: Hit) -> list[Passage]:
        """What a found document offers, in reading order: its gist, what was found, and words."""
        found = hit.passage
        card = self._library.by_key.get(found.doc_id)
        if card is None or found.origin != "library":
            return [found]
        return [
            passage
            for place, passage in enumerate(self._sections(card))
            if place == 0 or passage.id == found.id or passage.heading in _ALSO
        ]

    def _is_order(self, passage: Passage, sentence: str) -> bool:
        return passage.origin != "library" and self._screen.is_instruction(sentence)

    def _sections(self, card: GuidanceCard) -> list[Passage]:
        return [self._library.passage(card, section) for section in card.sections]


def citation_of(passage: Passage) -> Citation:
    """The citation of one passage."""
    return Citation(
        key=passage.doc_id,
        title=passage.title,
        heading=passage.heading,
        passage=passage.text,
        passage_id=passage.id,
        sources=passage.sources,
        indirect=passage.indirect,
    )


def _foremost(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits[:_DOCUMENTS] if hit.score >= _BEHIND * hits[0].score)
