"""Notes and transcripts as strangers bring them."""

from __future__ import annotations

import pytest
from files import entity_bomb, word

from coach.bootstrap import NOTES, read_notes
from coach.errors import DocumentError


def test_each_kind_of_file_is_read() -> None:
    talk = b"Ana: Hello.\nTom: Hello.\nAna: So."
    captions = b"WEBVTT\n\n00:01 --> 00:02\n<v Ana>Hello."

    found = [
        read_notes("a.txt", talk),
        read_notes("C:\\talks\\A.MD", talk),
        read_notes("a.docx", word("Ana: Hello.", "Tom: Hello.", "Ana: So.")),
        read_notes("a.vtt", captions),
    ]

    assert len(NOTES) == len(found)
    assert ["Ana"] * 4 == [one.speakers[0] for one in found]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("talk.pdf", b"%PDF", r"talk.pdf: this kind of file cannot be imported. Bring text"),
        ("talk", b"", "talk: this kind"),
        ("talk.docx", b"PK", "talk.docx: this Word file is damaged"),
        ("talk.docx", entity_bomb(), "talk.docx: this Word file is damaged"),
        ("talk.txt", b"\xff\x00\x81", "talk.txt: not UTF-8 text"),
        ("talk.vtt", b"WEBVTT\n\n00:01 --> 00:02\n", "talk.vtt: no words"),
        ("talk.md", b"  \n", "talk.md: no words"),
        ("talk.txt", b"x" * 200_001, "it holds 200,001 characters, and at most 200,000"),
        (f"{'x' * 300}.txt", b"", "x.txt: no words"),
    ],
)
def test_what_cannot_be_imported_says_why_and_what_to_do(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(DocumentError, match=said):
        read_notes(name, content)


def test_as_much_as_can_be_kept_is_imported_whole() -> None:
    text = "word " * 40_000

    assert text.strip() == read_notes("notes.txt", text.encode()).text
