"""A person's own data: all of it to take away, and the right to be gone."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach.domain.agreement import Agreement, KeptCard, Share
from coach.domain.identity import Account, Actor, AuditLine, Invitation, OutsideIdentity, SignIn
from coach.domain.kept_reflection import Reflection
from coach.domain.learned import Learned
from coach.domain.meeting import AgendaVersion, Commitment, Draft, Preparation, Pulse, Session
from coach.domain.program import GONE, Membership, Pair, Person, Program, Role
from coach.domain.records import Record
from coach.errors import ProgramError
from coach.pair.pseudonyms import take_back
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.standing import in_force
from coach.policy.table import Action
from coach.ports import Erasures, Records, Work
from coach.program.ending import end_pair
from coach.program.own_statements import own_statements

#: Records that belong to one person alone, and go with them.
_THEIRS: tuple[type[Record], ...] = (
    Draft,
    Preparation,
    Pulse,
    Reflection,
    KeptCard,
    Account,
    OutsideIdentity,
    Invitation,
    SignIn,
)
#: What stays after somebody is deleted, in words for them.
STAYS = (
    "The agendas that you shared, and what you found out together, stay with your partner.",
    "The number of your sessions stays, without a word about them.",
    "The audit trail keeps that something was done, under a number that no longer leads to a name.",
    "Backups made earlier still hold your words, sealed; whoever restores one deletes you again.",
)


class OwnData(Capability):
    """What is kept about somebody: for them to read, take away, and delete."""

    def __init__(self, records: Records, erasures: Erasures, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._erasures = erasures

    def me(self, actor: Actor) -> Person:
        """Who I am here."""
        with self._reading(actor, Action.SEE_OWN, Person, actor.person_id) as (_, person):
            return person

    def trail(self, actor: Actor, limit: int = 200) -> tuple[AuditLine, ...]:
        """What was done in my name, newest first; never what was in it."""
        with self._reading(actor, Action.SEE_OWN, Person, actor.person_id) as (work, person):
            return work.find(AuditLine, actor_id=person.id, order="-at", limit=limit)

    def export(self, actor: Actor) -> dict[str, Any]:
        """All that is kept about me, by kind, as plain values; no secrets of sign-in."""
        with self._reading(actor, Action.SEE_OWN, Person, actor.person_id) as (work, person):
            pairs = _pairs_of(work, person.id)
            shared = [pair.id for pair in pairs]
            found: dict[str, tuple[Record, ...]] = {
                "memberships": work.find(Membership, person_id=person.id),
                "programs": work.find(Program, id=[pair.program_id for pair in pairs]),
                "pairs": pairs,
                "sessions": work.find(Session, pair_id=shared, order="number"),
                "agendas": work.find(AgendaVersion, pair_id=shared, order="number"),
                "promises": work.find(Commitment, pair_id=shared, order="made"),
                "agreements": work.find(Agreement, pair_id=shared, order="number"),
                "receiver_cards": work.find(KeptCard, person_id=person.id, order="number"),
                "preparations": work.find(Preparation, person_id=person.id),
                "pulses": work.find(Pulse, person_id=person.id),
                "reflections": work.find(Reflection, person_id=person.id),
                "learned": work.find(Learned, pair_id=shared, order="number"),
                "drafts": work.find(Draft, person_id=person.id),
                "trail": work.find(AuditLine, actor_id=person.id, order="at"),
            }
            export: dict[str, Any] = {"person": person.model_dump(mode="json")}
            for name, records in found.items():
                export[name] = [one.model_dump(mode="json") for one in records]
            export["theme_statements"] = own_statements(work, person.id)
            return export

    def delete(self, actor: Actor, typed_name: str) -> None:
        """Delete me. ``typed_name`` must be my name, so that nobody does it by a slip.

        Raises ``ProgramError`` for another name, or for a program's only lead.
        """
        with self._writing(actor, Action.DELETE_SELF, Person, actor.person_id) as (work, person):
            if typed_name.strip() != person.name:
                raise ProgramError("Type your name exactly as it stands above to delete yourself.")
            self._not_the_only_lead(work, person)
            # First on the list: if the machine stops here, a restore or the next start does it.
            self._erasures.record(person.id)
            erase(work, person.id, self._today())

    def _not_the_only_lead(self, work: Work, person: Person) -> None:
        for mine in work.find(Membership, person_id=person.id, role="lead"):
            program = work.get(Program, mine.program_id)
            leads = work.find(Membership, program_id=program.id, role="lead")
            others = [one for one in leads if one.person_id != person.id]
            alone = not any(in_force(one, self._today()) for one in others)
            if alone and program.ended is None and not program.personal:
                raise ProgramError(
                    f"You are the only lead of {program.name!r}. Make somebody else a lead, or end "
                    "the program, before you delete yourself."
                )


def erase(work: Work, person_id: str, today: date) -> None:
    """Take everything of a person out of the records; a second time changes nothing more."""
    _take_back_all(work, person_id)
    for kind in _THEIRS:
        work.remove(kind, person_id=person_id)
    for pair in _pairs_of(work, person_id):
        if pair.ended is None:
            end_pair(work, pair, today)
        for promise in work.find(Commitment, pair_id=pair.id, who_id=person_id):
            work.remove(Commitment, id=promise.id)
        side = "mentor" if pair.mentor_id == person_id else "mentee"
        for agreement in work.find(Agreement, pair_id=pair.id):
            work.save(agreement.but(**{side: Share()}))
        for learned in work.find(Learned, pair_id=pair.id):
            work.save(learned.but(**{side: ""}))
    # Without these, nothing of a pair can be reached that they were in.
    work.remove(Membership, person_id=person_id, role=(Role.MENTOR, Role.MENTEE))
    for membership in work.find(Membership, person_id=person_id):
        if membership.until is None or membership.until > today:
            work.save(membership.but(until=today))
    for person in work.find(Person, id=person_id):
        work.save(person.but(name=GONE, email="", zone="UTC"))


def erase_again(records: Records, erasures: Erasures, today: date) -> None:
    """Delete everyone on the list who is still there: after a restore, or a stop half way."""
    for person_id in erasures.all():
        with records.writing() as work:
            if any(person.name != GONE for person in work.find(Person, id=person_id)):
                erase(work, person_id, today)


def _take_back_all(work: Work, person_id: str) -> None:
    for reflection in work.find(Reflection, person_id=person_id):
        take_back(work, reflection)


def _pairs_of(work: Work, person_id: str) -> tuple[Pair, ...]:
    return work.find(Pair, mentor_id=person_id) + work.find(Pair, mentee_id=person_id)
