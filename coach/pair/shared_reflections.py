"""What one of the two lets the other read of a reflection, and where two accounts differ."""

from __future__ import annotations

from dataclasses import dataclass

from coach.domain.identity import Actor
from coach.domain.kept_reflection import (
    KeptItem,
    KeptSentence,
    Reflection,
    SharedLine,
    SharedSummary,
)
from coach.domain.meeting import Session
from coach.domain.program import Pair, Person
from coach.domain.reflection import ItemKind
from coach.errors import ConflictError, ProgramError
from coach.pair.gap import Gap, gaps
from coach.pair.reading import Reading
from coach.pair.reflections import kept, own_reflection
from coach.pair.summarised import summary_of
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Embedder, Records, Work


@dataclass(frozen=True)
class Preview:
    """What the partner would read; ``held_back`` lines stay with their author in any case."""

    summary: SharedSummary
    held_back: tuple[str, ...]


class SharedReflections(Capability):
    """Sharing a summary, taking it back, and reading the other's.

    What is shared is a copy: later changes reach the other only when they are shared too.
    """

    def __init__(
        self, records: Records, reading: Reading, embedder: Embedder, now: Clock = utc_now
    ) -> None:
        super().__init__(records, now)
        self._reads = reading
        self._embedder = embedder

    def preview(self, actor: Actor, session_id: str) -> Preview:
        """Exactly what the other would read. Raises ``ProgramError`` without a summary."""
        with self._reading(actor, Action.SHARE_REFLECTION, Session, session_id) as (work, session):
            return self._preview(own_reflection(work, session, actor))

    def share(self, actor: Actor, session_id: str, version: int, seen: SharedSummary) -> Reflection:
        """Let the other read what I have ``seen`` in the preview.

        Raises ``ProgramError`` without my consent, or without a line to share, and
        ``ConflictError`` if it is no longer what I saw.
        """
        with self._writing(actor, Action.SHARE_REFLECTION, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            if not mine.partner_may_read:
                raise ProgramError("Allow your partner to read the summary first.")
            if self._preview(mine).summary != seen:
                raise ConflictError("The summary changed after you looked. Look again, then share.")
            if not seen.paragraph and not seen.items:
                raise ProgramError("There is no line that could be shared.")
            shared = mine.but(version=version, shared=seen, shared_at=self._now())
            return kept(work, shared)

    def withdraw(self, actor: Actor, session_id: str) -> Reflection:
        """Take back what I shared; the other can no longer read it. A second time does nothing."""
        with self._writing(actor, Action.WITHDRAW_REFLECTION, Session, session_id) as (
            work,
            session,
        ):
            mine = own_reflection(work, session, actor)
            if mine.shared is None:
                return mine
            return kept(work, mine.but(shared=None, withdrawn=self._now()))

    def partners(self, actor: Actor, session_id: str) -> SharedSummary | None:
        """What the other shared, or ``None``."""
        with self._reading(actor, Action.READ_REFLECTION, Session, session_id) as (work, session):
            return _theirs(work, session, actor)

    def differences(self, actor: Actor, session_id: str) -> tuple[Gap, ...]:
        """Where our accounts differ, as questions for next time; none unless both shared."""
        with self._reading(actor, Action.READ_REFLECTION, Session, session_id) as (work, session):
            mine, theirs = _shared_by(own_reflection(work, session, actor)), None
            if mine is not None:
                theirs = _theirs(work, session, actor)
            pair = work.get(Pair, session.pair_id)
            partner = work.get(Person, pair.partner(actor.person_id)).name
        if mine is None or theirs is None:
            return ()
        return gaps(mine, theirs, partner, self._embedder)

    def _preview(self, mine: Reflection) -> Preview:
        summary = summary_of(mine)
        grave = self._reads.grave(summary)
        lines = [
            *((one.id, one.text) for one in summary.sentences),
            *((one.id, one.text) for one in summary.items),
        ]
        return Preview(
            SharedSummary(
                paragraph=tuple(
                    shared_line(one) for one in summary.sentences if one.id not in grave
                ),
                items=tuple(shared_line(one) for one in summary.items if one.id not in grave),
                after=mine.after,
            ),
            held_back=tuple(dict.fromkeys(text for ident, text in lines if ident in grave)),
        )


def _theirs(work: Work, session: Session, actor: Actor) -> SharedSummary | None:
    other = work.get(Pair, session.pair_id).partner(actor.person_id)
    found = work.find(Reflection, session_id=session.id, person_id=other)
    return _shared_by(found[0]) if found else None


def _shared_by(reflection: Reflection) -> SharedSummary | None:
    return reflection.shared if reflection.partner_may_read else None


def shared_line(line: KeptSentence | KeptItem) -> SharedLine:
    """``line`` as the other reads it; a draft of a promise is no promise there."""
    fields = set(SharedLine.model_fields)
    if isinstance(line, KeptItem) and line.kind is ItemKind.COMMITMENT and not line.promised:
        # Nobody has confirmed it: the coach may have read it wrongly.
        return SharedLine(
            text=line.text, kind=ItemKind.NEXT_STEP, edited=line.edited, by_model=line.by_model
        )
    return SharedLine.model_validate(line.model_dump(include=fields))
