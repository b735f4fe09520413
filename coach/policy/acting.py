"""Every step of a capability: who acts, on what, and whether they may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, NoReturn, TypeVar

from pydantic import ValidationError

from coach.domain.identity import Actor, AuditLine
from coach.domain.meeting import Commitment, Session
from coach.domain.program import Pair, Person, Program
from coach.domain.records import is_id
from coach.errors import ForbiddenError, MissingRecordError, ProgramError
from coach.policy.deeds import Deed
from coach.policy.standing import standings
from coach.policy.table import UNNOTED, Action, allows
from coach.ports import Records, Work

#: What somebody can act on. Private notes are not among them: they are reached through the
#: session and the one who acts, so that nobody can name another's.
Target = TypeVar("Target", Program, Pair, Session, Commitment, Person)


#: Tells the present moment; tests set their own.
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Step(Generic[Target]):
    actor: Actor
    what: Action | Deed
    kind: type[Target]
    ident: str

    @property
    def action(self) -> Action:
        """What the policy is asked for."""
        return self.what.action if isinstance(self.what, Deed) else self.what


class Capability:
    """What one part of a program can do, for somebody who acts.

    Every public method takes the actor first and raises ``ForbiddenError`` if the policy does
    not allow it, with a line in the audit trail; the same error hides what does not exist.
    """

    def __init__(self, records: Records, now: Clock = utc_now) -> None:
        self._records = records
        self._now = now

    def _today(self) -> date:
        return self._now().date()

    @contextmanager
    def _reading(
        self, actor: Actor, action: Action, kind: type[Target], ident: str
    ) -> Iterator[tuple[Work, Target]]:
        step = _Step(actor, action, kind, ident)
        with self._refusals_kept(step), self._records.reading() as work:
            yield work, self._permitted(work, step)

    @contextmanager
    def _writing(
        self, actor: Actor, what: Action | Deed, kind: type[Target], ident: str
    ) -> Iterator[tuple[Work, Target]]:
        step = _Step(actor, what, kind, ident)
        with self._refusals_kept(step), self._records.writing() as work:
            target = self._permitted(work, step)
            if step.action not in UNNOTED:
                self._note(work, step, target)
            yield work, target

    def _permitted(self, work: Work, step: _Step[Target]) -> Target:
        try:
            target = work.get(step.kind, step.ident)
        except MissingRecordError:
            # Whoever guesses must not learn what exists.
            raise _RefusedError from None
        if not allows(step.action, standings(work, step.actor, target, self._today())):
            raise _RefusedError
        return target

    @staticmethod
    def _refuse() -> NoReturn:
        """Refuse, within a step, what the table alone cannot see; with a line in the trail."""
        raise _RefusedError

    @contextmanager
    def _refusals_kept(self, step: _Step[Target]) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            raise ProgramError(out_of_range(error)) from error
        except _RefusedError:
            with self._records.writing() as work:
                # The lead of what was tried for sees the refusal; the one who tried sees nothing.
                there = work.find(step.kind, id=step.ident)
                self._note(work, step, there[0] if there else None, allowed=False)
            raise ForbiddenError(
                f"You cannot {step.action.value} here. If you should, ask your program's lead. "
                "If you followed an old link, go to your own pages from the menu."
            ) from None

    def _note(
        self, work: Work, step: _Step[Target], target: Target | None, *, allowed: bool = True
    ) -> None:
        itself = isinstance(target, Program)
        program = getattr(target, "id" if itself else "program_id", "")
        deed = step.what if allowed and isinstance(step.what, Deed) else None
        work.add(
            AuditLine(
                at=self._now(),
                actor_id=step.actor.person_id,
                action=deed.words if deed else step.action.value,
                allowed=allowed,
                kind=(deed.count if deed else "") or step.kind.__name__,
                # A forged identifier may be anything; the trail keeps no such words.
                object_id=step.ident if is_id(step.ident) else "",
                program_id=program,
            )
        )


def out_of_range(error: ValidationError) -> str:
    """Which value cannot be kept, and why, for the one who typed it."""
    fault = error.errors()[0]
    field = str(fault["loc"][0]).replace("_", " ") if fault["loc"] else "value"
    given, limits = fault["input"], fault.get("ctx", {})
    most = limits.get("max_length")
    said = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    if most and isinstance(given, str):
        said = f"it has {len(given):,} characters, and at most {most:,} can be kept"
    elif most:
        said = f"it has more than {most} lines"
    elif "min_length" in limits:
        said = "it is empty"
    return f"The {field} cannot be kept: {said[:1].lower()}{said[1:]}."


class _RefusedError(Exception):
    """Leaves the transaction, so that the refusal can be noted in one of its own."""
