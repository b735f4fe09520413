"""Groundedness, sentence by sentence, with the real grammar and embedder."""

from __future__ import annotations

import pytest

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.domain.reflection import MOST_REFLECTION
from coach.errors import BriefError
from coach.reflecting.grounding import MOST_SUMMARY, Grounder
from coach.reflecting.grounding_features import SIGNS
from coach.reflecting.grounding_fitted import Weights, fitted
from coach.reflecting.grounding_source import retold, units_of
from evals.fit_grounding import fit
from evals.grounding import area

_CHAT = """Amara: Bruno, could you send the 12 slides to Keiko by Friday?
Bruno: I can do that. I didn't like the old ones.
Keiko: Thanks. I'll check them on Sunday and ring Amara.
Bruno: Some of the charts are still missing."""


@pytest.fixture(scope="module")
def grounder() -> Grounder:
    return Grounder(EnglishGrammar(), MiniLMEmbedder())


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("Bruno will send 12 slides to Keiko.", "Bruno will send 40 slides to Keiko.", "40"),
        (
            "Keiko will check the slides on Sunday.",
            "Keiko will check the slides on Monday.",
            "Monday",
        ),
        ("Keiko will ring Amara.", "Keiko will ring Ingrid.", "Ingrid"),
        ("Keiko will ring Amara.", "Amara will ring Keiko.", ""),
        ("Bruno did not like the old slides.", "Bruno liked the old slides.", ""),
        ("Some charts are still missing.", "All the charts are still missing.", "All"),
        ("Keiko will ring Amara.", "Keiko will not ring Amara.", "ring"),
        (
            "Bruno will send the slides by Friday.",
            "Bruno will repaint the kitchen by Friday.",
            "kitchen",
        ),
    ],
)
def test_a_wrong_sentence_scores_below_the_right_one_and_names_its_word(
    grounder: Grounder, right: str, wrong: str, word: str
) -> None:
    kept, turned = grounder.ground(_CHAT, f"{right}\n{wrong}").sentences

    assert kept.score > turned.score
    assert () == kept.unsupported
    assert not word or word in turned.unsupported


@pytest.mark.parametrize(
    ("source", "summary"),
    [
        ("Tom did not open it.", "Tom opened it."),
        ("Tom opened it.", "Tom did not open it."),
        ("The shop was open on Sunday.", "The shop was closed on Sunday."),
        ("Mei praised the plan of the team.", "Mei criticised the plan of the team."),
        ("The rules of the club are clear.", "The rules of the club are unclear."),
    ],
)
def test_the_opposite_of_a_source_is_not_supported(
    grounder: Grounder, source: str, summary: str
) -> None:
    kept, turned = (grounder.ground(source, text).score for text in (source, summary))

    assert kept > 0.6
    assert turned < 0.5


def test_a_figure_of_something_else_counts_against_a_sentence(grounder: Grounder) -> None:
    source = "The boiler costs 900 euros. The new door costs 350 euros."
    right, wrong = grounder.measured(
        source, ["The boiler costs 900 euros.", "The boiler costs 350 euros."]
    )

    assert 0.0 == right["fact_elsewhere"]
    assert wrong["fact_elsewhere"] > 0.0


def test_a_source_nearer_to_the_sentence_with_another_name_counts_against_it(
    grounder: Grounder,
) -> None:
    source = "Keiko baked the bread. Bruno washed the van."
    right, wrong = grounder.measured(source, ["Keiko baked the bread.", "Bruno baked the bread."])

    assert right["lead_renamed"] > 0.0 > wrong["lead_renamed"]


def test_the_whole_scores_the_mean_of_its_sentences(grounder: Grounder) -> None:
    found = grounder.ground(_CHAT, "Keiko will ring Amara. Bruno bought a horse.")

    assert 2 == len(found.sentences)
    assert found.score == pytest.approx(sum(one.score for one in found.sentences) / 2)


@pytest.mark.parametrize(
    ("source", "summary", "fault"),
    [
        ("", "A summary.", "The source is empty or has no word."),
        ("A source.", " \n", "The summary is empty or has no word."),
        ("… — …", "A summary.", "The source is empty or has no word."),
        ("a" * (MOST_REFLECTION + 1), "A summary.", "The source has 200,001 characters"),
        ("A source.", "a" * (MOST_SUMMARY + 1), "The summary has 20,001 characters"),
        ("A source.", "A \ud800.", "The summary holds half a character"),
    ],
)
def test_a_text_that_cannot_be_read_is_named(
    grounder: Grounder, source: str, summary: str, fault: str
) -> None:
    with pytest.raises(BriefError, match=fault):
        grounder.ground(source, summary)


@pytest.mark.parametrize("text", ["42", "!?a", "Amara:", "مرحبا بك", "x" * 5_000, "a b " * 40_000])
def test_any_text_gets_a_score(grounder: Grounder, text: str) -> None:
    found = grounder.ground(text, "Keiko will ring Amara.")

    assert 0.0 <= found.score <= 1.0


def test_a_turn_is_told_in_the_third_person() -> None:
    units = units_of(_CHAT)

    assert ("Amara", "Bruno, could Bruno send the 12 slides to Keiko by Friday?") == (
        units[0].speaker,
        units[0].text,
    )
    assert "Bruno can do that." == units[1].text


def test_minutes_have_no_speakers() -> None:
    units = units_of("Present: Ana, Tom.\nRoof: The repair costs 900.\nNext meeting: 3 May.")

    assert {""} == {unit.speaker for unit in units}


def test_whoever_writes_is_the_writer_of_the_summary() -> None:
    source = "I met Ana on Monday. She showed me her plan."

    assert "Writer met Ana on Monday." == units_of(source)[0].text
    assert "Writer met Ana." == retold("The mentor met Ana.", source)


def test_a_mentor_whom_the_source_names_is_not_its_writer() -> None:
    assert "The mentor was late." == retold("The mentor was late.", "My mentor was late.")


def test_no_feature_may_speak_against_its_meaning() -> None:
    weights = fitted().weights

    assert list(SIGNS) == list(weights)
    assert all(weight * SIGNS[name] >= 0 for name, weight in weights.items())


def test_a_probability_grows_with_what_speaks_for_it() -> None:
    weights = Weights(base=0.0, weights={"near": 2.0})

    assert 0.5 == weights.probability({"near": 0.0})
    assert weights.probability({"near": 1.0}) > 0.5


def test_a_fit_gives_no_weight_to_what_speaks_the_wrong_way() -> None:
    import numpy as np

    features = np.zeros((40, len(SIGNS)))
    features[:20, list(SIGNS).index("number_new")] = 1.0
    labels = np.arange(40) < 20

    against, _ = fit(features, labels)
    meant, _ = fit(features, ~labels)

    assert 0.0 == against[list(SIGNS).index("number_new")]
    assert meant[list(SIGNS).index("number_new")] < 0.0


def test_the_area_counts_pairs_in_order_and_ties_as_halves() -> None:
    assert 0.75 == area([True, True, False], [2.0, 1.0, 1.0])
