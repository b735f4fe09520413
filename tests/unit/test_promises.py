"""Who promised what: the writer, the partner, both or somebody else; and the act alone."""

from __future__ import annotations

from datetime import date

import pytest

from coach.adapters.grammar import EnglishGrammar
from coach.reflecting.acts import act_of
from coach.reflecting.due_days import due_day
from coach.reflecting.promises import People, who_promised

_TODAY = date(2026, 3, 12)


@pytest.fixture(scope="module")
def grammar() -> EnglishGrammar:
    return EnglishGrammar()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I'll send him the glossary by Friday.", "me"),
        ("I promised to send her the link.", "me"),
        ("Me: the list by Monday.", "me"),
        ("Homework for me: read the policy.", "me"),
        ("The slides are on me.", "me"),
        ("She will send me the numbers tomorrow.", "partner"),
        ("He offered to show me the tool next week.", "partner"),
        ("He said he would ask the board.", "partner"),
        ("Her: two clips before Tuesday.", "partner"),
        ("My mentor will book the room.", "partner"),
        ("We will read the report together.", "both"),
        ("We agreed to try captions in every call.", "both"),
        ("Both of us bring one example on Monday.", "both"),
        ("Tom and I will write the guide.", "both"),
        ("Tom said I would send the list.", "me"),
    ],
)
def test_a_promise_is_given_to_whoever_made_it(
    grammar: EnglishGrammar, text: str, who: str
) -> None:
    reading = grammar.read(text)

    assert who == who_promised(reading, People(reading, "Tom"))


def test_whoever_is_named_most_is_the_partner(grammar: EnglishGrammar) -> None:
    people = People(grammar.read("Priya was early. Priya laughed a lot. Maria from IT came too."))

    assert "partner" == who_promised(grammar.read("Priya will send the deck."), people)
    assert "Maria" == who_promised(grammar.read("Maria will open the account."), people)


def test_the_partner_that_was_told_goes_before_the_one_named_most(grammar: EnglishGrammar) -> None:
    people = People(grammar.read("Priya was early. Priya laughed. Tom was late."), "Tom Reed")

    assert "partner" == who_promised(grammar.read("Tom will send the deck."), people)
    assert "Priya" == who_promised(grammar.read("Priya will send the deck."), people)


def test_a_day_is_nobody(grammar: EnglishGrammar) -> None:
    reading = grammar.read("Monday works. On Monday I will call the vendor.")

    assert "me" == who_promised(grammar.read("On Monday I will call the vendor."), People(reading))


@pytest.mark.parametrize("text", ["", "42", "Report by Friday", "🎉", "the the the", "مرحبا"])
def test_what_names_nobody_is_the_writers_own(grammar: EnglishGrammar, text: str) -> None:
    reading = grammar.read(text)

    assert "me" == who_promised(reading, People(reading))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("I'll send him the glossary by Friday.", "send him the glossary"),
        ("By Friday I will send him the glossary.", "send him the glossary"),
        ("She promised to book the room next week.", "book the room"),
        ("He offered to show me the tool tomorrow.", "show me the tool"),
        ("We agreed to try captions in every call.", "try captions in every call"),
        ("Me: the list by Monday.", "the list"),
        ("I'm going to write the first draft.", "write the first draft"),
    ],
)
def test_the_act_is_told_without_who_and_when(grammar: EnglishGrammar, text: str, act: str) -> None:
    assert act == act_of(grammar.read(text), due_day(text, _TODAY))


def test_a_long_act_is_cut_at_a_comma(grammar: EnglishGrammar) -> None:
    text = f"I will send the list, {'and more of it ' * 8}as I said."

    assert "send the list" == act_of(grammar.read(text), None)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('Fatima said: "I\'ll send you the board pack tomorrow."', "partner"),
        ('He said, "I will bring the numbers."', "partner"),
        ('I said: "I will bring the numbers."', "me"),
    ],
)
def test_whoever_is_quoted_promises(grammar: EnglishGrammar, text: str, who: str) -> None:
    reading = grammar.read(text)

    assert who_promised(reading, People(reading)) == who
