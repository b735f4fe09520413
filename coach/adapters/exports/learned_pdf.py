"""What a pair learned from each other, as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import Any

from coach.adapters.exports.learned import below_of, parts_of, title_of
from coach.domain.learned import Learned
from coach.errors import ProgramError

_FONT = "Noto Sans"
#: Points.
_MARGIN = 70
_LEADING = 1.45
#: From Hebrew to the scripts before Latin with further accents.
_SHAPED = range(0x0590, 0x1E00)


def learned_pdf(learned: Learned, *, mentor: str, mentee: str, program: str) -> bytes:
    """The same as the Word file, on A4. Raises ``ProgramError`` for what ``pdf_fault`` tells."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    if fault := pdf_fault(learned, mentor=mentor, mentee=mentee, program=program):
        raise ProgramError(fault)
    flow: list[Any] = []
    for size, text in _lines(learned, mentor, mentee, program):
        style = ParagraphStyle("words", fontName=_FONT, fontSize=size, leading=size * _LEADING)
        flow += [Paragraph(escape(text, quote=False), style), Spacer(1, size / 2)]
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title_of(mentor, mentee),
        author=f"{mentor}, {mentee}",
        lang="en",
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    document.build(flow)
    return out.getvalue()


def pdf_fault(learned: Learned, *, mentor: str, mentee: str, program: str) -> str:
    """Why the PDF cannot show what is written; empty if it can.

    Its font has Latin, Greek and Cyrillic. Letters that join, or run from the right, would come
    out wrong without being missing.
    """
    known = _font().face.charToGlyph
    for _, text in _lines(learned, mentor, mentee, program):
        for mark in text:
            if ord(mark) not in known or ord(mark) in _SHAPED:
                return (
                    f"The PDF cannot show “{mark}” as it should be. Take the Word file: your word "
                    "processor has the letters for it, and can save a PDF."
                )
    return ""


def _lines(learned: Learned, mentor: str, mentee: str, program: str) -> Iterator[tuple[float, str]]:
    """Each line with its size in points."""
    yield 20.0, title_of(mentor, mentee)
    yield 11.0, below_of(program)
    for heading, text in parts_of(learned, mentor, mentee):
        yield 14.0, heading
        for line in text.splitlines():
            if line.strip():
                yield 11.0, " ".join(line.split())


@lru_cache(maxsize=1)
def _font() -> Any:
    from fontpkg_noto_sans import ROOT
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(_FONT, str(ROOT / "files" / "NotoSans[wdth,wght].ttf"))
    pdfmetrics.registerFont(font)
    return font
