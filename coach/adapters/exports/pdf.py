"""Lines of text as PDF, in a font that has Latin, Greek and Cyrillic."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import Any

#: A line with its size in points.
Line = tuple[float, str]

_FONT = "Noto Sans"
#: Points.
_MARGIN = 70
_LEADING = 1.45
#: From Hebrew to the scripts before Latin with further accents: letters that join, or run from the
#: right, would come out wrong without being missing.
_SHAPED = range(0x0590, 0x1E00)
#: What stands for letters of other scripts.
_LEFT_OUT = "[…]"
#: Pictures, what joins and colours them, and marks without a width: nothing stands for those.
_SILENT = {"So", "Sk", "Cf", "Cn", "Co", "Mn", "Me"}


def pages_of(lines: Iterable[Line], *, title: str, author: str) -> bytes:
    """``lines`` on A4; ``left_out`` tells what the font does not have of them."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    flow: list[Any] = []
    for size, text in lines:
        style = ParagraphStyle("words", fontName=_FONT, fontSize=size, leading=size * _LEADING)
        flow += [Paragraph(escape(_shown(text), quote=False), style), Spacer(1, size / 2)]
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        author=author,
        lang="en",
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    document.build(flow)
    return out.getvalue()


def left_out(lines: Iterable[Line]) -> str:
    """What a PDF of ``lines`` cannot show, in a sentence; empty if it shows all of them."""
    missing = dict.fromkeys(mark for _, text in lines for mark in text if not _has(mark))
    if not missing:
        return ""
    said = [
        words
        for words, so in (
            ("leaves out emoji and other signs", any(map(_is_silent, missing))),
            (f"shows “{_LEFT_OUT}” for some letters", not all(map(_is_silent, missing))),
        )
        if so
    ]
    return f"The PDF {' and '.join(said)}, which its font does not have."


def _shown(text: str) -> str:
    """``text`` in what the font has."""
    shown: list[str] = []
    for mark in text:
        if _has(mark):
            shown.append(mark)
        elif not _is_silent(mark) and shown[-1:] != [_LEFT_OUT]:
            shown.append(_LEFT_OUT)
    return " ".join("".join(shown).split())


def _has(mark: str) -> bool:
    known = ord(mark) in _font().face.charToGlyph and ord(mark) not in _SHAPED
    return known and unicodedata.category(mark) != "Cf"


def _is_silent(mark: str) -> bool:
    return unicodedata.category(mark) in _SILENT


@lru_cache(maxsize=1)
def _font() -> Any:
    from fontpkg_noto_sans import ROOT
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(_FONT, str(ROOT / "files" / "NotoSans[wdth,wght].ttf"))
    pdfmetrics.registerFont(font)
    return font
