"""Ladders of thanks, refusals and plain requests, where hardly anything is to be mended."""

from __future__ import annotations

import re

import pytest

from coach.bootstrap import open_phrasing
from coach.domain.phrasing import Level
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.ladder_notes import NO_POINT, NOT_FOUND, THANKS, TOO_SHORT
from coach.phrasing.techniques import UNDERSTAND


@pytest.fixture(scope="module")
def builder() -> LadderBuilder:
    """The ladder as it runs."""
    return open_phrasing().ladder


def _texts(builder: LadderBuilder, message: str) -> dict[Level, str]:
    return {rung.level: rung.text for rung in builder.build(message).rungs}


@pytest.mark.parametrize(
    "message",
    [
        "Thank you for listening yesterday, it really helped that you didn't look at your laptop.",
        "Thanks, that was fun!",
        "I really enjoyed our talk about the apprentices. Thank you for trusting me with it.",
    ],
)
def test_thanks_are_said_as_they_are(builder: LadderBuilder, message: str) -> None:
    ladder = builder.build(message)

    assert (ladder.check.findings, ladder.rungs, ladder.check.note) == ((), (), THANKS)


@pytest.mark.parametrize(
    "message",
    [
        "Thanks for the slides, but the numbers for May are missing.",
        "Thank you for the offer. Could you send it by Friday?",
        "Thank you for the room. Please don't book it on Mondays, I need it then.",
    ],
)
def test_thanks_that_turn_have_their_ladder(builder: LadderBuilder, message: str) -> None:
    assert set(_texts(builder, message)) == set(Level)


@pytest.mark.parametrize(
    "message",
    [
        "No, I won't write your speech for you. I'm your mentor, not your assistant.",
        "I don't want to tell you who in my team said that.",
        "I am not going to share my login with anybody.",
    ],
)
def test_a_refusal_is_not_up_for_talk(builder: LadderBuilder, message: str) -> None:
    texts = _texts(builder, message)

    assert set(texts) == set(Level)
    assert UNDERSTAND in texts[Level.GENTLE]
    told = " ".join(texts.values())
    assert not re.search(r"your side|your view|talk about it|may be reasons", told)


def test_one_is_asked_once_to_be_open_to_something(builder: LadderBuilder) -> None:
    texts = _texts(builder, "Would you be open to leaving ten minutes at the end next time?")

    assert "Would you be willing to leave ten minutes at the end next time?" in texts[Level.GENTLE]
    assert "Please leave ten minutes at the end next time." in texts[Level.DIRECT]


def test_mocking_praise_is_no_praise(builder: LadderBuilder) -> None:
    message = "Congratulations on your new LinkedIn post, nobody under 40 understood a word of it."

    assert all("ongratulations" not in text for text in _texts(builder, message).values())


def test_what_a_promise_hangs_on_is_not_cut_off(builder: LadderBuilder) -> None:
    message = (
        "The new app rejected my receipt twice. Please try one claim yourself. "
        "If you still think it is a success after that, I'll shut up about it."
    )

    for text in _texts(builder, message).values():
        assert "I'll" not in text or "If you still think it is a success after that, I'll" in text


def test_a_clause_that_begins_with_when_may_be_a_whole_sentence(builder: LadderBuilder) -> None:
    message = "When you call us 'the kids' it makes me feel like you don't take us seriously."

    assert all(message in text for text in _texts(builder, message).values())


def test_what_follows_otherwise_is_kept(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "I need an answer on the pilot before 3 December, otherwise we lose the 8 licences.",
    )

    assert all("we lose the 8 licences" in text.lower() for text in texts.values())


def test_words_of_who_learnt_english_late_are_whole(builder: LadderBuilder) -> None:
    message = (
        "I am not agree that the young people don't want to work, is not true and it hurts us."
    )
    texts = _texts(builder, message)

    assert all("I do not agree that the young people don't want" in text for text in texts.values())
    assert not any(re.search(r"[.!?] Is not true", text) for text in texts.values())


@pytest.mark.parametrize("message", ["Boring.", "No.", "Thanks for ignoring my mail again."])
def test_a_ladder_without_rungs_says_why_and_suggests_none(
    builder: LadderBuilder, message: str
) -> None:
    ladder = builder.build(message)

    assert ((), "") == (ladder.rungs, ladder.suggestion)
    assert ladder.check.note in {TOO_SHORT, NO_POINT, NOT_FOUND}


def test_what_is_suggested_is_there(builder: LadderBuilder) -> None:
    ladder = builder.build("You're late again.")

    assert ladder.suggested in {rung.level for rung in ladder.rungs}
