"""A draft with a word more is still the draft, unless that word turns it."""

from __future__ import annotations

import pytest

from coach.verification.grown import only_grown

_DRAFT = "What would make you keep this up?"


@pytest.mark.parametrize(
    "text",
    [
        "What would make you keep this up?",
        "What would help you keep this up once the session is over?",
        "What would really make you keep this up?",
        "And what would make you keep this up then?",
    ],
)
def test_a_draft_that_only_grew_is_kept(text: str) -> None:
    assert only_grown(_DRAFT, text)


@pytest.mark.parametrize(
    "text",
    [
        "What would make you not keep this up?",
        "What would make you never keep this up?",
        "What would make me keep this up for you?",
        "What would make you stop and keep this up?",
        "What would make you and your budget keep this promotion up?",
        "What would make you give this up?",
        "What would make you keep this up after your boss has told you off again?",
        "keep this up",
        "",
    ],
)
def test_a_word_that_turns_it_or_much_more_is_judged(text: str) -> None:
    assert not only_grown(_DRAFT, text)


def test_a_draft_of_next_to_nothing_vouches_for_nothing() -> None:
    assert not only_grown("Why so?", "Why did the budget grow so?")
