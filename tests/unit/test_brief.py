from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE, briefs

from coach.domain.brief import Brief, Setting, clean_line, read_brief
from coach.domain.guidance import Stage
from coach.errors import BriefError

FIELDS = sorted(Brief.model_fields)


def refused(**values: Any) -> str:
    """The message that a person gets for a brief that cannot be prepared."""
    with pytest.raises(BriefError) as caught:
        read_brief({"topic": "AI", **values})
    return str(caught.value)


def test_a_topic_alone_is_a_brief() -> None:
    brief = read_brief({"topic": "safe use of AI"})

    assert Brief(topic="safe use of AI") == brief
    assert (45, 1, 8) == (brief.minutes, brief.session, brief.planned_sessions)
    assert Setting.IN_PERSON is brief.setting


def test_a_missing_topic_is_asked_for() -> None:
    with pytest.raises(BriefError, match="The topic is needed: a few words"):
        read_brief({})


@pytest.mark.parametrize(
    "topic", ["", "   \n\t ", "\u202e\u200b\x00", "🎉🔥", "👩‍👩‍👧‍👦", "2026", "?!"]
)
def test_a_topic_without_words_is_told_what_to_write(topic: str) -> None:
    assert "Write the topic in a few words, for example 'safe use of AI'." == refused(topic=topic)


def test_a_huge_topic_is_told_its_length_and_not_repeated() -> None:
    message = refused(topic="x" * 100_000)

    assert "at most 300 characters" in message
    assert "This one has 100,000: shorten it" in message
    assert len(message) < 200


def test_a_topic_of_exactly_the_limit_is_kept_and_one_more_is_not() -> None:
    assert "x" * 300 == read_brief({"topic": "x" * 300}).topic
    assert "This one has 301" in refused(topic="x" * 301)


@pytest.mark.parametrize("topic", HOSTILE)
def test_hostile_and_right_to_left_topics_are_kept_as_one_visible_line(topic: str) -> None:
    """Escaping belongs to the place that shows a text; the brief only takes away what is unseen."""
    kept = read_brief({"topic": topic}).topic

    assert kept
    assert "\n" not in kept
    visible = [mark for mark in topic if unicodedata.category(mark)[0] not in "CZ"]
    assert unicodedata.normalize("NFC", "".join(visible)) == "".join(
        mark for mark in kept if unicodedata.category(mark)[0] not in "CZ"
    )


@pytest.mark.parametrize("minutes", [14, 121, 0, -45, 10**400])
def test_minutes_out_of_range_are_told_the_range(minutes: int) -> None:
    message = refused(minutes=minutes)

    assert message.startswith("Minutes are a whole number from 15 to 120.")
    assert f"Given: {str(minutes)[:30]}" in message
    assert len(message) < 150


@pytest.mark.parametrize("minutes", [15, 120, "45", 45.0])
def test_minutes_at_the_limits_and_as_typed_are_read(minutes: Any) -> None:
    assert int(minutes) == read_brief({"topic": "AI", "minutes": minutes}).minutes


def test_a_session_above_the_plan_says_both_ways_out() -> None:
    assert (
        "Session 9 lies beyond the 8 planned. Raise the number planned, or lower the "
        "session's number."
    ) == refused(session=9, planned_sessions=8)


@pytest.mark.parametrize("field", ["minutes", "session", "planned_sessions"])
@pytest.mark.parametrize(
    "value", [True, False, 45.5, float("nan"), float("inf"), "", "soon", None, [45], {"is": 45}]
)
def test_a_number_of_the_wrong_type_is_named(field: str, value: Any) -> None:
    message = refused(**{field: value})

    assert "whole number from" in message
    assert f"Given: {value!r}" in message


@pytest.mark.parametrize("field", ["topic", "mentor_role", "mentee_role", "worry", "kit"])
@pytest.mark.parametrize("value", [None, True, 7, ["AI"], {"a": 1}, b"AI"])
def test_a_text_of_the_wrong_type_is_named(field: str, value: Any) -> None:
    message = refused(**{field: value})

    assert field.split("_", maxsplit=1)[0] in message
    assert f"Given: {value!r}" in message


@pytest.mark.parametrize(
    "value", [None, "call Ana", 3, [1], [None], ["x" * 601], ["x"] * 21, {"a": "b"}]
)
def test_carried_over_must_be_a_list_of_lines(value: Any) -> None:
    assert "Carried over is a list: up to 20 lines of 600 characters." in refused(
        carried_over=value
    )


def test_blank_lines_are_not_carried_over() -> None:
    brief = read_brief({"topic": "AI", "carried_over": ["", " \u202e ", "call Ana\n"]})

    assert ("call Ana",) == brief.carried_over


