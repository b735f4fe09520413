from __future__ import annotations

import pytest

from coach.domain.guidance import Audience, Stage, Use
from coach.domain.library import GuidanceLibrary

TOPICS = {
    "generative-ai-safety": "safe use of generative AI",
    "prompting-well": "prompting well",
    "ai-for-analysis": "AI for everyday analysis",
    "team-chat": "team chat",
    "hybrid-work": "asynchronous and hybrid work",
    "leader-social-presence": "a leader's social presence",
    "security-privacy": "security and privacy habits",
    "short-video": "short video and creators",
    "new-generation-work": "what a new generation expects from work",
    "inclusion-belonging": "inclusion and belonging",
    "accessibility": "accessibility",
    "wellbeing-norms": "wellbeing norms",
    "younger-customers": "younger customers",
    "open-innovation": "open innovation and crowdsourcing",
    "data-literacy": "data literacy",
    "upward-feedback": "feedback upward",
}


def test_there_are_enough_cards_and_a_kit_for_each_topic(library: GuidanceLibrary) -> None:
    assert len(library.cards) >= 60
    assert set(TOPICS) <= {kit.key for kit in library.kits if not kit.general}
    assert 1 == sum(kit.general for kit in library.kits)


@pytest.mark.parametrize("audience", Audience)
def test_every_audience_has_cards(library: GuidanceLibrary, audience: Audience) -> None:
    assert len([card for card in library.cards if audience in card.audience]) >= 8


def test_every_source_can_be_found_by_a_reader(library: GuidanceLibrary) -> None:
    assert [] == [key for key, one in library.sources.items() if not (one.doi or one.publisher)]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ANY])
def test_every_stage_has_cards_to_open_and_to_close_with(
    library: GuidanceLibrary, stage: Stage
) -> None:
    for use in (Use.ARRIVE, Use.FAREWELL if stage is Stage.LAST else Use.CLOSE):
        assert [
            card
            for card in library.cards
            if use in card.uses and {stage, Stage.ANY} & set(card.stage)
        ]


def test_no_passage_shows_a_bare_citation_mark(library: GuidanceLibrary) -> None:
    assert [] == [passage.id for passage in library.passages() if "[@" in passage.text]


def test_every_passage_names_its_sources(library: GuidanceLibrary) -> None:
    assert [] == [passage.id for passage in library.passages() if not passage.sources]


def test_passages_have_identifiers_of_their_own(library: GuidanceLibrary) -> None:
    identifiers = [passage.id for passage in library.passages()]

    assert len(identifiers) == len(set(identifiers))


def test_the_general_kit_is_not_searched(library: GuidanceLibrary) -> None:
    assert "any-topic" not in {passage.doc_id for passage in library.passages()}
