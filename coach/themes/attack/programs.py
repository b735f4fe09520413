"""Programs to attack: generated ones, with everything at the edges of the rules, or one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from coach.domain.themes import FLOOR

#: Releases of a generated program.
_RELEASES = 3
_THEMES = 8


@dataclass(frozen=True)
class Release:
    """What one release counts: ``themes`` by id, each the pairs that told of it since the last.

    ``withdrawn`` are the pairs that withdrew between its preview and its release.
    """

    least: int
    running: frozenset[str]
    contributing: frozenset[str]
    themes: Mapping[str, frozenset[str]]
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Program:
    """A program as an attack sees it: the truth, of which the adversary gets a part."""

    id: str
    releases: tuple[Release, ...]
    segments: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def roster(self) -> tuple[str, ...]:
        """Everybody who ever ran."""
        return tuple(sorted(frozenset().union(*(one.running for one in self.releases))))


def generated(number: int, seed: int, pairs: tuple[int, int] = (6, 400)) -> Program:
    """The program of that ``number``: the same for the same seed.

    Sizes from ``pairs``, small ones more often; segments of exactly K, 2K - 1 and 3K pairs, and
    some that overlap; themes just over and under every threshold; a pair that joins or leaves
    alone; a threshold that is raised.
    """
    draw = Random(f"{seed}/{number}")  # noqa: S311 - a repeatable case, not a secret
    least = draw.choice((FLOOR, FLOOR, FLOOR, FLOOR + 1, 8))
    size = round(pairs[0] * (pairs[1] / pairs[0]) ** draw.random())
    roster = [f"p{index:03}" for index in range(size)]
    segments = _segments(draw, roster, least)
    releases = []
    running = frozenset(roster[: max(1, size - draw.choice((0, 1, 1, least, size // 4)))])
    for _ in range(_RELEASES):
        releases.append(_release(draw, running, segments, least))
        running = _moved(draw, running, roster)
        least += draw.choice((0, 0, 0, 1))
    return Program(f"{seed}/{number}", tuple(releases), segments)


def _segments(draw: Random, roster: list[str], least: int) -> dict[str, frozenset[str]]:
    shuffled = draw.sample(roster, len(roster))
    cuts = (least, 2 * least - 1, 2 * least, 3 * least, 3 * least + 1, len(roster) // 2)
    made: dict[str, frozenset[str]] = {}
    for name in ("north", "south", "west")[: draw.randrange(4)]:
        size = draw.choice(cuts)
        made[name], shuffled = frozenset(shuffled[:size]), shuffled[size:]
    if draw.random() < 0.3:
        made["sales"] = frozenset(draw.sample(roster, len(roster) // 2))
    return {name: held for name, held in made.items() if held}


def _release(
    draw: Random, running: frozenset[str], segments: dict[str, frozenset[str]], least: int
) -> Release:
    everybody = sorted(running)
    silent = draw.choice((0, 0, 1, least - 1, least, len(everybody) // 4))
    contributing = draw.sample(everybody, max(0, len(everybody) - silent))
    themes = {f"t{index}": _theme(draw, contributing, segments, least) for index in range(_THEMES)}
    gone = draw.sample(contributing, min(len(contributing), draw.choice((0, 0, 1, 2, least))))
    return Release(least, running, frozenset(contributing), themes, frozenset(gone))


def _theme(
    draw: Random, contributing: list[str], segments: dict[str, frozenset[str]], least: int
) -> frozenset[str]:
    size = len(contributing)
    edges = (0, 1, least - 1, least, least + 1, 2 * least, size - least, size - least + 1, size)
    count = draw.choice(edges) if draw.random() < 0.5 else draw.randint(0, size)
    if not segments or draw.random() < 0.5:
        return frozenset(draw.sample(contributing, min(max(count, 0), size)))
    held = segments[draw.choice(sorted(segments))]
    few = [pair for pair in contributing if pair in held]
    rest = [pair for pair in contributing if pair not in held]
    some = draw.sample(few, min(len(few), draw.choice((0, 1, least - 1, least))))
    return frozenset(some + draw.sample(rest, min(max(count - len(some), 0), len(rest))))


def _moved(draw: Random, running: frozenset[str], roster: list[str]) -> frozenset[str]:
    """Who runs at the next release: often one pair more or fewer, sometimes many."""
    outside = sorted(frozenset(roster) - running)
    joining = draw.sample(outside, min(len(outside), draw.choice((0, 1, 1, len(outside)))))
    leaving = draw.sample(sorted(running), min(max(len(running) - 1, 0), draw.choice((0, 1, 1, 3))))
    return running - frozenset(leaving) | frozenset(joining)