@pytest.mark.parametrize(
    ("field", "limit"), [("mentor_role", 80), ("mentee_role", 80), ("kit", 64)]
)
def test_a_long_role_or_kit_is_told_its_length(field: str, limit: int) -> None:
    assert f"This one has {limit + 1}: shorten it" in refused(**{field: "x" * (limit + 1)})


@pytest.mark.parametrize("name", ["colour", "", "Topic", "\ud800", 7])
def test_an_unknown_field_is_named_beside_those_there_are(name: Any) -> None:
    with pytest.raises(BriefError) as caught:
        read_brief({"topic": "AI", name: 1})

    assert f"no field {str(name)!r}" in str(caught.value)
    assert all(field in str(caught.value) for field in FIELDS)


@pytest.mark.parametrize(
    ("typed", "setting"),
    [
        ("in person", Setting.IN_PERSON),
        ("face to face", Setting.IN_PERSON),
        ("My office", Setting.IN_PERSON),
        ("video", Setting.VIDEO),
        ("Online, on Zoom", Setting.VIDEO),
        ("remote", Setting.VIDEO),
        ("walking or coffee", Setting.WALK),
        ("a walk", Setting.WALK),
        ("LUNCH", Setting.WALK),
        (Setting.WALK, Setting.WALK),
    ],
)
def test_settings_are_read_from_the_words_that_people_type(typed: str, setting: Setting) -> None:
    assert setting is read_brief({"topic": "AI", "setting": typed}).setting


@pytest.mark.parametrize("typed", ["", "on the moon", 3, None, True, ["video"], "\ud800"])
def test_an_unknown_setting_is_told_the_three(typed: Any) -> None:
    assert "The setting is 'in person', 'video' or 'walking or coffee'." in refused(setting=typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\u202eb\u2066c\u2069d", "abcd"),  # bidirectional controls
        ("a\x00b\x1b[31mc\x7f\u200b\ufeff", "ab[31mc"),  # control and zero-width marks
        ("a\tb\r\nc\u2028d\u2029e\vf\fg", "a b c d e f g"),  # every kind of line break
        ("  a   b  ", "a b"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs its joiner
        ("👩\u200d💻", "👩\u200d💻"),  # and so does an emoji
        ("e\u200b\u0301", "é"),  # what stood between a letter and its accent is gone
        ("x\ud800y", "xy"),
    ],
)
def test_invisible_marks_are_taken_out(typed: str, shown: str) -> None:
    assert shown == clean_line(typed)


@given(st.text(st.characters(categories=None)))
def test_a_cleaned_line_is_clean(text: str) -> None:
    """Drafts are saved and read again: a second cleaning must change nothing."""
    once = clean_line(text)

    assert once == clean_line(once)
    assert not {unicodedata.category(mark) for mark in once} & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not any(mark in once for mark in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f")


@pytest.mark.parametrize("other", [None, 7, True, [], b"x"])
def test_only_text_is_cleaned(other: Any) -> None:
    assert other is clean_line(other)


@pytest.mark.parametrize(
    ("session", "planned", "stage"),
    [
        (1, 1, Stage.FIRST),
        (1, 8, Stage.FIRST),
        (2, 2, Stage.LAST),
        (2, 3, Stage.MIDDLE),
        (2, 8, Stage.EARLY),
        (3, 8, Stage.MIDDLE),
        (5, 8, Stage.MIDDLE),
        (6, 8, Stage.LATE),
        (7, 8, Stage.LATE),
        (8, 8, Stage.LAST),
        (60, 60, Stage.LAST),
    ],
)
def test_the_stage_follows_from_the_sessions_place(
    session: int, planned: int, stage: Stage
) -> None:
    assert stage is Brief(topic="AI", session=session, planned_sessions=planned).stage


@given(st.integers(1, 60))
def test_stages_never_go_back(planned: int) -> None:
    order = [Stage.FIRST, Stage.EARLY, Stage.MIDDLE, Stage.LATE, Stage.LAST]

    places = [
        order.index(Brief(topic="AI", session=session, planned_sessions=planned).stage)
        for session in range(1, planned + 1)
    ]

    assert sorted(places) == places


@given(briefs())
def test_a_brief_survives_json(brief: Brief) -> None:
    assert brief == read_brief(json.loads(brief.model_dump_json()))


_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(categories=None), max_size=400)
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(
    st.dictionaries(st.sampled_from(FIELDS) | st.text(st.characters(categories=None)), _anything)
)
def test_whatever_is_sent_is_a_brief_or_a_clear_refusal(values: dict[str, Any]) -> None:
    try:
        brief = read_brief(values)
    except BriefError as error:
        message = str(error)
        assert message.encode()  # can be printed
        assert len(message) < 300
        assert message.rstrip("'…").endswith((".", "?"))
    else:
        assert 15 <= brief.minutes <= 120
        assert 1 <= brief.session <= brief.planned_sessions
