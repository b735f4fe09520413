"""Everything that turns somebody unknown into somebody who acts, behind one object."""

from __future__ import annotations

from coach.adapters.passwords import Argon2Passwords
from coach.entrance.accounts import Accounts
from coach.entrance.attempts import Attempts
from coach.entrance.invitations import Invitations
from coach.entrance.outside import OutsideSignIn
from coach.entrance.signing_in import SigningIn
from coach.policy.acting import Clock, utc_now
from coach.ports import Passwords, Records
from coach.settings import CoachSettings


class Entrance:
    """The ways in. One for each process, so that misses are counted in one place."""

    def __init__(
        self, records: Records, passwords: Passwords | None = None, now: Clock = utc_now
    ) -> None:
        passwords = passwords or Argon2Passwords()
        attempts = Attempts(now)
        #: E-mail address and password, and who a cookie belongs to.
        self.signing_in = SigningIn(records, passwords, attempts, now)
        #: Links that let somebody set a password.
        self.invitations = Invitations(records, passwords, attempts, now)
        #: What an OpenID provider says.
        self.outside = OutsideSignIn(records, now)
        #: What people do with their own sign-ins, and whom a lead invites.
        self.accounts = Accounts(records, passwords, now)


def open_cookie_secret(settings: CoachSettings) -> str:
    """What signs cookies and forms; made once. Raises ``SettingsError`` if others can read it."""
    from coach.adapters.cookie_secret import read_cookie_secret

    return read_cookie_secret(settings.cookie_secret_path)
