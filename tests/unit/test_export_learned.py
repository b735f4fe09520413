from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pytest
from strategies import HOSTILE

from coach.bootstrap import export_learned
from coach.domain.learned import Learned
from coach.domain.plain import escape_markdown
from coach.domain.records import new_id
from coach.errors import CoachError

NAMES = {"mentor": "Ana 安娜", "mentee": "Tom", "program": "Harbour"}


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
    with pytest.raises(CoachError, match=r"\.md or \.docx"):
        export_learned(learned(), "exe", **NAMES)
