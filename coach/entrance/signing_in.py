"""The door: how somebody becomes known by a password, and stays so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from coach.domain.identity import Account, Actor
from coach.domain.program import Person
from coach.entrance import sign_ins
from coach.entrance.attempts import Attempts
from coach.entrance.emails import as_email
from coach.entrance.password_rules import tidied
from coach.errors import SignInError
from coach.policy.acting import utc_now
from coach.ports import Passwords, Records, Work

#: After so many misses an account is locked, first so long; then twice as long with each miss.
MISSES = 10
LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)

# The same words whether the address is unknown, the password wrong or the account locked: who
# tries addresses learns nothing.
_MISSED = (
    "You were not signed in: this e-mail address and this password do not go together here. After "
    f"{MISSES} misses an account is locked for {LOCK.seconds // 60} minutes or longer, even for "
    "the right password. If you forgot it, ask whoever runs this coach for a new link."
)


#: Lines of the trail that are looked through for misses; whoever tries more is told of as many.
_LOOKED_BACK = 1_000


@dataclass(frozen=True)
class Missed:
    """How often somebody tried an account in vain since ``since``, when it was last signed in."""

    times: int
    since: datetime | None


@dataclass(frozen=True)
class _Tried:
    person: Person | None
    account: Account | None
    locked: bool


class SigningIn:
    """What anybody at all may try: ``Action.SIGN_IN`` of the policy, for ``Standing.NOBODY``.

    Nobody acts yet, so it is no ``Capability``; every try leaves a line in the audit trail.
    ``address`` is where a try comes from. Raises ``SignInError``.
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
        # Compared where there is no account, so that its absence takes as long.
        self._nobodys = ""
        # Tries at one account come one after the other: all at once would outrun the lock.
        self._turns = tuple(Lock() for _ in range(64))

    def sign_in(self, email: str, password: str, address: str = "") -> str:
        """The secret for the cookie of a browser that is signed in from now on."""
        self._attempts.admit(address)
        email = as_email(email)
        with self._turns[hash(email) % len(self._turns)]:
            tried = self._tried(email)
            if self._matches(tried, password):
                return self._welcomed(tried, password)
            self._attempts.missed(address)
            sign_ins.again(self._records, lambda work: self._miss(work, tried))
        raise SignInError(_MISSED)

    def who(self, cookie: str) -> Actor | None:
        """Who is signed in with this secret; ``None`` if nobody is, or no longer."""
        if not cookie:
            return None
        with self._records.reading() as work:
            one = sign_ins.found(work, sign_ins.digest_of(cookie))
        if one is None or not sign_ins.alive(one, self._now()):
            return None
        sign_ins.seen(self._records, one, self._now())
        return Actor(person_id=one.person_id)

    def missed_before(self, cookie: str) -> Missed | None:
        """For who has just signed in with this secret: the tries that had locked their account.

        ``None`` where it was not locked since the sign-in before.
        """
        with self._records.reading() as work:
            one = sign_ins.found(work, sign_ins.digest_of(cookie))
            if one is None:
                return None
            came = sign_ins.came_in(work, one.person_id, 2)
            tried = sign_ins.in_vain(work, one.person_id, _LOOKED_BACK)
        since = came[1].at if len(came) > 1 else None
        times = sum(since is None or line.at > since for line in tried)
        return Missed(times, since) if times >= MISSES else None

    def sign_out(self, cookie: str) -> None:
        """End this one sign-in."""
        digest = sign_ins.digest_of(cookie)
        sign_ins.again(
            self._records, lambda work: sign_ins.end(work, self._now(), secret_digest=digest)
        )

    def _tried(self, email: str) -> _Tried:
        with self._records.reading() as work:
            person = next(iter(work.find(Person, email=email) if email else ()), None)
            kept = work.find(Account, person_id=person.id) if person else ()
        account = next(iter(kept), None)
        until = account.locked_until if account else None
        return _Tried(person, account, locked=until is not None and self._now() < until)

    def _matches(self, tried: _Tried, password: str) -> bool:
        self._nobodys = self._nobodys or self._passwords.hashed(sign_ins.new_secret())
        kept = tried.account.password_hash if tried.account else self._nobodys
        matches = self._passwords.match(kept, tidied(password))
        return matches and tried.account is not None and not tried.locked

    def _miss(self, work: Work, tried: _Tried) -> None:
        if tried.account and not tried.locked:
            account = work.get(Account, tried.account.id)
            failures = account.failures + 1
            length = min(LOCK * 2 ** min(max(failures - MISSES, 0), 10), LONGEST_LOCK)
            until = self._now() + length if failures >= MISSES else None
            work.save(account.but(failures=failures, locked_until=until))
        sign_ins.note(work, self._now(), tried.person, allowed=False)

    def _welcomed(self, tried: _Tried, password: str) -> str:
        assert tried.account  # noqa: S101 - a match has one
        account, secret = tried.account, sign_ins.new_secret()
        changes: dict[str, object] = {"failures": 0, "locked_until": None}
        if self._passwords.outdated(account.password_hash):
            changes["password_hash"] = self._passwords.hashed(tidied(password))

        def step(work: Work) -> None:
            kept = work.get(Account, account.id)
            if kept.failures or len(changes) > 2:
                work.save(kept.but(**changes))
            sign_ins.begin(work, account.person_id, sign_ins.digest_of(secret), self._now())
            sign_ins.note(work, self._now(), tried.person, allowed=True)

        sign_ins.again(self._records, step)
        return secret
