"""Two people who change one text at once: what can be joined, and where they clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Merged:
    """``values`` with both people's changes; ``clashes`` names what both changed differently.

    Where they clash, ``values`` holds what is kept already.
    """

    values: dict[str, Any]
    clashes: tuple[str, ...]


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Join what I changed in ``base`` with what is kept now, field by field."""
    values = dict(theirs)
    clashes = []
    for name, wanted in mine.items():
        if wanted == base.get(name) or wanted == theirs.get(name):
            continue
        if theirs.get(name) == base.get(name):
            values[name] = wanted
        else:
            clashes.append(name)
    return Merged(values, tuple(clashes))
