"""A theme stays the same theme from one release to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from coach.ports import Clusterer
from coach.themes.discovering import Group

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Cosine of two centres from which on they are one theme's.
_SAME = 0.8


def identified(
    groups: Sequence[Group],
    before: Mapping[str, NDArray[np.float32]],
    clusterer: Clusterer,
    new: Callable[[Group], str],
) -> dict[str, Group]:
    """The groups by their identifiers: that of the theme ``before`` whose centre is near.

    ``new`` names the others; what it gives should tell neither a theme's size nor its order.
    """
    known: dict[int, str] = {}
    if groups and before:
        names = sorted(before)
        centres = np.array([before[name] for name in names], dtype=np.float32)
        likeness = np.array([group.centre for group in groups], dtype=np.float32) @ centres.T
        known = {
            row: names[column]
            for row, column in clusterer.pair_up(likeness)
            if likeness[row, column] >= _SAME
        }
    return {known.get(row) or new(group): group for row, group in enumerate(groups)}


def by_members(group: Group) -> str:
    """A name that the same statements always get, and that says nothing of them."""
    members = "\n".join(sorted(one.id for one in group.statements))
    return hashlib.sha256(members.encode("utf-8", "replace")).hexdigest()[:16]
