"""What a pair learned from each other, as PDF."""

from __future__ import annotations

from collections.abc import Iterator

from coach.adapters.exports.learned import below_of, parts_of, title_of
from coach.adapters.exports.pdf import Line, left_out, pages_of
from coach.domain.learned import Learned


def learned_pdf(learned: Learned, *, mentor: str, mentee: str, program: str) -> bytes:
    """The same as the Word file, on A4; ``pdf_note`` tells what its font does not have."""
    return pages_of(
        _lines(learned, mentor, mentee, program),
        title=title_of(mentor, mentee),
        author=f"{mentor}, {mentee}",
    )


def pdf_note(learned: Learned, *, mentor: str, mentee: str, program: str) -> str:
    """What the PDF cannot show of what is written; empty if it shows all of it."""
    note = left_out(_lines(learned, mentor, mentee, program))
    return f"{note} The Word file has all of them." if note else ""


def _lines(learned: Learned, mentor: str, mentee: str, program: str) -> Iterator[Line]:
    yield 20.0, title_of(mentor, mentee)
    yield 11.0, below_of(program)
    for heading, text in parts_of(learned, mentor, mentee):
        yield 14.0, heading
        for line in text.splitlines():
            if line.strip():
                yield 11.0, " ".join(line.split())
