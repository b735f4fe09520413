"""Frames: what a message is about, where most of what it says cannot stay as it is."""

from __future__ import annotations

import re

import pytest

from coach.bootstrap import open_phrasing
from coach.domain.phrasing import Level
from coach.phrasing.framing import NOT_DONE
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.mending import mended


@pytest.fixture(scope="module")
def builder() -> LadderBuilder:
    """The ladder as it runs."""
    return open_phrasing().ladder


def _texts(builder: LadderBuilder, message: str) -> list[str]:
    ladder = builder.build(message)
    assert [rung.level for rung in ladder.rungs] == list(Level)
    return [rung.text for rung in ladder.rungs]


def test_a_sneer_that_denies_takes_no_fact_with_it(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "Three sessions cancelled on the same day, and I prepared for each. You clearly don't want"
        " to learn from a junior, but if it's only about Thursdays, we can change the day.",
    )

    for text in texts:
        assert "Three sessions cancelled on the same day, and I prepared for each." in text
        assert "we can change the day" in text
        assert "a junior" not in text


def test_a_question_that_presses_denies_nothing(builder: LadderBuilder) -> None:
    texts = _texts(builder, "Wouldn't you agree that the rota changed twice? I lost my Friday.")

    assert not any(NOT_DONE in text for text in texts)


def test_a_denial_that_cannot_stay_is_asked_for(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "I'm sure someone as important as you had no time to open the guideline, bless. It says "
        "hourly checks, not two-hourly, as everybody knows.",
    )

    for text in texts:
        assert re.search(r"\bnot two-hourly\b", text) or NOT_DONE in text


def test_what_is_told_is_not_named_once_more(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "The site file is missing the March permits. You are a walking disaster, and it'll be your"
        " fault if we're shut.",
    )

    for text in texts:
        assert text.count("March permits") == 1
        assert "fault" not in text
        assert "what happened if" not in text


def test_times_are_no_subject(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "You never answer anything, and because of you the agency closed its bookings yesterday. "
        "The locum rota needs signing by noon.",
    )

    assert not any(re.search(r"about (?:noon|yesterday)", text) for text in texts)
    assert all("noon" in text and "yesterday" in text for text in texts)


def test_a_frame_still_asks_for_what_is_asked(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "You only want us in five days because you don't trust anybody. "
        "Stop emailing us at 11 p.m., you clearly don't care about anyone's evening.",
    )

    assert all("emailing us at 11 p.m" in text for text in texts)


@pytest.mark.parametrize(
    "message", ["They were leaving early.", "We were asked for 7:40 on Monday."]
)
def test_a_past_form_is_no_hurried_spelling(builder: LadderBuilder, message: str) -> None:
    assert all("were" in text and "we're" not in text for text in _texts(builder, message))


def test_a_time_of_day_is_one_figure(builder: LadderBuilder) -> None:
    ladder = builder.build("Normal people sleep at 23:40, you fool. You mailed me at 23:40.")

    assert ladder.point.numbers == ("23.40",)
    assert all("23:40" in rung.text for rung in ladder.rungs)
    assert not any("with 40" in rung.text for rung in ladder.rungs)


@pytest.mark.parametrize(
    ("clause", "kept"),
    [
        ("Right now it is late", "Right now it is late"),
        ("look at the second slide", "look at the second slide"),
        ("Well, it is late", "it is late"),
        ("it skips line 2, as any fool can see", "it skips line 2"),
        ("it'll be your fault if we're shut", ""),
    ],
)
def test_only_what_presses_is_taken_off_the_front(clause: str, kept: str) -> None:
    assert mended(clause) == kept


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("What a soothing hour, thank you. The twelve slides took forty minutes.", "I'd like what"),
        ("They might be in the blue folder, so shout if they're not, please.", "I'd like shout"),
    ],
)
def test_only_a_thing_is_wished_for(builder: LadderBuilder, message: str, gone: str) -> None:
    assert not any(gone in rung.text for rung in builder.build(message).rungs)
