"""Spans of words that may threaten face: whole words, and none where nothing threatens."""

from __future__ import annotations

import pytest

from coach.domain.phrasing import Threat
from coach.phrasing.spotting import spots


@pytest.mark.parametrize(
    "text",
    [
        "Young people don't listen any more.",
        "I said it and everybody laughed at the door.",
        "Oh great, another 2-hour town hall where you read us the slides.",
    ],
)
def test_a_span_ends_with_a_whole_word(text: str) -> None:
    found = spots(text)

    assert found
    assert all(not text[one.end].isalnum() for one in found if one.end < len(text))
    assert all(text[one.end : one.end + 2] != "'t" for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "I don't speak for my generation, I speak for myself.",
        "I don't agree that young people don't want to work.",
        "The new policy leaves part-time staff out. How do you see it?",
        "If you still think it is a success after that, we can leave it.",
        "Thank you for listening yesterday.",
        "Thank you for the room.",
    ],
)
def test_words_that_threaten_nobody_are_not_marked(text: str) -> None:
    assert spots(text) == ()


def test_the_same_words_are_marked_where_they_are_meant() -> None:
    assert spots("Your generation never listens.")
    assert spots("Don't you see it?")
    assert spots("You still think it is a success.")
    assert spots("Thank you for nothing.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Honestly, your idea to ban chatbots is stupid.", Threat.INSULT),
        ("Shut up and listen.", Threat.INSULT),
        ("Do you even want this program?", Threat.ACCUSING_QUESTION),
    ],
)
def test_hard_words_about_what_somebody_does_are_marked(text: str, kind: Threat) -> None:
    assert kind in {one.kind for one in spots(text)}


def test_a_hard_word_for_oneself_is_not_shutting_anybody_up() -> None:
    assert spots("I'll shut up about it.") == ()
