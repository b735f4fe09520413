from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfReader
from strategies import HOSTILE

from coach.bootstrap import export_learned, learned_pdf_note
from coach.domain.learned import Learned
from coach.domain.plain import escape_markdown
from coach.domain.records import new_id
from coach.errors import CoachError

NAMES = {"mentor": "Ana 安娜", "mentee": "Tom", "program": "Harbour"}
#: The PDF's letters.
LATIN = {**NAMES, "mentor": "Ana"}


def learned(**texts: str) -> Learned:
    return Learned(
        program_id=new_id(),
        pair_id=new_id(),
        number=1,
        by_id=new_id(),
        saved=datetime(2026, 11, 2, tzinfo=UTC),
        **texts,
    )


def paragraphs(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_markdown_and_word_hold_the_same_parts_and_no_empty_one() -> None:
    kept = learned(mentor="To wait.\n\nTo ask.", together="Tea helps.")

    said = export_learned(kept, "md", **NAMES).decode()
    in_word = paragraphs(export_learned(kept, "docx", **NAMES))

    assert [
        "What Ana 安娜 and Tom learned from each other",
        "Harbour, a reverse mentoring program",
        "What Ana 安娜 learned",
        "To wait.",
        "To ask.",
        "What we found out together",
        "Tea helps.",
    ] == in_word
    assert in_word == [line.lstrip("# ") for line in said.splitlines() if line]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_was_typed_can_be_exported_and_is_no_markup(text: str) -> None:
    kept = learned(mentee=text)

    export_learned(kept, "docx", **NAMES)
    said = export_learned(kept, "md", **NAMES).decode()

    for line in kept.mentee.splitlines():
        assert escape_markdown(line.strip()) in said


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(CoachError, match=r"\.md, \.docx or \.pdf"):
        export_learned(learned(), "exe", **NAMES)


def test_the_pdf_holds_the_same_words() -> None:
    kept = learned(together="We found <b>Ğılıç & Παύλος</b> – and Юлия.")

    file = io.BytesIO(export_learned(kept, "pdf", **LATIN))

    said = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "We found <b>Ğılıç & Παύλος</b> – and Юлия." in said
    assert learned_pdf_note(kept, **LATIN) == ""


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("🎉", "We say ."),
        ("👩🏽‍💻 yes ✅", "We say yes ."),
        ("学习 well", "We say […] well."),
        ("كلمة", "We say […]."),
        ("हिन्दी", "We say […]."),
    ],
)
def test_what_the_pdf_cannot_show_is_said_and_the_rest_of_it_is_there(
    words: str, shown: str
) -> None:
    kept = learned(together=f"We say {words}.")

    file = io.BytesIO(export_learned(kept, "pdf", **LATIN))

    said = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert shown in said
    note = learned_pdf_note(kept, **LATIN)
    assert "The Word file has all of them." in note
    assert ("[…]" in shown) == ("[…]" in note)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_pdf_of_whatever_was_typed_is_never_refused(text: str) -> None:
    file = io.BytesIO(export_learned(learned(mentor=text), "pdf", **NAMES))

    assert PdfReader(file).pages
