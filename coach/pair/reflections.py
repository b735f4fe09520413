"""What somebody writes about a session, for their own eyes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from coach.domain.identity import Actor
from coach.domain.kept_reflection import (
    Form,
    KeptItem,
    Progress,
    Reflection,
    Written,
)
from coach.domain.meeting import Session
from coach.domain.program import Pair, Person, Program
from coach.domain.reflection import ItemKind
from coach.errors import ProgramError
from coach.pair.promised import write_down
from coach.pair.pseudonyms import take_back
from coach.pair.reading import Reading
from coach.pair.summarised import (
    line_of,
    moved_to,
    reworded,
    soberly,
    summarised,
    summary_of,
    with_line,
    without,
)
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Records, Work


class Consent(StrEnum):
    """What somebody may allow, each for itself."""

    PARTNER = "partner_may_read"
    THEMES = "themes_may_count"
    MODEL = "model_may_help"


class Reflections(Capability):
    """One's own reflections.

    One is reached through its session and the one who acts: nobody can name the other's.
    """

    def __init__(self, records: Records, reading: Reading, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._reads = reading

    def mine(self, actor: Actor, session_id: str) -> Reflection:
        """What I wrote about a session; an empty one if nothing yet."""
        with self._reading(actor, Action.REFLECT, Session, session_id) as (work, session):
            return own_reflection(work, session, actor)

    def all_mine(self, actor: Actor, pair_id: str) -> tuple[Reflection, ...]:
        """All that I wrote in this pair, in no order."""
        with self._reading(actor, Action.REFLECT, Pair, pair_id) as (work, _):
            return work.find(Reflection, pair_id=pair_id, person_id=actor.person_id)

    def keep(
        self,
        actor: Actor,
        session_id: str,
        version: int,
        *,
        form: Form,
        written: tuple[Written, ...],
        before: int | None,
        after: int | None,
        progress: tuple[Progress, ...] = (),
    ) -> Reflection:
        """Keep what I wrote in place of what stood there. ``version`` is 0 the first time.

        Raises ``ProgramError`` for too much, and ``ConflictError``.
        """
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            return kept(
                work,
                mine.but(
                    version=version,
                    form=form,
                    written=written,
                    before=before,
                    after=after,
                    progress=progress,
                ),
            )

    def consent(
        self, actor: Actor, session_id: str, version: int, to: Consent, *, given: bool
    ) -> Reflection:
        """Allow one thing, or no longer. What was shared is taken back with its consent."""
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor).but(version=version, **{to.value: given})
            if to is Consent.PARTNER and not given and mine.shared is not None:
                mine = mine.but(shared=None, withdrawn=self._now())
            return kept(work, mine)

    def summarise(self, actor: Actor, session_id: str, version: int) -> Reflection:
        """Summarise what I wrote; lines that I changed or promised stay while their words do.

        Raises ``ProgramError`` where nothing is written, and ``ConflictError``.
        """
        with self._reading(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            me, partner = names_of(work, session, actor)
        if not mine.texts:
            raise ProgramError("There is nothing to summarise yet. Write a line or two first.")
        # Reading 200,000 characters takes its time; nobody shall wait for it in the records.
        found = self._reads.summarise(
            mine.texts, author=me, session_date=_day(session), partner=partner
        )
        summary = soberly(summarised(found, mine.texts, mine.summary), self._reads.signs)
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, _):
            return kept(work, mine.but(version=version, summary=summary))

    def reword(
        self, actor: Actor, session_id: str, version: int, line_id: str, text: str
    ) -> Reflection:
        """Put a line of the summary into my own words. Raises ``ProgramError``."""
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            summary = reworded(summary_of(mine), line_id, text)
            return kept(work, mine.but(version=version, summary=summary))

    def drop(self, actor: Actor, session_id: str, version: int, line_id: str) -> Reflection:
        """Take a line out of the summary. Raises ``ProgramError``."""
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            summary = without(summary_of(mine), line_id)
            return kept(work, mine.but(version=version, summary=summary))

    def move(
        self, actor: Actor, session_id: str, version: int, item_id: str, kind: ItemKind
    ) -> Reflection:
        """Put an item under another heading. Raises ``ProgramError`` for a confirmed promise."""
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            summary = moved_to(summary_of(mine), item_id, kind)
            return kept(work, mine.but(version=version, summary=summary))

    def promise(
        self,
        actor: Actor,
        session_id: str,
        version: int,
        item_id: str,
        *,
        who: str,
        what: str,
        due: date | None = None,
    ) -> Reflection:
        """Confirm a commitment: it becomes a promise of the pair, seen by both at once.

        ``who`` is ``me``, ``partner`` or ``both``. Raises ``ProgramError`` for anybody else, for
        one that is written down already or would be overdue at once, and for one that needs care
        and not a promise.
        """
        with self._writing(actor, Action.PROMISE, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            summary = summary_of(mine)
            item = line_of(summary, item_id)
            if not isinstance(item, KeptItem) or item.kind is not ItemKind.COMMITMENT:
                raise ProgramError("Only a commitment can be written down as a promise.")
            if item.promised:
                raise ProgramError("This promise is written down already, under Our pair.")
            if item.id in self._reads.grave(summary):
                raise ProgramError(_NO_PROMISE)
            made = write_down(work, session, actor, who=who, what=what, due=due, now=self._now())
            as_made = {"who": who, "what": made[0].what, "when": due}
            idents = {"promised": tuple(one.id for one in made)}
            promised = with_line(summary, item.model_copy(update=as_made | idents))
            return kept(work, mine.but(version=version, summary=promised))

    def contacts(self, actor: Actor, session_id: str) -> tuple[str, ...]:
        """To whom the two of a session can turn, in the lead's own words."""
        with self._reading(actor, Action.REFLECT, Session, session_id) as (work, session):
            return work.get(Program, session.program_id).contacts

    def care(self, actor: Actor, session_id: str) -> str:
        """What I should know if my words hold signs of harm; empty otherwise.

        It is worked out anew each time, and nothing of it is kept or counted.
        """
        with self._reading(actor, Action.REFLECT, Session, session_id) as (work, session):
            texts = own_reflection(work, session, actor).texts
            contacts = work.get(Program, session.program_id).contacts
        found = next((sign for signs in self._reads.signs(texts) for sign in signs), None)
        return self._reads.note(found.signal, "; ".join(contacts)) if found else ""


_NO_PROMISE = (
    "This touches something that no promise should carry. It stays with you; your program's "
    "contacts are the ones to turn to."
)


def own_reflection(work: Work, session: Session, actor: Actor) -> Reflection:
    """What ``actor`` wrote about ``session``; an empty one, not yet kept, if nothing."""
    found = work.find(Reflection, session_id=session.id, person_id=actor.person_id)
    return next(iter(found), None) or Reflection(
        program_id=session.program_id,
        pair_id=session.pair_id,
        session_id=session.id,
        person_id=actor.person_id,
    )


def kept(work: Work, reflection: Reflection) -> Reflection:
    """Keep it, whether for the first time or again; statements without their words go."""
    if not reflection.version:
        return work.add(reflection)
    before = work.get(Reflection, reflection.id)
    after = work.save(reflection)
    take_back(work, before, after)
    return after


def names_of(work: Work, session: Session, actor: Actor) -> tuple[str, str]:
    """The actor's name, and the other's."""
    pair = work.get(Pair, session.pair_id)
    me, partner = actor.person_id, pair.partner(actor.person_id)
    return work.get(Person, me).name, work.get(Person, partner).name


def _day(session: Session) -> date:
    return session.starts.astimezone(ZoneInfo(session.zone)).date()
