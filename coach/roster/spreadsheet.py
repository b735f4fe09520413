"""Read a table as spreadsheets save it: whatever the encoding, and whatever stands between cells.

And keep what is written for a spreadsheet from being run by one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from coach.domain.brief import clean_line
from coach.domain.guidance import Frozen

MAX_BYTES = 5 * 2**20
#: More than any table of pairs has; past it, a row is not read on.
MAX_CELLS = 200

_BETWEEN = ",;\t|"
_SAID_BETWEEN = re.compile(r'\A"?sep=([^"\r\n])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_OTHER_FILES = {
    b"PK\x03\x04": "an Excel workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
}
#: What a spreadsheet takes for the start of a formula, also in the wide forms of East Asian
#: keyboards, at the start of a cell or where another program would start one; and the apostrophes
#: before it, which mark text.
_FORMULA = re.compile(r"(^|[,;|]\s*)('*)([=+\-@＝＋－＠])")
_MARKED = re.compile(r"(^|[,;|]\s*)'('*[=+\-@＝＋－＠])")


class Remark(Frozen):
    """What is to be said about a line of a file; 0 is the file as a whole."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.text}" if self.line else self.text


class Row(Frozen):
    """The cells of one row, cleaned, and the line of the file that it starts on."""

    line: int
    cells: tuple[str, ...]


class Table(Frozen):
    """The rows that hold something, the first of them the header, and what could not be read."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


def read_table(data: bytes, *, most: int) -> Table:
    """The table in ``data``; never raises. More than ``most`` rows under the header are a fault."""
    if len(data) > MAX_BYTES:
        return _refused(
            f"This file has {len(data) / 2**20:.1f} MB; at most {MAX_BYTES // 2**20} MB can be "
            "read. Is it the right one? If it is, divide it and import the parts."
        )
    for start, what in _OTHER_FILES.items():
        if data.startswith(start):
            return _refused(
                f"This is {what}, not a CSV file. Open it in your spreadsheet program, choose "
                "'Save as' and then 'CSV UTF-8', and use the file that you get."
            )
    text, old = _decoded(data)
    if text is None:
        return _refused(
            "The letters of this file cannot be read. Open it in your spreadsheet program, choose "
            "'Save as' and then 'CSV UTF-8', and use the file that you get."
        )
    if "\0" in text:
        line = len(re.findall(r"\r\n|\r|\n", text[: text.index("\0")])) + 1
        return _refused(
            "There are NUL bytes here, so the file is damaged or no CSV file. Save it again as "
            "'CSV UTF-8'.",
            line,
        )
    table = _read_rows(text, most)
    if old and table.rows:
        return table.model_copy(update={"notes": (_OLD,)})
    return table


def safe_cell(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula; ``plain_cell`` takes it back."""
    return _FORMULA.sub(r"\1'\2\3", text)


def plain_cell(text: str) -> str:
    """What ``safe_cell`` was given."""
    return _MARKED.sub(r"\1\2", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take ``text`` for a formula."""
    return text.startswith(tuple("=+-@＝＋－＠"))


def table_bytes(rows: Iterable[tuple[str, ...]]) -> bytes:
    """``rows`` as CSV: RFC 4180, in UTF-8 with a byte-order mark, and without formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


_OLD = Remark(
    line=0,
    text="The file is in an old Windows encoding. Look at the names before you import: if letters "
    "are wrong, save it again as 'CSV UTF-8'.",
)


def _refused(text: str, line: int = 0) -> Table:
    return Table(faults=(Remark(line=line, text=text),))


def _decoded(data: bytes) -> tuple[str | None, bool]:
    """The text, or ``None``, and whether its encoding was a guess."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses = ["utf-16"]
    elif data[1:2] == b"\0":
        guesses = ["utf-16-le", "utf-8-sig"]
    elif data[:1] == b"\0":
        guesses = ["utf-16-be", "utf-8-sig"]
    else:
        guesses = ["utf-8-sig", "cp1252"]
    for encoding in guesses:
        try:
            return data.decode(encoding), encoding == "cp1252"
        except UnicodeDecodeError:
            continue
    return None, False


def _read_rows(text: str, most: int) -> Table:
    said = _SAID_BETWEEN.match(text)
    before = 1 if said else 0
    if said:
        text = text[said.end() :]
    between = said[1] if said else max(_BETWEEN, key=_header(text).count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    rows: list[Row] = []
    faults: list[Remark] = []
    while True:
        line = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return Table(rows=tuple(rows), faults=tuple(faults))
        except csv.Error:
            faults.append(Remark(line=line, text=_QUOTES))
            continue
        cleaned = tuple(plain_cell(clean_line(cell)) for cell in cells[:MAX_CELLS])
        if any(cleaned):
            rows.append(Row(line=line, cells=cleaned))
        if len(rows) > most + 1:
            return _refused(
                f"This file has more than {most:,} lines. Divide it and import the parts."
            )


def _header(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return re.sub(r'"[^"]*"', "", first)


_QUOTES = (
    "A quotation mark is out of place here, or is never closed, so the cells cannot be told "
    "apart. In a cell that stands in quotation marks, write each one inside it twice."
)
