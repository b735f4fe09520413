"""What a pair learned from each other, as Word and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from coach.adapters.exports.word import xml_text
from coach.domain.learned import Learned
from coach.domain.plain import escape_markdown


def learned_markdown(learned: Learned, *, mentor: str, mentee: str, program: str) -> str:
    """A heading for each part that has words; ``mentor``, ``mentee`` and ``program`` are names."""
    lines = [f"# {escape_markdown(_title(mentor, mentee))}", "", escape_markdown(_below(program))]
    for heading, text in _parts(learned, mentor, mentee):
        lines += ["", f"## {escape_markdown(heading)}"]
        for line in filter(str.strip, text.splitlines()):
            lines += ["", escape_markdown(line.strip())]
    return "\n".join(lines) + "\n"


def learned_word(learned: Learned, *, mentor: str, mentee: str, program: str) -> bytes:
    """The same as a ``.docx`` file."""
    from docx import Document

    document = Document()
    document.core_properties.title = xml_text(_title(mentor, mentee))[:255]
    document.core_properties.author = xml_text(f"{mentor}, {mentee}")[:255]
    document.add_heading(xml_text(_title(mentor, mentee)), level=0)
    document.add_paragraph(xml_text(_below(program)))
    for heading, text in _parts(learned, mentor, mentee):
        document.add_heading(xml_text(heading), level=1)
        for line in filter(str.strip, text.splitlines()):
            document.add_paragraph(xml_text(line.strip()))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _title(mentor: str, mentee: str) -> str:
    return f"What {mentor} and {mentee} learned from each other"


def _below(program: str) -> str:
    return f"{program}, a reverse mentoring program"


def _parts(learned: Learned, mentor: str, mentee: str) -> Iterator[tuple[str, str]]:
    for heading, text in (
        (f"What {mentor} learned", learned.mentor),
        (f"What {mentee} learned", learned.mentee),
        ("What we found out together", learned.together),
    ):
        if text.strip():
            yield heading, text
