"""A made-up program to look around in, loaded by one click in a personal workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from coach.domain.agenda import Agenda
from coach.domain.agreement import Agreement, KeptCard
from coach.domain.identity import Actor
from coach.domain.meeting import (
    AgendaVersion,
    Commitment,
    Preparation,
    PreparedItem,
    PreparedKind,
    Session,
    SessionState,
)
from coach.domain.places import places
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.receiver import ReceiverCard
from coach.pair.agendas import shareable
from coach.pair.agreements import CONFIDENTIALITY
from coach.pair.commitments import CARRIED
from coach.pair.conduct import default_conduct
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Records, Work
from coach.program.demonstration_reflections import reflections

#: Turns the fields of a brief into an agenda, as the composer does.
Compose = Callable[[dict[str, Any]], Agenda]

_HOUR = time(10, tzinfo=UTC)
_SINCE = 96
_TWO = (Role.MENTOR, Role.MENTEE)


class Demonstration(Capability):
    """Loads the made-up program, whose people anybody in a personal workspace may act as."""

    def __init__(self, records: Records, compose: Compose, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._compose = compose

    def load(self, actor: Actor) -> Program:
        """The made-up program; the one that is loaded already, if it is."""
        told = _told()
        with self._writing(actor, Action.CREATE_PROGRAM, Person, actor.person_id) as (work, _):
            for program in work.find(Program, personal=True):
                if program.name == told["name"]:
                    return program
            program = self._program(work, told, actor)
            for pair in told["pairs"]:
                self._pair(work, program, pair)
            return program

    def _program(self, work: Work, told: Mapping[str, Any], actor: Actor) -> Program:
        program = work.add(
            Program(
                name=told["name"],
                goals=told["goals"],
                contacts=told["contacts"],
                starts=self._today() - timedelta(days=_SINCE),
                planned_sessions=told["planned_sessions"],
                cadence_weeks=told["cadence_weeks"],
                conduct=default_conduct(),
                personal=True,
            )
        )
        lead = work.add(Person(**told["lead"]))
        for person_id in (lead.id, actor.person_id):
            self._join(work, program, person_id, Role.LEAD)
        return program

    def _join(self, work: Work, program: Program, person_id: str, role: Role) -> None:
        work.add(
            Membership(program_id=program.id, person_id=person_id, role=role, since=program.starts)
        )

    def _pair(self, work: Work, program: Program, told: Mapping[str, Any]) -> None:
        people = {}
        for role in (Role.MENTOR, Role.MENTEE):
            known = told[role.value]
            people[role] = work.add(Person(name=known["name"], email=known["email"]))
            self._join(work, program, people[role].id, role)
        pair = work.add(
            Pair(
                program_id=program.id,
                mentor_id=people[Role.MENTOR].id,
                mentee_id=people[Role.MENTEE].id,
                mentor_role=told["mentor"]["role"],
                mentee_role=told["mentee"]["role"],
                started=program.starts,
            )
        )
        kept, sessions = self._sessions(work, pair, told)
        promises = self._promises(work, pair, told.get("promises", ()))
        reflections(work, pair, kept, promises, told)
        if "agreement" in told:
            self._agreement(work, pair, told["agreement"])
        if "card" in told:
            self._card(work, people, told["card"])
        for role, notes in told.get("preparations", {}).items():
            self._preparation(work, sessions[-1], people[Role(role)], notes)

    def _sessions(
        self, work: Work, pair: Pair, told: Mapping[str, Any]
    ) -> tuple[list[Session], list[Session]]:
        """All of them, and those that are prepared."""
        kept, prepared = [], []
        for number, one in enumerate(told["sessions"], start=1):
            session = work.add(
                Session(
                    program_id=pair.program_id,
                    pair_id=pair.id,
                    number=number,
                    state=SessionState(one["state"]),
                    starts=self._day(one["day"]),
                    minutes=60,
                    topic=one.get("topic", ""),
                    reason=one.get("reason", ""),
                    mentor_taught=one.get("mentor_taught", False),
                    mentee_taught=one.get("mentee_taught", False),
                )
            )
            kept.append(session)
            if one.get("prepared"):
                prepared.append(session)
        for session in prepared:
            self._agenda(work, pair, session, places(kept)[session.id], told)
        return kept, prepared

    def _agenda(
        self, work: Work, pair: Pair, session: Session, place: int, told: Mapping[str, Any]
    ) -> None:
        promised = [one["what"] for one in told["promises"] if "state" not in one]

        agenda = self._compose(
            {
                "topic": session.topic,
                "minutes": session.minutes,
                "session": place,
                "mentor_role": pair.mentor_role,
                "mentee_role": pair.mentee_role,
                "carried_over": promised[:CARRIED],
                "goals": [told["agreement"][role.value]["learns"] for role in _TWO],
            }
        )
        work.add(
            AgendaVersion(
                program_id=pair.program_id,
                pair_id=pair.id,
                session_id=session.id,
                number=1,
                by_id=pair.mentor_id,
                saved=self._day(-1),
                agenda=shareable(agenda),
            )
        )

    def _promises(
        self, work: Work, pair: Pair, told: Sequence[dict[str, Any]]
    ) -> tuple[Commitment, ...]:
        return tuple(
            work.add(
                Commitment(
                    program_id=pair.program_id,
                    pair_id=pair.id,
                    who_id=pair.mentor_id if one["who"] == "mentor" else pair.mentee_id,
                    what=one["what"],
                    made=self._day(one["made"]),
                    due=self._day(one["due"]).date() if "due" in one else None,
                    state=one.get("state", "open"),
                )
            )
            for one in told
        )

    def _agreement(self, work: Work, pair: Pair, told: Mapping[str, Any]) -> None:
        signed = self._day(-89)
        work.add(
            Agreement(
                program_id=pair.program_id,
                pair_id=pair.id,
                mentor=told["mentor"],
                mentee=told["mentee"],
                off_limits=told["off_limits"],
                confidentiality=CONFIDENTIALITY,
                conduct=default_conduct(),
                review_on=self._day(told["reviewed_in"]).date(),
                mentor_signed=signed,
                mentee_signed=signed,
            )
        )

    def _card(self, work: Work, people: Mapping[Role, Person], told: dict[str, Any]) -> None:
        whose = people[Role(told["of"])]
        wishes = {name: value for name, value in told.items() if name != "of"}
        card = ReceiverCard(**wishes, consented=self._day(-89).date())
        work.add(KeptCard(person_id=whose.id, number=1, saved=self._day(-89), card=card))

    def _preparation(
        self, work: Work, session: Session, person: Person, told: Mapping[str, list[str]]
    ) -> None:
        items = [PreparedItem(kind=PreparedKind.TOPIC, text=text) for text in told["topics"]]
        items += [PreparedItem(kind=PreparedKind.WORRY, text=text) for text in told["worries"]]
        work.add(
            Preparation(
                program_id=session.program_id,
                pair_id=session.pair_id,
                session_id=session.id,
                person_id=person.id,
                items=tuple(items),
            )
        )

    def _day(self, day: int) -> datetime:
        return datetime.combine(self._today() + timedelta(days=day), _HOUR)


def _told() -> dict[str, Any]:
    import yaml

    path = Path(__file__).with_name("demonstration.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
