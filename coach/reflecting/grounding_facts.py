"""Figures and days that the source has, and says of something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.reflecting.grounding_reader import Pairing


def fact_elsewhere(pair: Pairing) -> float:
    """Of the figure or day that fits its clause least, how much worse than another unit it fits."""
    facts = (
        row
        for row, act in enumerate(pair.sentence.content)
        if act.part == "NUM" or act.lemma in pair.sentence.dates
    )
    return max((_fact_gap(pair, row) for row in facts), default=0.0)


def _fact_gap(pair: Pairing, fact: int) -> float:
    """How much worse the best unit with a figure or day fits its clause than the best of all."""
    clause = pair.sentence.content[fact].clause
    rows = [
        row
        for row, other in enumerate(pair.sentence.content)
        if row != fact and other.clause == clause and other.lemma != "writer"
    ]
    if not rows:
        return 0.0
    tables = [table for table in pair.alike if table.size]
    fits = [float(table[rows].max(axis=1).mean()) for table in tables]
    there = [fit for fit, table in zip(fits, tables, strict=True) if table[fact].max() >= 1.0]
    return max(fits, default=0.0) - max(there, default=0.0)
