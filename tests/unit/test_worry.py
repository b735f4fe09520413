from __future__ import annotations

import pytest
from fakes import WordIndex

from coach.bootstrap import Coach
from coach.domain.guidance import Audience
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
def test_the_real_index_finds_advice_for_either(coach: Coach, audience: Audience) -> None:
    found = advise(WORRIES[audience], audience, coach.library, coach.index)

    assert found is not None
    assert found.citations
    assert found.words


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


def test_a_second_card_comes_only_if_it_is_nearly_as_near(library: GuidanceLibrary) -> None:
    worry = WORRIES[Audience.MENTEE]
    index = WordIndex(library)

    found = advise(worry, Audience.MENTEE, library, index)
    everything = [card.key for card in library.cards]
    near = index.closeness(worry, everything)

    assert found is not None
    first, *others = (near[citation.key] for citation in found.citations)
    assert all(other >= 0.85 * first for other in others)
