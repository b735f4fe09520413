from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pair.transcript import Turn, read_transcript

VTT = """\ufeffWEBVTT - Weekly

NOTE this is for nobody
to read

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:04.000
<v Ana Duarte>Shall we <i>start</i>?</v>

cue-two
00:00:04.000 --> 00:00:02.000 align:start
<v.loud Tom>Yes. I tried
it on my own.

99:99 --> x
<v Tom><00:00:06.000>It worked.</v>

4
--> 00:01
<v Ana Duarte>Great!</v>
"""


def test_voices_of_captions_are_told_apart_however_broken_their_times_are() -> None:
    found = read_transcript(VTT, captions=True)

    assert ("Tom", "Ana Duarte") == found.speakers
    assert (
        Turn("Ana Duarte", "Shall we start?"),
        Turn("Tom", "Yes. I tried it on my own."),
        Turn("Tom", "It worked."),
        Turn("Ana Duarte", "Great!"),
    ) == found.turns
    assert "Shall we start?\nGreat!" == found.words_of(["Ana Duarte"])


def test_captions_without_voices_keep_every_word() -> None:
    found = read_transcript(
        "WEBVTT\n\n00:01 --> 00:02\nHello there.\n\n00:02\nagain", captions=True
    )

    assert () == found.speakers
    assert "Hello there.\n00:02\nagain" == found.text


@pytest.mark.parametrize(
    "text",
    [
        "Ana: Shall we?\nTom: Yes, and\nmore than that.\nAna: Good.",
        "[00:01] Ana: Shall we?\n[00:02] Tom: Yes, and\nmore than that.\n[00:09] Ana: Good.",
        "0:01 Ana: Shall we?\n0:61 Tom: Yes, and\nmore than that.\n99:99:99 Ana: Good.",
        "Ana (00:01): Shall we?\n\nTom (00:02): Yes, and\nmore than that.\n\nAna (00:03): Good.",
    ],
)
def test_turns_that_begin_with_a_name_are_told_apart(text: str) -> None:
    found = read_transcript(text)

    assert {"Ana", "Tom"} == set(found.speakers)
    assert "Yes, and more than that." == found.words_of(["Tom"])
    assert "Shall we?\nGood." == found.words_of(["Ana"])


@pytest.mark.parametrize(
    "text",
    [
        "We met at 10:30. Idea: try the chat. Then lunch.",
        "Idea: try the chat\nWorry: he may laugh\nNext: ask him",
        "What I saw:\n- it worked\n- he laughed",
        "see http://example.org and 12:30\nsee https://example.org",
        "",
    ],
)
def test_notes_are_no_talk_and_stay_as_they_are(text: str) -> None:
    found = read_transcript(text)

    assert () == found.speakers
    assert text == found.text


def test_words_before_the_first_name_are_not_lost() -> None:
    found = read_transcript("Notes of Monday\n\nAna: Hello.\nTom: Hello.\nAna: So.")

    assert Turn("", "Notes of Monday") == found.turns[0]


def test_names_in_any_script_are_names() -> None:
    found = read_transcript("安娜: 你好\nТом: Да\n安娜: 好")

    assert ("安娜", "Том") == found.speakers


@given(st.text(max_size=300), st.booleans())
def test_whatever_comes_is_read(text: str, captions: bool) -> None:
    read_transcript(text, captions=captions)


_SAID = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["Ana", "Tom"]), _SAID), min_size=3, max_size=12))
def test_every_word_of_everybody_is_kept(talk: list[tuple[str, str]]) -> None:
    found = read_transcript("\n".join(f"{name}: {said}" for name, said in talk))

    assert talk == [(turn.speaker, turn.text) for turn in found.turns]


@given(st.lists(_SAID, max_size=12))
def test_notes_come_through_unchanged(lines: list[str]) -> None:
    assert "\n".join(lines) == read_transcript("\n".join(lines)).text
