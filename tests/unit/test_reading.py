"""What stays with its author because it stands in or beside something grave."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from readings import plain_reading

from coach.domain.kept_reflection import KeptItem, KeptSentence, KeptSummary
from coach.domain.reflection import CareSignal, Evidence, ItemKind
from coach.pair.reading import Reading, Sign

_TEXT = "One came. Two sat. Three rose. Four spoke up. Five ate. Six paid for it. Seven slept."


def _summary(*words: str, text: str = _TEXT, said: str = "") -> KeptSummary:
    return KeptSummary(
        texts=("Other words.", text),
        sentences=tuple(
            KeptSentence(
                text=said or one,
                evidence=(
                    Evidence(text_index=1, start=text.index(one), end=text.index(one) + len(one)),
                ),
            )
            for one in words
        ),
    )


def _held(reading: Reading, summary: KeptSummary) -> list[str]:
    grave = reading.grave(summary)
    return [line.text for line in summary.lines if line.id in grave]


def test_every_line_within_a_sign_that_spans_sentences_stays_and_so_do_its_neighbours() -> None:
    start, end = _TEXT.index("Four"), _TEXT.index(" Seven")

    def signs(texts: Sequence[str]) -> list[list[Sign]]:
        found = [Sign(CareSignal.RETALIATION, start, end)]
        return [found if text == _TEXT else [] for text in texts]

    every = [f"{one.strip()}." for one in _TEXT.split(".") if one.strip()]

    held = _held(Reading(plain_reading().summarise, signs, plain_reading().note), _summary(*every))

    assert every[1:] == held


@pytest.mark.parametrize("mark", [". ", "! ", "?\n", "\n", ".” "])
def test_two_sentences_beside_a_sign_stay_and_the_next_one_does_not(mark: str) -> None:
    lines = ["A hand on my knee", "We went on", "Lunch came", "We talked"]

    assert lines[:3] == _held(plain_reading(), _summary(*lines, text=mark.join(lines)))


def test_of_a_very_long_text_the_words_around_each_line_are_read_again() -> None:
    text = "We talked. " * 1_000 + "A hand on my knee. Lunch came."

    def only_short(texts: Sequence[str]) -> list[list[Sign]]:
        found = plain_reading().signs(texts)
        return [
            list(one) if len(text) < 1_000 else [] for text, one in zip(texts, found, strict=True)
        ]

    reading = Reading(plain_reading().summarise, only_short, plain_reading().note)

    assert ["Lunch came"] == _held(reading, _summary("Lunch came", "We talked", text=text))


def test_words_that_somebody_put_in_themselves_are_read_too() -> None:
    assert ["his knee"] == _held(plain_reading(), _summary("Seven slept", said="his knee"))


def test_what_a_commitment_says_is_read_too() -> None:
    item = KeptItem(
        kind=ItemKind.COMMITMENT,
        text="I will tell her",
        what="tell of the knee",
        evidence=(Evidence(text_index=0, start=0, end=5),),
    )

    assert {item.id} == plain_reading().grave(KeptSummary(texts=("Other words.",), items=(item,)))


def test_a_line_cannot_stand_on_words_that_are_not_there() -> None:
    for evidence in (
        Evidence(text_index=1, start=0, end=1),
        Evidence(text_index=0, start=0, end=6),
        Evidence(text_index=0, start=3, end=3),
    ):
        with pytest.raises(ValueError, match="words that are not there"):
            KeptSummary(texts=("Words",), sentences=(KeptSentence(text="x", evidence=(evidence,)),))
