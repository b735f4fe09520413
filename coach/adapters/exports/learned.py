"""What a pair learned from each other, as Word and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from coach.adapters.exports.word import xml_text
from coach.domain.learned import Learned
from coach.domain.plain import escape_markdown


def learned_markdown(learned: Learned, *, mentor: str, mentee: str, program: str) -> str:
    """A heading for each part that has words; ``mentor``, ``mentee`` and ``program`` are names."""
    lines = [
        f"# {escape_markdown(title_of(mentor, mentee))}",
        "",
        escape_markdown(below_of(program)),
    ]
    for heading, text in parts_of(learned, mentor, mentee):
        lines += ["", f"## {escape_markdown(heading)}"]
        for line in filter(str.strip, text.splitlines()):
            lines += ["", escape_markdown(line.strip())]
    return "\n".join(lines) + "\n"


def learned_word(learned: Learned, *, mentor: str, mentee: str, program: str) -> bytes:
    """The same as a ``.docx`` file."""
    from docx import Document

    document = Document()
    document.core_properties.title = xml_text(title_of(mentor, mentee))[:255]
    document.core_properties.author = xml_text(f"{mentor}, {mentee}")[:255]
    document.add_heading(xml_text(title_of(mentor, mentee)), level=0)
    document.add_paragraph(xml_text(below_of(program)))
    for heading, text in parts_of(learned, mentor, mentee):
        document.add_heading(xml_text(heading), level=1)
        for line in filter(str.strip, text.splitlines()):
            document.add_paragraph(xml_text(line.strip()))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def title_of(mentor: str, mentee: str) -> str:
    """The heading of the whole."""
    return f"What {mentor} and {mentee} learned from each other"


def below_of(program: str) -> str:
    """The line under it."""
    return f"{program}, a reverse mentoring program"


def parts_of(learned: Learned, mentor: str, mentee: str) -> Iterator[tuple[str, str]]:
    """Heading and words of each part that has words."""
    for heading, text in (
        (f"What {mentor} learned", learned.mentor),
        (f"What {mentee} learned", learned.mentee),
        ("What we found out together", learned.together),
    ):
        if text.strip():
            yield heading, text
