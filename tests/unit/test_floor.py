import pytest

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.cli.floor import pair_of
from coach.domain.phrasing import FloorVerdict
from coach.errors import BriefError
from coach.phrasing.floor import Floor
from coach.phrasing.floor_facts import numbers_of
from coach.phrasing.point import point_of


@pytest.fixture(scope="module")
def floor() -> Floor:
    return Floor(EnglishGrammar(), MiniLMEmbedder())


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("You interrupted me.", "I interrupted you."),
        ("You interrupted me twice today.", "Today I interrupted you twice."),
        ("You did not ask Karin.", "You did ask Karin."),
        ("Anna promised Tom the draft.", "Tom promised Anna the draft."),
        ("You are late, by 25 minutes.", "You are early, by 25 minutes."),
    ],
)
def test_a_rewrite_that_turns_the_message_round_is_refused(
    floor: Floor, original: str, rewrite: str
) -> None:
    verdict = floor.keeps(original, rewrite)

    assert False is verdict.kept
    assert verdict.reason.startswith(("it turns", "it may turn", "it says", "it may say"))


@pytest.mark.parametrize(
    ("rewrite", "reason"),
    [
        ("Please send 4 slides to Priya by Friday.", "it loses a figure: “3”"),
        ("Please send 3 slides to Leo by Friday.", "it loses a name: “Priya”"),
        ("Please send 3 slides to Priya by Monday.", "it loses when: “Friday”"),
        (
            "Could you please send 3 slides to Priya and Leo by Friday?",
            "it has a name that the message does not have: “Leo”",
        ),
    ],
)
def test_a_changed_fact_is_refused_and_named(floor: Floor, rewrite: str, reason: str) -> None:
    verdict = floor.keeps("Send 3 slides to Priya by Friday.", rewrite)

    assert FloorVerdict(kept=False, reason=reason) == verdict


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Send the damn report by Friday.", "Could you please send the report by Friday?"),
        ("You interrupted me four times.", "I was interrupted by you four times."),
        ("I need 20 pages.", "Could you let me have twenty pages, please?"),
        ("You never answer my e-mails.", "You never answer my e-mails."),
        ("You changed my slides.", "I noticed that you changed my slides in […]."),
    ],
)
def test_a_faithful_rewrite_is_kept(floor: Floor, original: str, rewrite: str) -> None:
    assert FloorVerdict(kept=True) == floor.keeps(original, rewrite)


def test_a_reason_that_nobody_gave_is_refused(floor: Floor) -> None:
    verdict = floor.keeps(
        "You took my slides without asking.",
        "You took my slides without asking, and the client has already complained about you.",
    )

    assert False is verdict.kept


def test_an_empty_rewrite_says_nothing(floor: Floor) -> None:
    assert FloorVerdict(kept=False, reason="it says nothing") == floor.keeps("Stop it.", " ")


def test_figures_in_words_and_digits_are_one() -> None:
    assert numbers_of("20 slides, twice").keys() == numbers_of("twenty slides, 2 times").keys()
    assert {45.0} == set(numbers_of("forty-five minutes"))
    assert {40_000.0} == set(numbers_of("40k"))
    assert set() == set(numbers_of("I told you a million times"))


def test_the_point_is_in_the_persons_own_words() -> None:
    message = "You interrupted me twice on Monday. Please let Priya finish."
    point = point_of(EnglishGrammar().read(message))

    assert ("You interrupted me twice on Monday",) == point.statements
    assert any("let" in request for request in point.requests)
    assert ("twice",) == point.numbers
    assert ("Priya",) == point.names
    assert ("Monday",) == point.dates


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"original": "Stop."}, "The rewrite is missing"),
        ({"original": "", "rewrite": "Stop."}, "The original is missing"),
        ({"original": "a" * 5_001, "rewrite": "a"}, "at most 5,000"),
        ({"original": "a", "rewrite": "b", "text": "c"}, "unknown field 'text'"),
        ({"original": "a \ud800", "rewrite": "b"}, "half a character"),
    ],
)
def test_a_faulty_line_is_told_what_to_mend(fields: dict[str, str], said: str) -> None:
    with pytest.raises(BriefError, match=said):
        pair_of(fields)
