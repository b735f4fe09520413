"""How pairs tell of a theme: said where enough do, and never "several" where they are few."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coach.bootstrap.attacking import library_texts
from coach.domain.reflection import ItemKind
from coach.domain.themes import Count, Statement, Theme, ThemeReport
from coach.themes.attack.auditor import Auditor
from coach.themes.telling import LINES, Telling, telling

WIN, HARD, QUESTION = ItemKind.WIN, ItemKind.CHALLENGE, ItemKind.QUESTION


def told(counts: Mapping[ItemKind | None, int], least: int = 5) -> Telling:
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    said = (
        Statement(id=str(at), pair=f"p{at}", text="It is.", kind=kind)
        for at, kind in enumerate(kinds)
    )
    return telling(said, least)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({HARD: 6}, "Said."),
        ({HARD: 8, WIN: 8}, "Said. What they make of it differs."),
        ({HARD: 12, WIN: 6}, "Said."),
        ({HARD: 11, WIN: 6}, "Said. Some find it hard."),
        (
            {HARD: 9, WIN: 9, QUESTION: 9},
            "Said. For some it goes well. Some find it hard. Some ask themselves about it.",
        ),
        ({HARD: 20, WIN: 9}, "Said. For some it goes well."),
        ({HARD: 4, WIN: 4, QUESTION: 3}, "Said. What they make of it differs."),
        ({None: 8}, "Said."),
    ],
)
def test_a_sentence_says_which_kinds_enough_pairs_told(
    counts: Mapping[ItemKind | None, int], sentence: str
) -> None:
    assert sentence == told(counts).sentence("Said.")


def test_what_most_tell_is_added_where_the_sentence_does_not_say_it() -> None:
    assert "Said. Some ask themselves about it." == told({QUESTION: 6}).sentence(
        "Said.", kind_is_in=False
    )


@pytest.mark.parametrize("colluding", range(1, 5))
def test_a_second_kind_that_is_not_said_tells_four_colluding_pairs_nothing(colluding: int) -> None:
    nobody_else = told({HARD: 20, WIN: colluding})
    somebody_else = told({HARD: 20, WIN: colluding + 1})

    assert nobody_else.sentence("Said.") == somebody_else.sentence("Said.")


def test_the_smallest_number_of_pairs_behind_what_is_said_is_known() -> None:
    assert 9 == told({HARD: 20, WIN: 9}).behind
    assert 11 == told({HARD: 4, WIN: 4, QUESTION: 3}).behind


@pytest.mark.parametrize(
    ("pairs", "least", "few"),
    [
        (1, 1, "One pair speaks of it."),
        (2, 1, "Two pairs speak of it."),
        (2, 2, "Two or three pairs speak of it."),
        (3, 2, "Two or three pairs speak of it."),
        (3, 1, ""),
        (4, 2, ""),
        (5, 5, ""),
    ],
)
def test_few_pairs_are_told_as_the_band_beside_them_tells(pairs: int, least: int, few: str) -> None:
    assert few == told({HARD: pairs}, least).few


def test_one_pair_of_many_is_not_what_most_tell() -> None:
    assert told({HARD: 1, WIN: 1}, 1).kind is None


def test_the_auditor_lets_these_sentences_be_and_no_other_behind_them() -> None:
    said = "For some it goes well. Some find it hard."
    statements = [Statement(id="1", pair="p", text=f"Well, {said} Alexandrina agrees.")]
    theme = Theme(id="t", label="Pace", sentence=f"Pace. {said}", pairs=Count(least=5, most=9))
    report = ThemeReport(made="2026-03-02", min_pairs=5, themes=(theme,))
    named = theme.model_copy(update={"sentence": f"{said} Alexandrina finds it hard."})
    auditor = Auditor(library_texts())

    assert set(LINES) <= set(library_texts())
    assert () == auditor.audit(report, statements)
    assert auditor.audit(report.model_copy(update={"themes": (named,)}), statements)
