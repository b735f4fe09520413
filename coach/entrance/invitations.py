"""Invitations: a link that lets one person set their password once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from coach.domain.identity import Account, Invitation
from coach.domain.program import Person
from coach.entrance import sign_ins
from coach.entrance.attempts import Attempts
from coach.entrance.password_rules import new_password
from coach.errors import SignInError
from coach.policy.acting import utc_now
from coach.ports import Passwords, Records, Work

LASTS = timedelta(days=14)

_LINK = (
    "This link does not work: it was used, a newer one was made, or it is older than "
    f"{LASTS.days} days. If you have set your password, sign in with it; otherwise ask whoever "
    "sent you the link for a new one."
)


def invitation(work: Work, person: Person, now: datetime) -> str:
    """The secret of a new link for ``person``; earlier ones no longer work.

    Raises ``SignInError`` for somebody without an e-mail address, who could not sign in.
    """
    if not person.email:
        raise SignInError(
            f"{person.name} has no e-mail address here, and people sign in with it. Add it first."
        )
    secret = sign_ins.new_secret()
    work.remove(Invitation, person_id=person.id)
    work.add(
        Invitation(
            person_id=person.id, secret_digest=sign_ins.digest_of(secret), expires=now + LASTS
        )
    )
    return secret


class Invitations:
    """What the one who holds a link can do with it. Raises ``SignInError``.

    ``address`` is where a try comes from.
    """

    def __init__(
        self,
        records: Records,
        passwords: Passwords,
        attempts: Attempts,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._records = records
        self._passwords = passwords
        self._attempts = attempts
        self._now = now

    def invited(self, secret: str, address: str = "") -> Person:
        """Whom the link is for. Looking does not use it up."""
        self._attempts.admit(address)
        with self._records.reading() as work:
            found = self._open(work, secret)
            if found:
                return work.get(Person, found.person_id)
        self._attempts.missed(address)
        raise SignInError(_LINK)

    def accept(self, secret: str, password: str, address: str = "") -> str:
        """Set the password of the one who was invited, once; gives the secret for their cookie.

        A password that will not do leaves the link open. Other sign-ins of theirs end.
        """
        tidy = new_password(password, self.invited(secret, address))
        hashed = self._passwords.hashed(tidy)
        cookie = sign_ins.new_secret()
        if not sign_ins.again(
            self._records, lambda work: self._taken(work, secret, hashed, cookie)
        ):
            raise SignInError(_LINK)
        return cookie

    def _open(self, work: Work, secret: str) -> Invitation | None:
        kept = work.find(Invitation, secret_digest=sign_ins.digest_of(secret))
        return next((one for one in kept if not one.used and self._now() < one.expires), None)

    def _taken(self, work: Work, secret: str, hashed: str, cookie: str) -> bool:
        now = self._now()
        found = self._open(work, secret)
        if found is None:
            return False
        work.save(found.but(used=now))
        person = work.get(Person, found.person_id)
        account = next(iter(work.find(Account, person_id=person.id)), None)
        if account:
            work.save(account.but(password_hash=hashed, failures=0, locked_until=None))
        else:
            work.add(Account(person_id=person.id, password_hash=hashed))
        sign_ins.end(work, now, person_id=person.id)
        sign_ins.begin(work, person.id, sign_ins.digest_of(cookie), now)
        sign_ins.note(work, now, person, allowed=True)
        return True
