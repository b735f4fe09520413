"""What is wrong with the lines of a list of pairs, and what would do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.domain.brief import MAX_ROLE
from coach.domain.guidance import Frozen
from coach.domain.records import MAX_PERSON_NAME
from coach.entrance.emails import as_email
from coach.roster.circles import STEPS, circles
from coach.roster.spreadsheet import Remark, looks_like_formula

#: Stricter than what is kept: most addresses without a dot, or with a bracket, are slips.
_NOT_IN_EMAIL = r"@\s<>()\[\],;:\"\\"
_EMAIL = re.compile(rf"[^{_NOT_IN_EMAIL}]+@(?:[^{_NOT_IN_EMAIL}.]+\.)+[^{_NOT_IN_EMAIL}.]+")


class Listed(Frozen):
    """Somebody as a list names them; the e-mail in lower case, the role their job title."""

    name: str
    email: str
    role: str = ""


class RosterLine(Frozen):
    """One pair of a list; ``line`` is 0 where it does not come from a file."""

    line: int = 0
    mentor: Listed
    mentee: Listed

    @property
    def two(self) -> tuple[str, str]:
        """The e-mails of the mentor and the mentee."""
        return self.mentor.email, self.mentee.email


def faults_of(line: RosterLine) -> Iterator[str]:
    """What is wrong with one line by itself."""
    for whose, one in (("mentor", line.mentor), ("mentee", line.mentee)):
        column = whose.title()
        if not any(mark.isalnum() for mark in one.name):
            yield f"The {whose}'s name is missing. Write it in the column '{column} name'."
        elif len(one.name) > MAX_PERSON_NAME:
            yield _too_long(f"{whose}'s name", one.name, MAX_PERSON_NAME)
        if not one.email:
            yield f"The {whose}'s e-mail is missing. Write it in the column '{column} e-mail'."
        elif as_email(one.email) != one.email or not _EMAIL.fullmatch(one.email):
            yield (
                f"The {whose}'s e-mail {short(one.email)} is not an e-mail address. Write one "
                "address alone, such as ana@example.org."
            )
        if len(one.role) > MAX_ROLE:
            yield _too_long(f"{whose}'s role", one.role, MAX_ROLE)
    if line.mentor.email and line.mentor.email == line.mentee.email:
        yield (
            f"{short(line.mentor.email)} is both mentor and mentee here. A pair needs two people."
        )


def oddities_of(line: RosterLine) -> Iterator[str]:
    """What deserves a look in one line, and is no fault."""
    for whose, one in (("mentor", line.mentor), ("mentee", line.mentee)):
        if looks_like_formula(one.name):
            yield (
                f"The {whose}'s name {short(one.name)} begins as a formula does. It is kept as "
                "text; is it a name?"
            )
        if "\ufffd" in one.name:
            yield (
                f"A letter of the {whose}'s name {short(one.name)} was lost before the file came "
                "here. Correct it, and save the file as 'CSV UTF-8'."
            )


def faults_between(lines: Sequence[RosterLine]) -> Iterator[Remark]:
    """What is wrong between lines that have no fault by themselves."""
    first: dict[tuple[str, str], int] = {}
    names: dict[str, tuple[str, int]] = {}
    for line in lines:
        seen = first.setdefault(line.two, line.line)
        if seen != line.line:
            text = f"This pair stands in line {seen} already. Take one of the two out."
            yield Remark(line=line.line, text=text)
        for one in (line.mentor, line.mentee):
            name, where = names.setdefault(one.email, (one.name, line.line))
            if name.casefold() != one.name.casefold():
                yield Remark(
                    line=line.line,
                    text=f"{short(one.email)} is {short(one.name)} here and {short(name)} in line "
                    f"{where}. Two people need two addresses; one person needs one name.",
                )
    pairs = [line for line in lines if first[line.two] == line.line]
    for circle in circles([line.two for line in pairs]):
        *way, last = (pairs[place] for place in circle)
        yield Remark(line=last.line, text=circle_text(way, last))


def circle_text(way: Sequence[RosterLine], last: RosterLine) -> str:
    """Why ``last`` cannot stand beside the pairs of ``way``."""
    steps = [f"{short(one.mentor.name)} mentors {short(one.mentee.name)}" for one in (*way, last)]
    if len(way) == STEPS:
        steps.insert(STEPS, "and so on")
    where = ", ".join(f"line {one.line}" for one in way if one.line)
    return (
        f"These pairs go round in a circle: {', '.join(steps)}{f' (see {where})' if where else ''}."
        " In a program each pair has one junior who mentors and one senior, so take one of these "
        "pairs out."
    )


def short(text: str) -> str:
    """``text`` in quotation marks, cut where it is long."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def _too_long(what: str, text: str, most: int) -> str:
    return f"The {what} has {len(text):,} characters; at most {most} can be kept. Shorten it."
