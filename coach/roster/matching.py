"""A list of pairs beside a program: who and what is new, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coach.domain.program import Membership, Pair, Person
from coach.policy.standing import in_force
from coach.ports import Work
from coach.roster.circles import circles
from coach.roster.roster import Roster
from coach.roster.roster_faults import Listed, RosterLine, circle_text, short
from coach.roster.spreadsheet import Remark

#: Values in one question to the store; databases limit them.
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    "New" and "known" are meant in this program: nobody learns from it who is in another one.
    """

    new_people: tuple[Listed, ...]
    known_people: tuple[Listed, ...]
    new_pairs: tuple[RosterLine, ...]
    pairs_there: tuple[RosterLine, ...]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


@dataclass(frozen=True)
class Matched:
    """A preview, and the people of the list whom the store knows, by e-mail."""

    preview: Preview
    people: Mapping[str, Person]


def match(work: Work, program_id: str, roster: Roster, today: date) -> Matched:
    """Compare ``roster`` with the program's people and pairs."""
    listed = {one.email: one for line in roster.lines for one in (line.mentor, line.mentee)}
    people = {one.email: one for some in in_parts(listed) for one in work.find(Person, email=some)}
    here = {
        one.person_id
        for one in work.find(Membership, program_id=program_id)
        if in_force(one, today)
    }
    members = {email: one for email, one in people.items() if one.id in here}
    pairs = {(one.mentor_id, one.mentee_id): one for one in _by_end(work, program_id)}
    running: list[RosterLine] = []
    over: list[RosterLine] = []
    new: list[RosterLine] = []
    for line in roster.lines:
        mentor, mentee = (people.get(email) for email in line.two)
        pair = pairs.get((mentor.id, mentee.id)) if mentor and mentee else None
        (new if pair is None else running if pair.ended is None else over).append(line)
    going = [one for one in pairs.values() if one.ended is None]
    faults = circle_faults(work, going, [(line, _two(line, people)) for line in new])
    notes = [*_other_names(roster.lines, members), *_over(over)]
    preview = Preview(
        new_people=tuple(one for email, one in listed.items() if email not in members),
        known_people=tuple(one for email, one in listed.items() if email in members),
        new_pairs=tuple(new),
        pairs_there=tuple(running),
        faults=(*roster.faults, *faults),
        notes=(*roster.notes, *sorted(notes, key=lambda note: note.line)),
    )
    return Matched(preview, people)


def people_by_id(work: Work, ids: Iterable[str]) -> dict[str, Person]:
    """These people, by identifier."""
    return {one.id: one for some in in_parts(ids) for one in work.find(Person, id=some)}


def in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    """``values`` in order, as many at a time as one question to the store may hold."""
    wanted = sorted(set(values))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def _by_end(work: Work, program_id: str) -> list[Pair]:
    """Pairs of the program, those that run last, so that they count where two have met twice."""
    return sorted(work.find(Pair, program_id=program_id), key=lambda one: one.ended is None)


def circle_faults(
    work: Work, running: Sequence[Pair], new: Sequence[tuple[RosterLine, tuple[str, str]]]
) -> list[Remark]:
    """Circles that new pairs would close with pairs that run.

    Each new pair comes with what stands for its two: an identifier, or an e-mail if they have none.
    """
    if not new or not running:
        return []
    ends = [(pair.mentor_id, pair.mentee_id) for pair in running]
    known = people_by_id(work, (one for two in ends for one in two))
    lines = [
        RosterLine(mentor=_listed(known[mentor]), mentee=_listed(known[mentee]))
        for mentor, mentee in ends
    ]
    lines += [line for line, _ in new]
    found = circles([*ends, *(two for _, two in new)])
    return [
        Remark(
            line=lines[last].line, text=circle_text([lines[place] for place in way], lines[last])
        )
        for *way, last in found
        # What runs already in a circle is not for this list to mend.
        if last >= len(running)
    ]


def _two(line: RosterLine, people: Mapping[str, Person]) -> tuple[str, str]:
    mentor, mentee = (people[email].id if email in people else email for email in line.two)
    return mentor, mentee


def _listed(person: Person) -> Listed:
    return Listed(name=person.name, email=person.email)


def _other_names(lines: Iterable[RosterLine], members: Mapping[str, Person]) -> Iterator[Remark]:
    seen = set()
    for line in lines:
        for one in (line.mentor, line.mentee):
            known = members.get(one.email)
            if known and one.email not in seen and known.name.casefold() != one.name.casefold():
                yield Remark(
                    line=line.line,
                    text=f"{short(one.email)} is known here as {short(known.name)}, and stays so; "
                    f"the list says {short(one.name)}. People change their own names.",
                )
            seen.add(one.email)


def _over(lines: Iterable[RosterLine]) -> Iterator[Remark]:
    for line in lines:
        yield Remark(
            line=line.line,
            text=f"{short(line.mentor.name)} and {short(line.mentee.name)} were a pair here, and "
            "it was ended. An import does not begin it again; pair them by hand if you want to.",
        )
