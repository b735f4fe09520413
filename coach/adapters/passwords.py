"""Passwords by Argon2id, with what RFC 9106 gives for machines with less memory, in one lane."""

from __future__ import annotations

import os
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: Each takes 64 MiB and a core: more at once would let a crowd of guesses fill the memory, and
#: would leave no core to those who are signed in.
_AT_ONCE = min(2, max(1, (os.cpu_count() or 2) // 2))


class Argon2Passwords:
    """Hashes and compares passwords; each takes about a fifth of a second.

    ``rounds`` and ``memory`` (in KiB) are lowered only where a test would wait for them.
    """

    def __init__(self, *, rounds: int = 3, memory: int = 65_536) -> None:
        self._rounds = rounds
        self._memory = memory
        self._places = BoundedSemaphore(_AT_ONCE)

    def hashed(self, password: str) -> str:
        """A salted hash that names its own parameters."""
        with self._places:
            return self._hasher().hash(password)

    def match(self, kept: str, password: str) -> bool:
        """Whether ``kept`` was made of ``password``; a damaged hash matches nothing."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._places:
            try:
                return self._hasher().verify(kept, password)
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether ``kept`` was made with other parameters than today's."""
        return self._hasher().check_needs_rehash(kept)

    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self._rounds, memory_cost=self._memory, parallelism=1)
