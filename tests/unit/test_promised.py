"""A promise in words that both of the two can read."""

from __future__ import annotations

import pytest

from coach.pair.promised import as_both_read


@pytest.mark.parametrize(
    ("what", "read"),
    [
        ("introduce me to Priya", "introduce Ana to Priya"),
        ("read my notes and send me hers", "read Ana’s notes and send Ana hers"),
        ("bring what I’ll need", "bring what Ana will need"),
        ("ask if I'm free", "ask if Ana is free"),
        ("book the room for IT and for Mei", "book the room for IT and for Mei"),
    ],
)
@pytest.mark.parametrize("who", ["partner", "both"])
def test_what_the_other_is_to_do_names_the_writer(what: str, read: str, who: str) -> None:
    assert read == as_both_read(what, who, "Ana Duarte")


@pytest.mark.parametrize(("who", "author"), [("me", "Ana Duarte"), ("partner", "")])
def test_ones_own_act_and_that_of_nobody_stay_as_they_are(who: str, author: str) -> None:
    assert "send him my notes" == as_both_read("send him my notes", who, author)


def test_a_name_is_put_in_as_it_is() -> None:
    assert r"show \1{} it" == as_both_read("show me it", "partner", r"\1{} Doe")
