"""People and pairs of a program: imported, paired, paired anew, ended; by its lead."""

from __future__ import annotations

from coach.domain.brief import MAX_ROLE, clean_line
from coach.domain.identity import Actor
from coach.domain.program import Pair, Person, Program, Role
from coach.errors import ConflictError, ProgramError
from coach.policy.acting import Capability
from coach.policy.deeds import ADDED_LEAD, ENDED_PAIR, PAIRED, RE_PAIRED, REMOVED, imported
from coach.policy.table import Action
from coach.ports import Work
from coach.program.ending import end_pair
from coach.program.joining import intake, join, members, take_in
from coach.program.participants import Paired, Participant, paired, participants
from coach.roster.matching import Preview, circle_faults, match, people_by_id
from coach.roster.roster import read_roster, roster_csv
from coach.roster.roster_faults import Listed, RosterLine


class Pairing(Capability):
    """Who is in a program, and in which pair."""

    def preview(self, actor: Actor, program_id: str, data: bytes) -> Preview:
        """What ``take`` would do with this file; changes nothing."""
        roster = read_roster(data)
        with self._reading(actor, Action.MANAGE_PAIRS, Program, program_id) as (work, program):
            return match(work, program.id, roster, self._today()).preview

    def take(self, actor: Actor, program_id: str, data: bytes) -> Preview:
        """Import the people and pairs of a file, all or none; gives what was new.

        Somebody whose e-mail is known is that person, and keeps their name. The same file a
        second time changes nothing. Raises ``ProgramError`` if any line is faulty.
        """
        roster = read_roster(data)
        # All that takes long comes before the step that others wait for.
        with self._reading(actor, Action.MANAGE_PAIRS, Program, program_id) as (work, program):
            _must_run(program)
            matched = match(work, program.id, roster, self._today())
            if matched.preview.faults:
                raise ProgramError(_nothing_imported(matched.preview))
            taken = intake(work, program.id, matched, self._today())
        deed = imported(len(matched.preview.new_people), len(matched.preview.new_pairs))
        try:
            with self._writing(actor, deed, Program, program_id) as (work, program):
                _must_run(program)
                take_in(work, program.id, taken)
                return matched.preview
        except ConflictError:
            raise ProgramError(
                "Somebody else changed people or pairs at the same moment, so nothing was "
                "imported. Import the file again."
            ) from None

    def pair(
        self,
        actor: Actor,
        program_id: str,
        mentor_id: str,
        mentee_id: str,
        *,
        mentor_role: str = "",
        mentee_role: str = "",
    ) -> Pair:
        """Pair two who are in the program. Raises ``ProgramError`` where that makes no sense."""
        with self._writing(actor, PAIRED, Program, program_id) as (work, program):
            two, roles = (mentor_id, mentee_id), (mentor_role, mentee_role)
            return self._pair(work, program, two, roles)

    def re_pair(
        self, actor: Actor, pair_id: str, leaves: Role, instead_id: str, *, role: str = ""
    ) -> Pair:
        """End a pair, and begin one in which ``instead_id`` stands for the one who leaves it.

        The open sessions of the old pair are cancelled; what its two wrote stays theirs. ``role``
        is the newcomer's job title. Raises ``ProgramError`` where that makes no sense.
        """
        with self._writing(actor, RE_PAIRED, Pair, pair_id) as (work, old):
            program = work.get(Program, old.program_id)
            if old.ended is not None:
                raise ProgramError("This pair has ended already. Pair the two people you want.")
            end_pair(work, old, self._today())
            if leaves is Role.MENTOR:
                two, roles = (instead_id, old.mentee_id), (role, old.mentee_role)
            else:
                two, roles = (old.mentor_id, instead_id), (old.mentor_role, role)
            return self._pair(work, program, two, roles)

    def end(self, actor: Actor, pair_id: str) -> Pair:
        """End a pair and cancel its open sessions; a second time changes nothing."""
        with self._writing(actor, ENDED_PAIR, Pair, pair_id) as (work, pair):
            return pair if pair.ended is not None else end_pair(work, pair, self._today())

    def remove(self, actor: Actor, program_id: str, person_id: str) -> None:
        """Let somebody leave the program: their pairs in it end, and they see it no more.

        Raises ``ProgramError`` for its only lead.
        """
        with self._writing(actor, REMOVED, Program, program_id) as (work, program):
            today = self._today()
            theirs = members(work, program.id, today, person_id=person_id)
            if not theirs:
                self._refuse()
            leads = members(work, program.id, today, role=Role.LEAD)
            if {one.person_id for one in leads} == {person_id}:
                raise ProgramError(
                    "You are the program's only lead, and it needs one. End the program instead."
                )
            for pair in work.find(Pair, program_id=program.id, ended=None):
                if person_id in (pair.mentor_id, pair.mentee_id):
                    end_pair(work, pair, today)
            for one in theirs:
                work.save(one.but(until=today))

    def add_lead(self, actor: Actor, program_id: str, name: str, email: str) -> Person:
        """Let somebody else lead the program too; known by e-mail, or new.

        Raises ``ProgramError`` without a name and an e-mail address.
        """
        if not email.strip():
            raise ProgramError("A lead needs an e-mail address: it tells people apart.")
        with self._writing(actor, ADDED_LEAD, Program, program_id) as (work, program):
            new = Person(name=name, email=email)
            person = next(iter(work.find(Person, email=new.email)), None) or work.add(new)
            join(work, program.id, [(person.id, Role.LEAD)], self._today())
            return person

    def people(self, actor: Actor, program_id: str) -> tuple[Participant, ...]:
        """Everyone in the program, by name."""
        with self._reading(actor, Action.MANAGE_PAIRS, Program, program_id) as (work, program):
            return participants(work, program.id, self._today())

    def pairs(self, actor: Actor, program_id: str) -> tuple[Paired, ...]:
        """Every pair of the program, those that run first; not what they do."""
        with self._reading(actor, Action.MANAGE_PAIRS, Program, program_id) as (work, program):
            return paired(work, program.id)

    def roster(self, actor: Actor, program_id: str) -> bytes:
        """The pairs that run, as a file that can be imported."""
        with self._reading(actor, Action.MANAGE_PAIRS, Program, program_id) as (work, program):
            running = work.find(Pair, program_id=program.id, ended=None)
            people = people_by_id(
                work, (one for pair in running for one in (pair.mentor_id, pair.mentee_id))
            )
        lines = [_line(pair, people[pair.mentor_id], people[pair.mentee_id]) for pair in running]
        return roster_csv(sorted(lines, key=lambda line: (line.mentor.name, line.two)))

    def _pair(
        self, work: Work, program: Program, two: tuple[str, str], roles: tuple[str, str]
    ) -> Pair:
        _must_run(program)
        mentor_id, mentee_id = two
        for one in two:
            if not members(work, program.id, self._today(), person_id=one):
                self._refuse()
        if mentor_id == mentee_id:
            raise ProgramError("A pair needs two people. Choose somebody else for one side.")
        for role in roles:
            if len(clean_line(role)) > MAX_ROLE:
                raise ProgramError(f"A role has at most {MAX_ROLE} characters. Shorten it.")
        if work.count(
            Pair, program_id=program.id, mentor_id=mentor_id, mentee_id=mentee_id, ended=None
        ):
            raise ProgramError("These two are a pair already. Choose somebody else for one side.")
        people = people_by_id(work, two)
        pair = Pair(
            program_id=program.id,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            mentor_role=roles[0],
            mentee_role=roles[1],
            started=self._today(),
        )
        running = work.find(Pair, program_id=program.id, ended=None)
        new = _line(pair, people[mentor_id], people[mentee_id])
        for fault in circle_faults(work, running, [(new, two)]):
            raise ProgramError(fault.text)
        wanted = ((mentor_id, Role.MENTOR), (mentee_id, Role.MENTEE))
        join(work, program.id, wanted, self._today())
        return work.add(pair)


def _must_run(program: Program) -> None:
    if program.ended is not None:
        raise ProgramError(
            f"This program ended on {program.ended:%d %B %Y}, so nobody is paired in it any more. "
            "Create another program for new pairs."
        )


def _line(pair: Pair, mentor: Person, mentee: Person) -> RosterLine:
    return RosterLine(
        mentor=Listed(name=mentor.name, email=mentor.email, role=pair.mentor_role),
        mentee=Listed(name=mentee.name, email=mentee.email, role=pair.mentee_role),
    )


def _nothing_imported(preview: Preview) -> str:
    first, *more = preview.faults
    others = f" There are {len(more)} more; the preview names each." if more else ""
    return f"Nothing was imported, since the file is faulty. {first}{others}"
