"""Divide a session's minutes among its parts, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coach.domain.agenda import ItemKind


class Share(NamedTuple):
    """How much of a session a part wants: at least, as a share, and at most (minutes)."""

    least: int
    weight: float
    most: int


#: From facilitating practice: the hands-on part is the largest, and the close is never squeezed
#: out (Rogelberg 2019 keeps the last five minutes for commitments).
SHARES = {
    ItemKind.OPEN: Share(2, 0.10, 8),
    ItemKind.AGREE: Share(5, 0.25, 25),
    ItemKind.CARRY_OVER: Share(2, 0.10, 12),
    ItemKind.DEMONSTRATE: Share(2, 0.17, 15),
    ItemKind.DRIVE: Share(4, 0.34, 40),
    ItemKind.DISCUSS: Share(3, 0.15, 25),
    ItemKind.EXCHANGE: Share(3, 0.16, 25),
    ItemKind.CLOSE: Share(3, 0.10, 10),
}
#: From here on people think in fives; below, every minute is named.
_ROUND_FROM = 8


def divide(minutes: int, kinds: Sequence[ItemKind]) -> tuple[int, ...]:
    """Whole minutes for each part, in order, at least 1 each, summing exactly to ``minutes``.

    Parts of eight minutes and more are rounded to fives; the hands-on part takes
    what the rounding leaves.

    Raises:
        ValueError: there are more parts than minutes.
    """
    if len(kinds) > minutes:
        raise ValueError(f"{len(kinds)} parts do not fit into {minutes} minutes")
    total = sum(SHARES[kind].weight for kind in kinds)
    boxes = [_rounded(kind, minutes * SHARES[kind].weight / total) for kind in kinds]
    takers = [row for row, kind in enumerate(kinds) if kind is ItemKind.DRIVE] or [len(boxes) - 1]
    difference = minutes - sum(boxes)
    while difference > 0:
        # Two hands-on rounds share what is left; one takes it all.
        row = min(takers, key=lambda taker: boxes[taker])
        step = difference if len(takers) == 1 else 1
        boxes[row] += step
        difference -= step
    while difference < 0:
        giving = [row for row, box in enumerate(boxes) if box > 1]
        row = max(giving, key=lambda giver: boxes[giver] - SHARES[kinds[giver]].least)
        boxes[row] -= 1
        difference += 1
    return tuple(boxes)


def retime(boxes: Sequence[int], position: int, minutes: int) -> tuple[int, ...]:
    """``boxes`` with one part set to ``minutes`` and the total kept.

    The others give or take in proportion to what they have above 1, and keep at least 1.
    ``minutes`` is held between 1 and what the others can give up.
    """
    total, others = sum(boxes), [row for row in range(len(boxes)) if row != position]
    if not others:
        return tuple(boxes)
    wanted = max(1, min(minutes, total - len(others)))
    shared = iter(stretch([boxes[row] for row in others], total - wanted))
    return tuple(wanted if row == position else next(shared) for row in range(len(boxes)))


def stretch(boxes: Sequence[int], total: int) -> tuple[int, ...]:
    """``boxes`` in the same proportion, each at least 1, summing exactly to ``total``.

    Raises:
        ValueError: there are more parts than minutes.
    """
    if len(boxes) > total:
        raise ValueError(f"{len(boxes)} parts do not fit into {total} minutes")
    # What each has above its last minute, so that minutes already set change nothing.
    above = [box - 1 for box in boxes]
    share, spare = sum(above), total - len(boxes)
    ideal = [1 + (spare * more / share if share else spare / len(boxes)) for more in above]
    found = [int(wanted) for wanted in ideal]
    # Largest remainders first, so that the total is met exactly.
    by_remainder = sorted(range(len(boxes)), key=lambda row: (found[row] - ideal[row], row))
    for row in by_remainder[: total - sum(found)]:
        found[row] += 1
    return tuple(found)


def _rounded(kind: ItemKind, ideal: float) -> int:
    share = SHARES[kind]
    held = min(max(ideal, share.least), share.most)
    return round(held / 5) * 5 if held >= _ROUND_FROM else max(1, round(held))
