"""Sentences of prose, of notes in lines, and of chatty typing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reflecting.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We met. It rained.", ["We met.", "It rained."]),
        ("Dr. Roe met Mr. Ito at 3 p.m. in room 2.", ["Dr. Roe met Mr. Ito at 3 p.m. in room 2."]),
        ("We began at 3 p.m. It rained.", ["We began at 3 p.m.", "It rained."]),
        ("Tools, e.g. Excel, work.", ["Tools, e.g. Excel, work."]),
        ("J. said yes. Good.", ["J. said yes.", "Good."]),
        ("The file has 3.5 MB.", ["The file has 3.5 MB."]),
        ("Wait... what? Yes!", ["Wait...", "what?", "Yes!"]),
        ('"Really?" she asked. I nodded.', ['"Really?" she asked.', "I nodded."]),
        ("He said “No.” Then he left.", ["He said “No.”", "Then he left."]),
        ("went ok :) he liked it", ["went ok :)", "he liked it"]),
        ("lol it worked. no idea why", ["lol it worked.", "no idea why"]),
        ("- first point\n- second one", ["first point", "second one"]),
        ("1. Call Ana\n2) Call Bo\n[ ] Call Cy", ["Call Ana", "Call Bo", "Call Cy"]),
        ("• one\n\n\n• two\r\n", ["one", "two"]),
        ("It worked 🎉. Tom smiled 😀", ["It worked 🎉.", "Tom smiled 😀"]),
        ("Wir trafen uns. Es war gut.", ["Wir trafen uns.", "Es war gut."]),
        ("One", ["One"]),
        ("", []),
        (" \n\t\n", []),
        ("… !!! — 🎉", []),
    ],
)
def test_a_text_falls_into_what_a_reader_calls_sentences(text: str, sentences: list[str]) -> None:
    assert sentences == [span.text for span in sentences_of(text)]


@given(st.text(max_size=300) | st.text("aB.!?… \n-•\"'()1", max_size=300))
def test_every_sentence_lies_in_the_text_after_the_one_before(text: str) -> None:
    at = 0
    for span in sentences_of(text):
        assert at <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert span.text == span.text.strip()
        at = span.end


@given(st.text("aB.!? \n-1", max_size=300))
def test_no_word_is_lost_but_the_number_of_a_line(text: str) -> None:
    kept = sum(span.text.count("a") + span.text.count("B") for span in sentences_of(text))

    assert text.count("a") + text.count("B") == kept


def test_a_line_of_sixty_thousand_sentences_is_read() -> None:
    assert 66_000 == len(sentences_of("so. " * 66_000))
