"""One browser that is signed in: how long that lasts, how it ends, and what the trail says."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from coach.domain.identity import AuditLine, SignIn
from coach.domain.program import Person
from coach.errors import ConflictError
from coach.policy.table import Action
from coach.ports import Records, Work

Outcome = TypeVar("Outcome")

#: Without a sign of the person; and at most, whatever they do.
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
#: How exactly it is known when somebody was last seen: so a page that opens seldom has to write.
SEEN_EVERY = timedelta(minutes=5)
#: An ended one is kept as long as a provider's cookie could bring it up again.
_REMEMBERED = timedelta(days=45)
#: Of two processes that change one record at once, PostgreSQL lets one begin anew.
_TRIES = 10


def new_secret() -> str:
    """256 random bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain hash tells nothing."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def begin(work: Work, person_id: str, secret_digest: str, now: datetime) -> None:
    """Keep a new sign-in, and forget those that are long over."""
    for old in work.find(SignIn, person_id=person_id):
        if old.started < now - _REMEMBERED:
            work.remove(SignIn, id=old.id)
    work.add(
        SignIn(
            person_id=person_id,
            secret_digest=secret_digest,
            started=now,
            seen=now,
            expires=now + LONGEST,
        )
    )


def found(work: Work, secret_digest: str) -> SignIn | None:
    """The sign-in of this secret, alive or ended."""
    return next(iter(work.find(SignIn, secret_digest=secret_digest)), None)


def alive(one: SignIn, now: datetime) -> bool:
    """Whether it still holds."""
    return now < one.expires and now < one.seen + IDLE


def seen(records: Records, one: SignIn, now: datetime) -> None:
    """Note every few minutes that its person is there."""
    if now < one.seen + SEEN_EVERY:
        return
    try:
        with records.writing() as work:
            fresh = found(work, one.secret_digest)
            if fresh and alive(fresh, now):
                work.save(fresh.but(seen=now))
    except ConflictError:
        return  # another page of the same browser has just said so, or ended it


def end(work: Work, now: datetime, *, keep: str = "", **which: Any) -> None:
    """End all whose fields equal these, but for the one with the digest ``keep``.

    They stay as ended: a provider's cookie outlives its sign-in here, and must not start it anew.
    """
    for one in work.find(SignIn, **which):
        if one.secret_digest != keep and one.expires > now:
            work.save(one.but(expires=now))


def note(work: Work, now: datetime, person: Person | None, *, allowed: bool) -> None:
    """A line in the audit trail; who tried in vain is nobody."""
    work.add(
        AuditLine(
            at=now,
            actor_id=person.id if person and allowed else "",
            action=Action.SIGN_IN.value,
            allowed=allowed,
            kind=Person.__name__ if person else "",
            object_id=person.id if person else "",
        )
    )


def came_in(work: Work, person_id: str, limit: int) -> tuple[AuditLine, ...]:
    """When somebody signed in, the newest first."""
    action = Action.SIGN_IN.value
    return work.find(AuditLine, actor_id=person_id, action=action, order="-at", limit=limit)


def in_vain(work: Work, person_id: str, limit: int) -> tuple[AuditLine, ...]:
    """When somebody tried to sign in as this person and did not, the newest first."""
    return work.find(
        AuditLine,
        actor_id="",
        object_id=person_id,
        action=Action.SIGN_IN.value,
        allowed=False,
        order="-at",
        limit=limit,
    )


def again(records: Records, step: Callable[[Work], Outcome]) -> Outcome:
    """What ``step`` gives in a transaction of its own."""

    def whole() -> Outcome:
        with records.writing() as work:
            return step(work)

    return persistently(whole)


def persistently(whole: Callable[[], Outcome]) -> Outcome:
    """What ``whole`` gives, begun anew where somebody else was quicker."""
    for _ in range(_TRIES - 1):
        try:
            return whole()
        except ConflictError:
            continue
    return whole()
