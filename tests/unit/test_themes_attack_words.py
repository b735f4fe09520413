"""The attacks on words: they find what a careless report lets out, and nothing in a careful one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from coach.domain.themes import Count, Statement, Theme, ThemeReport
from coach.themes.attack.attacks import Tally
from coach.themes.attack.auditor import Auditor, root, roots
from coach.themes.attack.canaries import KINDS, Planting
from coach.themes.attack.stylometry import Bets, nearest, restyled
from coach.themes.attack.words import STYLE, OnWords

DAY = date(2026, 9, 1)


def report(label: str, sentence: str = "It is hard.", words: tuple[str, ...] = ()) -> ThemeReport:
    theme = Theme(id="t", label=label, sentence=sentence, words=words, pairs=Count(least=5, most=9))
    return ThemeReport(made=DAY, min_pairs=5, themes=(theme,))


def careful(statements: Sequence[Statement], least: int) -> ThemeReport:
    """Words that at least K pairs used, the most used first."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for one in statements:
        for word in one.text.lower().split():
            users[word.strip(".")].add(one.pair)
    most = sorted((word for word in users if len(users[word]) >= least), key=str)
    return report(" ".join(most[:4]), "Many pairs tell of this.")


def quoting(statements: Sequence[Statement], _least: int) -> ThemeReport:
    """One theme for each statement, in its words."""
    themes = [
        Theme(id=one.id, label="Said", sentence=one.text, pairs=Count(least=5, most=9))
        for one in statements
    ]
    return ThemeReport(made=DAY, min_pairs=5, themes=tuple(themes))


def test_every_kind_is_planted_and_a_careful_report_holds_none() -> None:
    tally, attack = Tally(), OnWords(careful, [])
    for number in range(4):
        attack.plant(number, tally)

    assert {f"planted: {kind.replace('_', ' ')}" for kind in KINDS} == set(tally.tried)
    assert sum(tally.tried.values()) == 2 * 48 + 2 * 12
    assert sum(tally.recovered.values()) == 0


def test_whatever_is_planted_is_found_in_a_report_that_quotes() -> None:
    tally, attack = Tally(), OnWords(quoting, [])
    for number in range(4):
        attack.plant(number, tally)

    assert tally.recovered == tally.tried


def test_what_is_planted_was_said_by_fewer_pairs_than_the_threshold() -> None:
    for number in range(4):
        statements, canaries = Planting().planted(number, 1)
        for canary in canaries:
            said = {one.pair for one in statements if canary.value in one.text}
            assert set(canary.pairs) <= said
            assert len(canary.pairs) == (1 if number % 2 == 0 else 4)


def test_other_names_can_be_planted() -> None:
    _, canaries = Planting(["Zebedee"]).planted(0, 1)

    assert {one.value for one in canaries if one.kind == "person"} == {"Zebedee"}


def test_the_style_of_those_who_are_quoted_is_recognised() -> None:
    statements, _ = Planting().planted(0, 1)
    written, odd = restyled(statements, Random(1))  # noqa: S311 - repeatable
    quoted = [one for one in written if one.pair in odd]

    guessed = [nearest(quoting([one], 5).themes[0], written) for one in quoted]

    assert len(odd) == 4
    assert sum(pair in odd for pair in guessed) > len(guessed) / 2


def test_the_style_of_a_careful_report_is_nobodys() -> None:
    attack, tally = OnWords(careful, []), Tally()
    for number in range(12):
        attack.bet(number)
    attack.settle(tally)

    assert (tally.tried[STYLE], tally.recovered[STYLE]) == (12, 0)


def test_bets_count_only_beyond_luck() -> None:
    lucky, knowing = Bets(), Bets()
    for index in range(100):
        lucky.add(0.1, won=index % 8 == 0)
        knowing.add(0.1, won=index % 2 == 0)

    assert lucky.beyond_chance == 0
    assert knowing.beyond_chance == 40


LIBRARY = [
    "Calendars are hard to keep when meetings move at short notice.",
    "Feedback to a senior takes courage. Pairs find this hard. It is theirs and yours.",
    "Ask open questions.",
    "Will it help? It may. AI at work helps.",
]


def said(*texts: str, by: int = 1) -> list[Statement]:
    return [
        Statement(id=f"{place}-{pair}", pair=f"p{pair}", text=text)
        for place, text in enumerate(texts)
        for pair in range(by)
    ]


def found(label: str, statements: Sequence[Statement], words: tuple[str, ...] = ()) -> list[str]:
    return [one.text for one in Auditor(LIBRARY).audit(report(label, words=words), statements)]


@pytest.mark.parametrize(
    "label",
    ["Calendars and short notice", "Keeping a calendar", "AI at work", "Pairs ask: feedback"],
)
def test_words_of_the_library_are_nobodys(label: str) -> None:
    assert found(label, said("My calendar is full.")) == []


@pytest.mark.parametrize(
    ("text", "by", "flagged"),
    [("We talk about spreadsheets", 5, False), ("We talk about spreadsheets", 4, True)],
)
def test_another_word_needs_as_many_pairs_as_the_threshold(
    text: str, by: int, flagged: bool
) -> None:
    assert bool(found("Hard spreadsheets", said(text, by=by))) == flagged


@pytest.mark.parametrize(
    "planted",
    [
        *(
            "Priya",
            "王秀英",
            "Оксана",
            "محمد",
            "наm",
            "p.n@contoso.example",
            "0171 5550199",
            "@quiet",
        ),
        *(
            "www.kestrel.example",
            "£300",
            "QX7",
            "#team",
            "zymurgy",
            "Ta\u200bmara",
            "5 %",
            "O’Rourke",
        ),
    ],
)
def test_what_one_pair_said_is_found_in_any_script_and_form(planted: str) -> None:
    assert found(f"Feedback to {planted} at work", said(f"My mentor {planted} is late."))


def test_a_name_that_is_also_a_word_is_found_where_it_stands_as_a_name() -> None:
    assert found("Feedback takes Will courage", said("My mentor Will is late."))
    assert found("May keep calendars", said("My mentor May is late."))
    assert found("It may help", said("My mentor is late.")) == []


def test_four_words_in_a_row_of_a_statement_are_a_quotation() -> None:
    quoted = found("Meetings move at short notice", said("Here meetings move at short notice."))

    assert "meetings move at short" in quoted


def test_a_word_that_is_said_to_be_shared_is_counted_again() -> None:
    assert found("Calendars", said("Full of spreadsheets", by=2), words=("spreadsheet",))


def test_forms_of_a_word_share_a_root() -> None:
    assert len(roots("cancel cancelled cancelling cancels")) == 1
    assert root("calendars") == root("Calendar")
    assert root("Ana") != root("an")
