"""Words of one meaning, and of opposite ones."""

from __future__ import annotations

from coach.language.lexicon import antonyms, are_synonyms, are_turned_by_prefix, opposites_in


def test_opposites_hold_both_ways() -> None:
    found = opposites_in(["long/short", "long/brief"])

    assert {"short", "brief"} == found["long"]
    assert {"long"} == found["short"]


def test_common_antonyms_are_known() -> None:
    assert "close" in antonyms()["open"]


def test_words_that_can_mean_one_thing_are_synonyms() -> None:
    assert are_synonyms("buy", "purchase")
    assert not are_synonyms("buy", "sell")
    assert not are_synonyms("xyzzy", "xyzzy")


def test_a_prefix_turns_a_word() -> None:
    assert are_turned_by_prefix("unclear", "clear")
    assert not are_turned_by_prefix("clear", "clearly")
    assert not are_turned_by_prefix("it", "unit")
