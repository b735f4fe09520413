"""Sign-in with an OpenID provider: whom it vouches for, and for how long that holds here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.identity import Actor, OutsideIdentity
from coach.domain.program import Person
from coach.entrance import sign_ins
from coach.entrance.emails import as_email
from coach.errors import ConflictError, SignInError
from coach.policy.acting import Clock, utc_now
from coach.ports import Records, Work

#: Between the provider's word and the first page here; clocks may differ by as much.
_FRESH = timedelta(minutes=10)

_OVER = "Your sign-in is over. Sign in again."
_UNKNOWN = (
    "Your organisation's sign-in knows you, and no program here does. Ask your program's lead to "
    "add you with the e-mail address that you sign in with."
)
_UNVERIFIED = (
    "Your organisation's sign-in does not say that your e-mail address is verified, so it cannot "
    "be matched with you here. Ask whoever runs this coach; docs/serving.md says what to set."
)


@dataclass(frozen=True)
class Vouched:
    """What a provider says about somebody, in a token that was checked.

    ``issued`` is when, and ``nonce`` which of their sign-ins it was.
    """

    issuer: str
    subject: str
    email: str
    verified: bool
    issued: datetime
    nonce: str = ""

    @property
    def digest(self) -> str:
        """Names this one sign-in; the same for each page that brings the same token."""
        named = [self.issuer, self.subject, self.issued.isoformat(), self.nonce]
        return hashlib.sha256(json.dumps(named).encode()).hexdigest()


class OutsideSignIn:
    """Knows people by what a provider says; like ``SigningIn``, for those who are nobody yet.

    A provider's cookie lives for weeks and cannot be called back. So each token begins one
    sign-in here, which has the same limits as any other and ends with "sign out everywhere"; a
    token that is older than minutes begins none.
    """

    def __init__(self, records: Records, now: Clock = utc_now) -> None:
        self._records = records
        self._now = now

    def who(self, vouched: Vouched) -> Actor:
        """Who this is. Raises ``SignInError`` for nobody known, or whose sign-in is over."""
        actor = self._signed_in(vouched)
        if actor:
            return actor
        if abs(self._now() - vouched.issued) > _FRESH:
            raise SignInError(_OVER)
        try:
            with self._records.writing() as work:
                person = self._person(work, vouched)
                if person:
                    sign_ins.begin(work, person.id, vouched.digest, self._now())
                sign_ins.note(work, self._now(), person, allowed=person is not None)
        except ConflictError:  # two pages that opened at once with the same token
            actor = self._signed_in(vouched)
        else:
            actor = Actor(person_id=person.id) if person else None
        if actor is None:
            raise SignInError(_UNKNOWN if vouched.verified else _UNVERIFIED)
        return actor

    def sign_out(self, vouched: Vouched) -> None:
        """End this one sign-in."""
        digest = vouched.digest
        sign_ins.again(
            self._records, lambda work: sign_ins.end(work, self._now(), secret_digest=digest)
        )

    def _signed_in(self, vouched: Vouched) -> Actor | None:
        with self._records.reading() as work:
            one = sign_ins.found(work, vouched.digest)
        if one is None:
            return None
        if not sign_ins.alive(one, self._now()):
            raise SignInError(_OVER)
        sign_ins.seen(self._records, one, self._now())
        return Actor(person_id=one.person_id)

    def _person(self, work: Work, vouched: Vouched) -> Person | None:
        known = work.find(OutsideIdentity, issuer=vouched.issuer, subject=vouched.subject)
        if known:
            return work.get(Person, known[0].person_id)
        if not vouched.verified:
            return None
        email = as_email(vouched.email)
        person = next(iter(work.find(Person, email=email)), None) if email else None
        if person is None:
            return None
        kept = work.find(OutsideIdentity, person_id=person.id, issuer=vouched.issuer)
        if kept:
            # Another page came first with the same token; or the address went to somebody new,
            # for whom it must not open what the first one wrote.
            return person if kept[0].subject == vouched.subject else None
        work.add(
            OutsideIdentity(person_id=person.id, issuer=vouched.issuer, subject=vouched.subject)
        )
        return person
