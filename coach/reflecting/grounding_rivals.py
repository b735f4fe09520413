"""A sentence with other names: a source that is nearer to such a rival speaks against it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Rivals of a sentence that are compared; each costs a vector.
_MOST = 4


def renamed(text: str, names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """``text`` with one of its ``names`` made another; both are given in lower case."""
    return tuple(islice(_renamed(text, sorted(names), sorted(others)), _MOST))


def _renamed(text: str, names: list[str], others: list[str]) -> Iterator[str]:
    for other in others:
        for name in names:
            yield re.sub(rf"\b{re.escape(name)}\b", other.title(), text, flags=re.IGNORECASE)
