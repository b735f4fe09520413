"""Names are taken out of a message before it is scored, words are not."""

from __future__ import annotations

import pytest

from coach.bootstrap import open_phrasing
from coach.phrasing.neutral import without_names


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("Mark, you interrupted me", "Alex, you interrupted me"),
        ("June, could you stop", "Alex, could you stop"),
        ("María del Carmen never reads it", "Alex never reads it"),
        ("I asked Ana Maria van der Berg", "I asked Alex"),
        ("Honestly, you interrupted me", "Honestly, you interrupted me"),
        ("Look, you did it in June", "Look, you did it in June"),
        ("Clearly, your slides are late", "Clearly, your slides are late"),
        ("Slides and charts, you said", "Slides and charts, you said"),
    ],
)
def test_only_names_are_taken_out(text: str, neutral: str) -> None:
    assert without_names(text, open_phrasing().checker._plain_words) == neutral


def test_a_name_does_not_move_the_score() -> None:
    check = open_phrasing().checker.check
    scores = {
        check(f"{name}, you never read what we send.").score
        for name in ("Alex", "Mark", "Oluwaseun", "Nguyễn", "María del Carmen", "June")
    }

    assert len(scores) == 1
