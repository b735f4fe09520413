"""A program with its pairs in the middle of their months, and an account for each person.

What the two of a pair share carries the pair's mark; what one keeps alone carries their own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coach.adapters.passwords import Argon2Passwords
from coach.bootstrap import open_coach, open_records
from coach.domain.agenda import Agenda
from coach.domain.agreement import Agreement, KeptCard, Share
from coach.domain.brief import Brief
from coach.domain.guidance import Frozen
from coach.domain.identity import Account
from coach.domain.meeting import (
    AgendaVersion,
    Commitment,
    CommitmentState,
    Draft,
    Preparation,
    PreparedItem,
    PreparedKind,
    Pulse,
    Session,
    SessionState,
)
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.receiver import ReceiverCard
from coach.domain.records import new_id
from coach.pair.agendas import shareable
from coach.ports import Work
from coach.settings import CoachSettings
from evals.load.marks import new_mark

PASSWORD = "four plain words suffice"  # noqa: S105 - of people who do not exist
_TOPIC = "safe use of generative AI"
_PLANNED, _HELD = 8, 4
_SINCE = timedelta(days=100)


class Someone(Frozen):
    """One person: how they sign in, what is theirs, and which marks they may see."""

    email: str
    person_id: str
    partner_id: str
    pair_id: str
    draft: str
    pair_mark: str
    own_mark: str


People = tuple[Someone, ...]


def make_people(settings: CoachSettings, pairs: int) -> People:
    """Fill the empty records of ``settings`` with so many pairs, and build the index.

    Gives mentor and mentee of each pair in turn.
    """
    agenda = open_coach(settings).agenda(Brief(topic=_TOPIC, minutes=60, session=_HELD + 1))
    records = open_records(settings)
    now = datetime.now(UTC)
    # Real parameters, so that each sign-in costs what it costs; hashed once, as making the
    # people is not what is measured.
    hashed = Argon2Passwords().hashed(PASSWORD)
    with records.writing() as work:
        program = work.add(Program(name="Load", starts=(now - _SINCE).date()))
        makers = [_PairMaker(work, program, agenda, now) for _ in range(pairs)]
        people = [one for number, maker in enumerate(makers) for one in maker.make(number)]
        for one in people:
            work.add(Account(person_id=one.person_id, password_hash=hashed))
    records.close()
    return tuple(people)


class _PairMaker:
    """Makes one pair and everything that it has by now."""

    def __init__(self, work: Work, program: Program, agenda: Agenda, now: datetime) -> None:
        self._work = work
        self._program = program
        self._agenda = agenda
        self._now = now
        self._mark = new_mark()

    def make(self, number: int) -> tuple[Someone, Someone]:
        mentor, mentee = (
            self._member(f"{role.value}{number}@example.org", role)
            for role in (Role.MENTOR, Role.MENTEE)
        )
        self._pair = self._work.add(
            Pair(
                program_id=self._program.id,
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                mentor_role="analyst",
                mentee_role=f"director {self._mark}",
                started=self._program.starts,
            )
        )
        self._sessions = [self._session(place) for place in range(1, _PLANNED + 1)]
        self._share()
        return self._alone(mentor, mentee), self._alone(mentee, mentor)

    def _member(self, email: str, role: Role) -> Person:
        person = self._work.add(Person(name=f"{role.value.title()} {self._mark}", email=email))
        self._work.add(
            Membership(
                program_id=self._program.id,
                person_id=person.id,
                role=role,
                since=self._program.starts,
            )
        )
        return person

    @property
    def _of_pair(self) -> dict[str, str]:
        return {"program_id": self._program.id, "pair_id": self._pair.id}

    def _session(self, place: int) -> Session:
        held = place <= _HELD
        return self._work.add(
            Session(
                **self._of_pair,
                number=place,
                state=SessionState.HELD if held else SessionState.PLANNED,
                starts=self._now + timedelta(days=28 * (place - _HELD) - 14),
                minutes=60,
                topic=f"{_TOPIC} {self._mark}",
                mentor_taught=held,
                mentee_taught=held,
            )
        )

    def _share(self) -> None:
        """What the two have together: an agreement, an agenda, and promises."""
        signed = self._now - _SINCE
        both = Share(learns=f"learns {self._mark}", gives=f"gives {self._mark}")
        self._work.add(
            Agreement(
                **self._of_pair,
                mentor=both,
                mentee=both,
                confidentiality=f"What is said here stays here. {self._mark}",
                off_limits=f"pay {self._mark}",
                review_on=(self._now + timedelta(days=60)).date(),
                mentor_signed=signed,
                mentee_signed=signed,
            )
        )
        items = [
            item.model_copy(update={"open_with": f"{item.open_with} {self._mark}"})
            for item in self._agenda.items
        ]
        self._work.add(
            AgendaVersion(
                **self._of_pair,
                session_id=self._sessions[_HELD].id,
                number=1,
                by_id=self._pair.mentor_id,
                saved=self._now - timedelta(days=1),
                agenda=shareable(self._agenda.model_copy(update={"items": tuple(items)})),
            )
        )
        for place in range(5):
            self._work.add(
                Commitment(
                    **self._of_pair,
                    who_id=(self._pair.mentor_id, self._pair.mentee_id)[place % 2],
                    what=f"promise {place} {self._mark}",
                    made=self._now - timedelta(days=20 - place),
                    state=CommitmentState.OPEN if place < 3 else CommitmentState.DONE,
                )
            )

    def _alone(self, person: Person, partner: Person) -> Someone:
        """What one keeps alone: notes, a draft, pulses; and the card that the other may see."""
        mark, draft, upcoming = new_mark(), new_id(), self._sessions[_HELD]
        kinds = (PreparedKind.TOPIC, PreparedKind.WORRY)
        self._work.add(
            Preparation(
                **self._of_pair,
                session_id=upcoming.id,
                person_id=person.id,
                items=tuple(PreparedItem(kind=kind, text=f"{kind} {mark}") for kind in kinds),
            )
        )
        for session in self._sessions[:_HELD]:
            self._work.add(
                Pulse(
                    **self._of_pair,
                    session_id=session.id,
                    person_id=person.id,
                    worthwhile=4,
                    could_speak=4,
                    note=f"note {mark}",
                )
            )
        card = ReceiverCard(helps=f"time to think {self._mark}", consented=self._now.date())
        self._work.add(KeptCard(person_id=person.id, number=1, saved=self._now, card=card))
        content = {"topic": _TOPIC, "minutes": 60, "worry": f"worry {mark}"}
        self._work.add(Draft(person_id=person.id, name=draft, saved=self._now, content=content))
        return Someone(
            email=person.email,
            person_id=person.id,
            partner_id=partner.id,
            pair_id=self._pair.id,
            draft=draft,
            pair_mark=self._mark,
            own_mark=mark,
        )
