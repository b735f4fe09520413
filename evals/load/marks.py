"""Words that only the two of a pair may see, or one person: met elsewhere, they show a leak."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

#: Letters and digits alone, so that no page writes it in another way.
_MARK = re.compile(rb"canary[0-9a-f]{12}")


def new_mark() -> str:
    """A word that stands nowhere else."""
    return f"canary{secrets.token_hex(6)}"


def marks_in(heard: bytes) -> frozenset[str]:
    """All marks in what a server sent, wherever they stand in it."""
    return frozenset(found.decode() for found in _MARK.findall(heard))


def foreign(heard: bytes, own: Collection[str]) -> frozenset[str]:
    """Those that somebody who may see only ``own`` should never have met."""
    return marks_in(heard) - set(own)
