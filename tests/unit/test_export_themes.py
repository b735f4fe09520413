"""A release of themes as files: all that the report holds, and nothing that a program runs."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from pypdf import PdfReader
from strategies import HOSTILE

from coach.bootstrap import export_themes
from coach.domain.guidance import Citation
from coach.domain.themes import Advice, Count, Direction, Suppression, Theme, ThemeReport
from coach.errors import CoachError

DIGEST = "ab" * 32
CITATION = Citation(
    key="card",
    title="Protect time",
    heading="What to do",
    passage="Block it.",
    passage_id="p",
    sources=("Clutterbuck 2014",),
)


def report(label: str = "Time", **changed: object) -> ThemeReport:
    theme = Theme(
        id="t",
        label=label,
        sentence="Pairs find time hard to keep.",
        pairs=Count(least=5, most=9),
        direction=Direction.FEWER,
        segments={"North": Count(least=5, most=9)},
        advice=(Advice(text="Block an hour.", citation=CITATION),),
    )
    made = ThemeReport(
        number=2,
        made=date(2026, 11, 2),
        min_pairs=5,
        contributing=Count(least=10, most=14),
        running=18,
        themes=(theme,),
        suppression=Suppression(themes="a few themes", why="Because."),
    )
    return made.model_copy(update=changed)


def markdown(one: ThemeReport) -> str:
    return export_themes(one, "md", program="Harbour", digest=DIGEST).decode()


def table(one: ThemeReport) -> list[dict[str, str]]:
    text = export_themes(one, "csv", program="Harbour", digest=DIGEST).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_markdown_and_pdf_say_the_same() -> None:
    said = markdown(report())
    file = io.BytesIO(export_themes(report(), "pdf", program="Harbour", digest=DIGEST))
    pages = " ".join(page.extract_text() for page in PdfReader(file).pages)

    assert [
        "Themes of Harbour",
        "Release 2, made on 02 November 2026 of what was said until then.",
        "10 to 14 pairs of 18 running ones have statements in it.",
        "Time",
        "Pairs find time hard to keep.",
        "5 to 9 pairs; since the last release: fewer pairs.",
        "North: 5 to 9 pairs.",
        "What you can do: Block an hour.",
        "From the guidance: Protect time, What to do (Clutterbuck 2014).",
        "Withheld",
        "A few themes. Because.",
        f"Locked and signed as {DIGEST}.",
    ] == [re.sub(r"\\(.)", r"\1", line).lstrip("# ") for line in said.splitlines() if line]
    shown = re.sub(r"\s", "", pages)
    plain = re.sub(r"[\s#\\]", "", said)
    assert plain == shown


def test_a_table_has_a_line_for_each_theme_segment_and_thing_said_of_all() -> None:
    rows = table(report())

    assert ["theme", "segment", "about", "withheld", "signed"] == [row["Line"] for row in rows]
    assert ("Time", "5", "9", "fewer pairs") == (
        rows[0]["Theme"],
        rows[0]["Pairs from"],
        rows[0]["Pairs to"],
        rows[0]["Since the last release"],
    )
    assert "North" == rows[1]["Segment"]
    assert DIGEST == rows[-1]["In a sentence"]


def test_noise_is_told_of_where_there_is_some_and_nowhere_else() -> None:
    noisy, exact = report(epsilon=0.5), report()

    assert "This release took 0.5 of the program" in markdown(noisy)
    assert "0.5 of the program" in table(noisy)[3]["In a sentence"]
    for said in (markdown(exact), str(table(exact))):
        assert "ifferential" not in said


def test_an_explanation_stands_where_no_theme_does() -> None:
    small = report(themes=(), suppression=None, contributing=None, explanation="Too few pairs.")

    assert "Too few pairs" in markdown(small)
    assert ["about", "signed"] == [row["Line"] for row in table(small)]


@pytest.mark.parametrize("label", ["=1+1", "+44", "-2", "@SUM(A1)", "＝1", " =1", "\t=1"])
def test_no_cell_is_a_formula(label: str) -> None:
    for row in table(report(label)):
        assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in row.values())


@pytest.mark.parametrize("label", HOSTILE)
def test_whatever_a_label_holds_can_be_exported_and_is_no_markup(label: str) -> None:
    hostile = report(label)

    for kind in ("csv", "pdf"):
        assert export_themes(hostile, kind, program=label, digest=DIGEST)
    assert not re.search(r"(?m)^<|^# (?!Themes)|[^\\]\]\(", markdown(hostile))


def test_an_unknown_kind_is_refused_in_words() -> None:
    with pytest.raises(CoachError, match="not as 'exe'"):
        export_themes(report(), "exe", program="Harbour", digest=DIGEST)
