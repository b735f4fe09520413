"""What to say to somebody who told one something hard."""

from __future__ import annotations

import pytest

from coach.adapters.grammar import EnglishGrammar
from coach.domain.library import GuidanceLibrary
from coach.errors import BriefError
from coach.phrasing.receive import Receive


@pytest.fixture(scope="module")
def receive(library: GuidanceLibrary) -> Receive:
    """The advice over the shipped library."""
    return Receive(EnglishGrammar(), library)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("You interrupt people.", "When did you last notice me interrupting people?"),
        ("You never listen to us.", "When did you last notice me not listening to you?"),
        ("You talk over me in calls.", "When did you last notice me talking over you in calls?"),
        ("Your slides are hard to read.", "Which moment with my slides do you have in mind?"),
        (
            "You come across as too corporate.",
            "When did you notice me coming across as corporate, and what had I just said or done?",
        ),
    ],
)
def test_an_instance_is_asked_for_with_the_persons_turned(
    receive: Receive, told: str, asked: str
) -> None:
    assert asked == receive.advise(told).replies[1]


def test_what_was_missed_is_asked_for_as_it_should_have_been(receive: Receive) -> None:
    advice = receive.advise("You don't answer my messages.")

    assert advice.replies[2] == "What would answering your messages have looked like, just then?"


def test_a_wish_is_said_back_as_a_wish(receive: Receive) -> None:
    advice = receive.advise("You need to delegate more.")

    assert "You would like me to delegate more." in advice.replies[0]
    assert advice.advice_question == "What would you try first in my place, to delegate more?"


def test_hearsay_and_a_label_are_named_as_such(receive: Receive) -> None:
    advice = receive.advise("People say you are difficult.")

    assert "never who said it" in advice.note
    assert "This is a label" in advice.note


def test_praise_gets_a_smaller_question(receive: Receive) -> None:
    advice = receive.advise("Great session, I really enjoyed it.")

    assert advice.note.startswith("This is praise.")
    assert len(advice.replies) == 3


@pytest.mark.parametrize(
    "told", ["You are a stupid old dinosaur", "If you tell anyone you will be fired."]
)
def test_abuse_gets_no_reply_but_the_right_people(receive: Receive, told: str) -> None:
    advice = receive.advise(told)

    assert advice.replies == ()
    assert "HR" in advice.care
    assert advice.citations[0].key == "when-a-line-is-crossed"


def test_another_language_gets_general_replies(receive: Receive) -> None:
    advice = receive.advise("Du unterbrichst die Leute immer in den Besprechungen")

    assert "only English is checked" in advice.note
    assert len(advice.replies) == 3


def test_what_to_avoid_and_the_citations_are_always_there(receive: Receive) -> None:
    advice = receive.advise("You interrupt people.")

    assert len(advice.avoid) == 3
    assert [one.key for one in advice.citations] == [
        "thank-and-probe",
        "listen-before-you-reply",
        "ask-for-advice-not-feedback",
        "invite-candour",
    ]


def test_nothing_is_refused(receive: Receive) -> None:
    with pytest.raises(BriefError, match="nothing to read"):
        receive.advise(" ")
