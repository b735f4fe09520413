"""A release of themes as Markdown, as a table and as PDF: what its report holds, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from coach.adapters.exports.pdf import Line, pages_of
from coach.domain.plain import escape_markdown
from coach.domain.themes import Advice, Theme, ThemeReport
from coach.roster.spreadsheet import table_bytes

_COLUMNS = (
    "Line",
    "Release",
    "Date",
    "Theme",
    "In a sentence",
    "Segment",
    "Pairs from",
    "Pairs to",
    "Since the last release",
    "What you can do",
    "From the guidance",
)


class _Level(IntEnum):
    TITLE = 1
    HEADING = 2
    TEXT = 3


#: Points in the PDF.
_SIZES = {_Level.TITLE: 20.0, _Level.HEADING: 14.0, _Level.TEXT: 11.0}


def themes_markdown(report: ThemeReport, *, program: str, digest: str) -> str:
    """One release; ``program`` is its name, and ``digest`` what was signed."""
    said = []
    for level, text in _lines(report, program, digest):
        marks = "" if level is _Level.TEXT else "#" * level + " "
        said.append(marks + escape_markdown(text))
    return "\n\n".join(said) + "\n"


def themes_pdf(report: ThemeReport, *, program: str, digest: str) -> bytes:
    """The same on A4."""
    lines: list[Line] = [(_SIZES[level], text) for level, text in _lines(report, program, digest)]
    return pages_of(lines, title=_title(program), author=program)


def themes_table(report: ThemeReport, *, digest: str) -> bytes:
    """The same as CSV: a line for each theme, each segment of one, and each thing said of all."""
    rows = (tuple(" ".join(cell.split()) for cell in row) for row in _rows(report, digest))
    return table_bytes([_COLUMNS, *rows])


def _title(program: str) -> str:
    return f"Themes of {program}"


def _lines(report: ThemeReport, program: str, digest: str) -> Iterator[tuple[_Level, str]]:
    yield _Level.TITLE, _title(program)
    made = f"made on {report.made:%d %B %Y} of what was said until then"
    yield _Level.TEXT, f"Release {report.number}, {made}."
    for line in _about(report):
        yield _Level.TEXT, line
    for theme in report.themes:
        yield _Level.HEADING, theme.label
        yield _Level.TEXT, theme.sentence
        yield _Level.TEXT, f"{theme.pairs}{_direction(theme)}."
        for name, count in theme.segments.items():
            yield _Level.TEXT, f"{name}: {count}."
        for one in theme.advice:
            yield _Level.TEXT, f"What you can do: {one.text}"
            yield _Level.TEXT, f"From the guidance: {_cited(one)}."
    if report.suppression:
        yield _Level.HEADING, "Withheld"
        yield _Level.TEXT, _withheld(report)
    yield _Level.TEXT, f"Locked and signed as {digest}."


def _about(report: ThemeReport) -> Iterator[str]:
    if report.contributing is not None and report.running is not None:
        yield f"{report.contributing} of {report.running} running ones have statements in it."
    if report.epsilon is not None:
        yield (
            "The counts carry random noise (differential privacy). This release took "
            f"{report.epsilon:g} of the program's privacy budget."
        )
    if report.explanation:
        yield report.explanation


def _withheld(report: ThemeReport) -> str:
    told = report.suppression
    return f"{told.themes[:1].upper()}{told.themes[1:]}. {told.why}" if told else ""


def _direction(theme: Theme) -> str:
    return f"; since the last release: {theme.direction}" if theme.direction else ""


def _cited(advice: Advice) -> str:
    cited = advice.citation
    behind = f" ({'; '.join(cited.sources)})" if cited.sources else ""
    return f"{cited.title}, {cited.heading}{behind}"


def _rows(report: ThemeReport, digest: str) -> Iterator[tuple[str, ...]]:
    for theme in report.themes:
        said = (theme.label, theme.sentence)
        advice = (
            " ".join(one.text for one in theme.advice),
            "; ".join(map(_cited, theme.advice)),
        )
        count = (str(theme.pairs.least), str(theme.pairs.most))
        yield (*_begun(report, "theme"), *said, "", *count, theme.direction or "", *advice)
        for name, part in theme.segments.items():
            count = (str(part.least), str(part.most))
            yield (*_begun(report, "segment"), *said, name, *count, "", "", "")
    said_of_all = [("about", line) for line in _about(report)]
    if report.suppression:
        said_of_all.append(("withheld", _withheld(report)))
    for kind, words in (*said_of_all, ("signed", digest)):
        yield (*_begun(report, kind), "", words, "", "", "", "", "", "")


def _begun(report: ThemeReport, kind: str) -> tuple[str, str, str]:
    return kind, str(report.number), report.made.isoformat()
