"""How a sentence stands among its neighbours, and what that says of the section."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

#: What is known of a sentence among others.
PLACING = (
    *("override", "ask", "ask_over_mean", "ask_over_next", "nearest", "mean_near", "beside"),
    *("stray", "ask_and_far", "ask_and_stray", "ask_at_edge", "edge", "few"),
)
#: What is known of a section.
VERDICT = ("strongest", "misplaced", "asks_overall", "alone", "sentences")
#: The log-odds that stand for a sentence without neighbours.
ALONE = -3.0


def placing_rows(override: Row, ask: Row, near: Row) -> Row:
    """One row of ``PLACING`` for each of at least two windows.

    ``override`` and ``ask`` are log-odds, ``near`` the cosine of each window with each.
    """
    count = len(override)
    others = ~np.eye(count, dtype=bool)
    to_others = (near * others).sum(axis=1)
    mean = to_others / (count - 1)
    nearest = np.where(others, near, -1.0).max(axis=1)
    # How near the others are to each other: what a sentence that belongs would reach.
    pairs = (count - 1) * (count - 2)
    stray = (to_others.sum() - 2 * to_others) / pairs - mean if pairs else np.zeros(count)
    likely = (np.tanh(ask / 2) + 1) / 2
    edge = np.zeros(count)
    edge[[0, -1]] = 1.0
    columns = (
        np.clip(override, -6, 6),
        np.clip(ask, -6, 6),
        np.clip(ask - (ask.sum() - ask) / (count - 1), -8, 8),
        np.clip(ask - np.where(others, ask[None, :], -np.inf).max(axis=1), -8, 8),
        nearest,
        mean,
        _beside(near),
        stray,
        likely * (1 - nearest),
        likely * stray,
        likely * edge,
        edge,
        np.full(count, 1 / count),
    )
    return np.stack(columns, axis=1)


def verdict_row(override: Row, ask: Row, misplaced: Row) -> Row:
    """One row of ``VERDICT`` from the log-odds of a section's windows."""
    odds = np.clip([override.max(), misplaced.max()], -6, 6)
    alone = float(len(override) == 1)
    return np.array([*odds, float(np.tanh(ask / 2).mean()), alone, np.log(len(override))])


def _beside(near: Row) -> Row:
    steps = np.diagonal(near, offset=1)
    before, after = np.append(np.nan, steps), np.append(steps, np.nan)
    return np.asarray(np.nanmean([before, after], axis=0), dtype=np.float64)
