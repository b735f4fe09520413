"""Which column of a list of pairs holds what, by the many names that people give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from coach.domain.guidance import Frozen
from coach.domain.program import Role
from coach.errors import ProgramError

#: As they stand in a file of ours; the two job titles may be missing.
HEADER = (
    "Mentor name",
    "Mentor e-mail",
    "Mentor role",
    "Mentee name",
    "Mentee e-mail",
    "Mentee role",
)
_WHO = {
    Role.MENTOR: ("mentor", "junior"),
    Role.MENTEE: ("mentee", "senior", "executive", "leader"),
}
_WHAT = {
    "email": ("emailaddress", "email", "mailaddress", "mail"),
    "role": ("jobtitle", "role", "title", "position", "function", "job"),
    "name": ("fullname", "name"),
}
_FILLERS = ("ofthe", "of", "the", "s", "reverse")
_WORDS = [*_FILLERS, *(word for words in [*_WHO.values(), *_WHAT.values()] for word in words)]
_KNOWN = re.compile(f"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})+")

#: What is in a column: whose, and what of theirs.
Meaning = tuple[Role, str]


class Columns(Frozen):
    """Where each thing stands in a row, and the names of columns that are not used."""

    places: dict[Meaning, int]
    width: int
    unused: tuple[str, ...]


def read_columns(header: Sequence[str]) -> Columns:
    """The columns of a file with this header. Raises ``ProgramError`` that says what is missing."""
    if any("@" in cell for cell in header):
        raise ProgramError(
            "The first line holds people and not the names of the columns. Put this line before "
            f"it: {', '.join(HEADER)}."
        )
    places: dict[Meaning, int] = {}
    unused = []
    for place, cell in enumerate(header):
        meaning = _meaning(cell)
        if meaning in places and meaning is not None:
            raise ProgramError(
                f"The columns {header[places[meaning]]!r} and {cell!r} seem to hold the same. "
                "Keep one of them, or give the other another name."
            )
        if meaning is not None:
            places[meaning] = place
        elif cell:
            unused.append(cell)
    missing = [
        name
        for name, meaning in zip(HEADER, _ORDER, strict=True)
        if meaning not in places and meaning[1] != "role"
    ]
    if missing:
        found = ", ".join(repr(cell[:60]) for cell in header[:12] if cell)
        raise ProgramError(
            f"No column is called {_either(missing)}. The first line names the columns; here it "
            f"has: {found}. A first and a last name belong in one column."
        )
    return Columns(places=places, width=len(header), unused=tuple(unused))


_ORDER = [(role, what) for role in _WHO for what in ("name", "email", "role")]


def _meaning(cell: str) -> Meaning | None:
    folded = unicodedata.normalize("NFKD", cell).casefold()
    squeezed = re.sub(r"[\W_]", "", folded)
    if not _KNOWN.fullmatch(squeezed):
        return None
    whose = [role for role, words in _WHO.items() if any(word in squeezed for word in words)]
    what = [thing for thing, words in _WHAT.items() if any(word in squeezed for word in words)]
    if len(whose) != 1 or len(what) > 1:
        return None
    return whose[0], what[0] if what else "name"


def _either(names: Sequence[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
