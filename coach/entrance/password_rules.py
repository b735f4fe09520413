"""Which passwords will do: long enough, and not what everybody would try first."""

from __future__ import annotations

import unicodedata

from coach.domain.program import Person
from coach.errors import SignInError

SHORTEST, LONGEST = 12, 200


def tidied(password: str) -> str:
    """``password`` as it is compared: the same whatever keyboard composed its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def new_password(password: str, person: Person) -> str:
    """``password`` as it may be kept for ``person``. Raises ``SignInError`` with what would do.

    Length alone makes a password strong; rules about signs and digits only make it forgettable.
    """
    tidy = tidied(password)
    if len(tidy) < SHORTEST:
        raise SignInError(
            f"That password has {len(tidy)} characters. Take at least {SHORTEST}; a few words that "
            "you remember do well."
        )
    if len(tidy) > LONGEST:
        raise SignInError(
            f"That password has {len(tidy)} characters. Take at most {LONGEST} of them."
        )
    folded = tidy.casefold().strip()
    known = {tidied(person.email).casefold(), tidied(person.name).casefold()}
    if folded in known or len(set(folded)) < 4:
        raise SignInError(
            "That password is too easy to guess: it is your name or address, or one sign over and "
            "over. Take a few words that nobody would connect with you."
        )
    return tidy
