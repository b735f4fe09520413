"""A list of people and pairs, as a file: one line for each pair.

Every fault of a file is named with its line and what would do, so that it is mended in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coach.domain.guidance import Frozen
from coach.domain.program import Role
from coach.errors import ProgramError
from coach.roster.columns import HEADER, Columns, read_columns
from coach.roster.roster_faults import (
    Listed,
    RosterLine,
    faults_between,
    faults_of,
    oddities_of,
)
from coach.roster.spreadsheet import Remark, Row, read_table, table_bytes

MAX_PAIRS = 10_000


class Roster(Frozen):
    """The lines without a fault, all faults, and what deserves a look but is no fault."""

    lines: tuple[RosterLine, ...] = ()
    faults: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


def read_roster(data: bytes) -> Roster:
    """The list in a CSV file; never raises.

    Control and bidirectional marks are left out. A cell that would be a formula is text.
    """
    table = read_table(data, most=MAX_PAIRS)
    if not table.rows:
        empty = Remark(line=0, text=f"The file is empty. It begins with: {', '.join(HEADER)}.")
        return Roster(faults=table.faults or (empty,))
    header, *rows = table.rows
    try:
        columns = read_columns(header.cells)
    except ProgramError as error:
        return Roster(faults=(*table.faults, Remark(line=header.line, text=str(error))))
    if not rows and not table.faults:
        return Roster(faults=(Remark(line=0, text="No pair stands under the names of columns."),))
    notes = [*table.notes, *_unused(header.line, columns)]
    sound, faults = [], list(table.faults)
    for row in rows:
        line = _line(row, columns)
        wrong = [*_too_wide(row, columns), *faults_of(line)]
        faults += [Remark(line=row.line, text=text) for text in wrong]
        notes += [Remark(line=row.line, text=text) for text in oddities_of(line)]
        if not wrong:
            sound.append(line)
    between = list(faults_between(sound))
    faulty = {fault.line for fault in between}
    return Roster(
        lines=tuple(line for line in sound if line.line not in faulty),
        faults=tuple(sorted([*faults, *between], key=lambda fault: fault.line)),
        notes=tuple(notes),
    )


def roster_csv(lines: Iterable[RosterLine]) -> bytes:
    """The list as a file that ``read_roster`` reads and no spreadsheet runs."""
    people = ((line.mentor, line.mentee) for line in lines)
    rows = (
        tuple(cell for one in two for cell in (one.name, one.email, one.role)) for two in people
    )
    return table_bytes([HEADER, *rows])


def _line(row: Row, columns: Columns) -> RosterLine:
    def cell(role: Role, what: str) -> str:
        place = columns.places.get((role, what), len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    mentor, mentee = (
        Listed(
            name=cell(role, "name"), email=cell(role, "email").casefold(), role=cell(role, "role")
        )
        for role in (Role.MENTOR, Role.MENTEE)
    )
    return RosterLine(line=row.line, mentor=mentor, mentee=mentee)


def _too_wide(row: Row, columns: Columns) -> Iterator[str]:
    if any(row.cells[columns.width :]):
        yield (
            f"There are {len(row.cells)} cells under {columns.width} names of columns. Put a cell "
            "that holds a comma or a semicolon in quotation marks."
        )


def _unused(line: int, columns: Columns) -> Iterator[Remark]:
    if columns.unused:
        names = ", ".join(repr(name[:60]) for name in columns.unused[:10])
        yield Remark(line=line, text=f"These columns are not used: {names}.")
