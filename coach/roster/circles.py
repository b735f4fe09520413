"""Pairs that go round in a circle: somebody's mentor is, in the end, their own mentee."""

from __future__ import annotations

from collections.abc import Sequence

#: Steps of a circle that are given, before the one that closes it.
STEPS = 6


def circles(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[int, ...], ...]:
    """The circles among ``pairs`` of mentor and mentee, as places in the sequence.

    As many as it takes: without the last pair of each there would be none. That one is the latest
    in the sequence; of those before it in a long circle the first ``STEPS`` are given.
    """
    onward: dict[str, list[int]] = {}
    for place, (mentor, _) in enumerate(pairs):
        onward.setdefault(mentor, []).append(place)
    found = []
    done: set[str] = set()
    for start in list(onward):
        # The way from ``start``: who stands on it and where, by which pairs, and what is left.
        standing, by, left = {start: 0}, list[int](), [iter(onward[start])]
        while left and start not in done:
            for place in left[-1]:
                mentee = pairs[place][1]
                if mentee in standing:
                    found.append(_turned([*by[standing[mentee] :], place]))
                elif mentee not in done:
                    standing[mentee] = len(standing)
                    by.append(place)
                    left.append(iter(onward.get(mentee, ())))
                    break
            else:
                left.pop()
                done.add(standing.popitem()[0])
                del by[-1:]
    return tuple(found)


def _turned(circle: list[int]) -> tuple[int, ...]:
    """``circle`` from another place on, so that the latest pair stands last."""
    latest = max(circle)
    cut = circle.index(latest) + 1
    way = [*circle[cut:], *circle[: cut - 1]]
    return (*way[:STEPS], latest)
