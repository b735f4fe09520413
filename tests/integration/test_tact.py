"""The checker over the shipped weights and library, alone and as a command."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bootstrap import open_phrasing
from coach.domain.phrasing import MOST_MESSAGE, Threat
from coach.phrasing.check import Checker
from coach.phrasing.threats import ABOUT

Command = Callable[..., CompletedProcess[bytes]]

_ONE_EACH = [
    (Threat.CRITICISM_OF_PERSON, "You are disorganised, and the team pays for it."),
    (Threat.INSULT, "Only an idiot sends that to a client."),
    (Threat.MIND_READING, "You clearly don't care about the juniors."),
    (Threat.ABSOLUTE, "You never answer my messages."),
    (Threat.COMMAND, "Stop calling me after six."),
    (Threat.COMPARISON, "Even the interns manage to mute themselves."),
    (Threat.CONDESCENSION, "Let me make it simple for you."),
    (Threat.SARCASM, "Great job, as usual."),
    (Threat.AGE_OR_GENERATION, "People your age cannot work with this."),
    (Threat.BLAME, "Because of you we lost the client."),
    (Threat.PUBLIC_EXPOSURE, "As everyone on this call saw, it was wrong."),
    (Threat.UNASKED_ADVICE, "If I were you I would take a course."),
    (Threat.TESTING_QUESTION, "Do you even know what an API is?"),
    (Threat.LEADING_QUESTION, "Don't you think the deck is too long?"),
    (Threat.ACCUSING_QUESTION, "Why do you keep cutting me off?"),
    (Threat.RANK_PULLING, "As your director I don't have to explain that."),
    (Threat.APOLOGY_THAT_UNDOES_ITSELF, "I'm sorry if you felt attacked."),
    (Threat.GROVELLING, "I'm only a junior and probably totally wrong."),
    (Threat.BURIED_POINT, "I know how terribly busy you are these days, and the font is small."),
    (Threat.ULTIMATUM, "Change it, or I will tell HR."),
    (Threat.HEARSAY, "People are saying that you play favourites."),
    (Threat.BACKHANDED_PRAISE, "Surprisingly good for a beginner."),
    (Threat.OBVIOUSNESS, "Obviously the totals must match."),
    (Threat.DISMISSAL, "We don't need your opinion on this."),
    (Threat.IMPATIENCE, "For the third time, the link is broken."),
]
_FAIR = [
    "Your third slide's labels are small for me.",
    "You interrupted me three times in Tuesday's review.",
    "The numbers on page four are wrong. Can we mend them before noon?",
    "I disagree with moving the launch; the tests need another week.",
    "Could you send me the deck by Friday?",
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return open_phrasing().checker


@pytest.mark.parametrize(("kind", "text"), _ONE_EACH)
def test_each_threat_is_found_with_its_words_and_a_reason(
    kind: Threat, text: str, checker: Checker
) -> None:
    found = [one for one in checker.check(text).findings if one.kind is kind]

    assert found
    assert text[found[0].start : found[0].end].strip()
    assert ABOUT[kind].why == found[0].why
    assert found[0].citation.passage


def test_every_threat_has_an_example() -> None:
    assert set(Threat) == {kind for kind, _ in _ONE_EACH}


@pytest.mark.parametrize("text", _FAIR)
def test_a_fair_criticism_is_left_alone(text: str, checker: Checker) -> None:
    found = checker.check(text)

    assert () == found.findings
    assert found.score > 0.5


def test_no_rude_word_is_needed_to_score_badly(checker: Checker) -> None:
    sharp = checker.check("You clearly don't understand how Slack works").score
    plain = checker.check("Your third slide's labels are small for me").score

    assert sharp < 0.3
    assert plain > 0.6


@pytest.mark.parametrize("name", ["Ngozi", "Anne-Marie", "Xiulan", "李伟", "O'Connor", "Åse"])
def test_a_name_does_not_move_the_score(name: str, checker: Checker) -> None:
    scores = {
        round(checker.check(form.format(who)).score, 4)
        for form in ("On Monday you cut {} off twice.",)
        for who in (name, "Peter")
    }

    assert 1 == len(scores)


def test_another_language_is_said_not_scored(checker: Checker) -> None:
    found = checker.check("Sie hören mir nie zu, und das ärgert mich in jeder Besprechung sehr.")

    assert "English" in found.note
    assert () == found.findings


@pytest.mark.parametrize(
    "text",
    ["I will kill you.", "My manager touched my leg twice.", "I want to end my life."],
)
def test_what_no_wording_should_polish_points_to_people(text: str, checker: Checker) -> None:
    assert checker.check(text).care


@pytest.mark.parametrize(
    "text",
    [
        "I could kill for a coffee.",
        "This deadline is killing us.",
        "The demo died on me.",
        "I was annoyed that you cut me off.",
    ],
)
def test_ordinary_frustration_is_no_alarm(text: str, checker: Checker) -> None:
    assert not checker.check(text).care


def test_an_empty_message_has_nothing_to_check(checker: Checker) -> None:
    found = checker.check(" \n")

    assert (1.0, ()) == (found.score, found.findings)
    assert found.note


def test_a_message_of_50_kb_is_read_up_to_its_limit(checker: Checker) -> None:
    found = checker.check("You never listen to me. " * 2_100)

    assert all(one.end <= MOST_MESSAGE for one in found.findings)
    assert f"{MOST_MESSAGE:,}" in found.note


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_gets_a_score_and_spans_that_lie_in_it(text: str) -> None:
    found = open_checker().check(text)

    assert 0.0 <= found.score <= 1.0
    assert all(0 <= one.start < one.end <= len(text) for one in found.findings)


_OPENED: list[Checker] = []


def open_checker() -> Checker:
    """One checker for all examples."""
    if not _OPENED:
        _OPENED.append(open_phrasing().checker)
    return _OPENED[0]


def test_the_command_answers_lines_in_order_and_goes_on_after_a_bad_one(
    run_coach: Command,
) -> None:
    lines = [{"id": 1, "text": "You never listen."}, {"id": 2}, {"id": 3, "text": _FAIR[0]}]
    done = run_coach("tact", "--jsonl", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    rows = [json.loads(line) for line in done.stdout.splitlines()]

    assert 1 == done.returncode
    assert [1, 2, 3] == [row["id"] for row in rows]
    assert "error" in rows[1]
    assert rows[0]["score"] < rows[2]["score"]
    assert {"start", "end", "kind", "severity", "why", "instead"} <= rows[0]["findings"][0].keys()
