from __future__ import annotations

from collections.abc import Collection

import pytest
from fakes import WordIndex

from coach.domain.guidance import Audience, Hit, SearchResult, Use
from coach.domain.library import GuidanceLibrary
from coach.prepare.worry import advise

WORRIES = {
    Audience.MENTOR: "I am nervous because she is so senior",
    Audience.MENTEE: "what if my question sounds like an exam from three grades up?",
}
SPEAKERS = {Audience.MENTOR: "Mentor", Audience.MENTEE: "Mentee"}


@pytest.mark.parametrize("audience", WORRIES)
def test_a_worry_gets_cited_advice_in_the_words_of_the_one_who_worries(
    library: GuidanceLibrary, audience: Audience
) -> None:
    found = advise(WORRIES[audience], audience, library, WordIndex(library))

    assert found is not None
    assert WORRIES[audience] == found.worry
    first = library.by_key[found.citations[0].key]
    assert first.words(SPEAKERS[audience]) == found.words
    assert found.words
    assert found.advice == found.citations[0].passage
    for citation in found.citations:
        card = library.by_key[citation.key]
        section = card.section("What to do")
        assert section is not None
        assert library.cite(card, section) == citation
        assert audience in card.audience


def test_the_two_ask_among_cards_of_their_own(library: GuidanceLibrary) -> None:
    worry = "what if I am asked something that I must not answer?"
    mentor, mentee = (advise(worry, audience, library, WordIndex(library)) for audience in WORRIES)

    assert mentor is not None
    assert mentee is not None
    assert mentor.words != mentee.words


@pytest.mark.parametrize("audience", WORRIES)
def test_a_worry_that_the_guidance_does_not_cover_is_said_so(
    library: GuidanceLibrary, audience: Audience
) -> None:
    found = advise("xylophones", audience, library, WordIndex(library, covered=False))

    assert found is not None
    assert "The guidance has nothing that fits this worry." in found.advice
    assert ((), ()) == (found.words, found.citations)


@pytest.mark.parametrize("audience", WORRIES)
def test_without_a_worry_nothing_is_searched(library: GuidanceLibrary, audience: Audience) -> None:
    index = WordIndex(library)

    assert advise("", audience, library, index) is None
    assert [] == index.searches


def test_a_library_without_a_fitting_card_has_no_advice(library: GuidanceLibrary) -> None:
    bare = library.model_copy(update={"cards": ()})

    found = advise("I am nervous", Audience.MENTEE, bare, WordIndex(bare))

    assert found is not None
    assert () == found.citations


@pytest.mark.parametrize("audience", WORRIES)
def test_a_card_that_was_written_for_others_is_no_advice(
    library: GuidanceLibrary, audience: Audience
) -> None:
    found = advise(WORRIES[audience], audience, library, WordIndex(library))
    assert found is not None
    near = library.by_key[found.citations[0].key]

    for audiences, count in (((audience,), 1), ((Audience.LEAD,), 0)):
        alone = library.model_copy(
            update={"cards": (near.model_copy(update={"audience": audiences}),)}
        )
        again = advise(WORRIES[audience], audience, alone, WordIndex(alone))

        assert again is not None
        assert count == len(again.citations)


@pytest.mark.parametrize(("second", "count"), [(0.9, 2), (0.85, 2), (0.84, 1), (0.0, 1)])
def test_a_second_card_comes_only_if_it_is_nearly_as_near(
    library: GuidanceLibrary, second: float, count: int
) -> None:
    found = advise("any worry", Audience.MENTOR, library, Scored(library, (1.0, second)))

    assert found is not None
    assert count == len(found.citations)


class Scored(WordIndex):
    """Finds cards for worries with these scores, whatever is asked."""

    def __init__(self, library: GuidanceLibrary, scores: tuple[float, ...]) -> None:
        super().__init__(library)
        cards = [card for card in library.cards if Use.WORRY in card.uses and card.words("Mentor")]
        self._hits = tuple(
            Hit(passage=library.passage(card, card.sections[0]), score=score)
            for card, score in zip(cards, scores, strict=False)
        )

    def search(
        self, query: str, *, k: int = 10, among: Collection[str] | None = None
    ) -> SearchResult:
        """See ``GuidanceIndex.search``."""
        hits = tuple(hit for hit in self._hits if among is None or hit.passage.doc_id in among)
        return SearchResult(query=query, hits=hits[:k], covered=True, confidence=1.0)
