"""Every rule of the floor, in the order in which people are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.phrasing.floor_barbs import new_barb
from coach.phrasing.floor_complements import lost_complement
from coach.phrasing.floor_conditions import changed_condition
from coach.phrasing.floor_reasons import changed_fact, flat_turn
from coach.phrasing.floor_strays import stray
from coach.phrasing.floor_witnesses import lost_witness

if TYPE_CHECKING:
    from coach.phrasing.floor_pieces import Said
    from coach.phrasing.floor_swaps import Alike


def certain_harm(before: Said, after: Said, alike: Alike) -> str:
    """What a rewrite surely does to a message; empty if no rule finds anything."""
    return (
        stray(before, after, alike)
        or changed_fact(before, after)
        or lost_complement(before, after, alike)
        or changed_condition(before, after, alike)
        or lost_witness(before, after, alike)
        or flat_turn(before, after)
        or new_barb(before, after)
    )
