"""Small programs, every world of them: what is shown makes nobody certain of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from possible_worlds import Roster, certainties, read

from coach.domain.themes import Withheld
from coach.themes.disclosing import Disclosure, Found, Rules, Shown, disclosed

ONE_CELL = [Roster(2, (6,)), Roster(2, (7,)), Roster(2, (9,)), Roster(3, (9,)), Roster(3, (13,))]
CELLS = [
    Roster(2, (6, 6), {"north": (0,)}),
    Roster(2, (6, 8), {"north": (0,), "south": (1,)}),
    Roster(2, (3, 6), {"too small": (0,)}),
]


@pytest.mark.parametrize("roster", [*ONE_CELL, *CELLS], ids=str)
@pytest.mark.parametrize("knows_who", [True, False])
def test_nothing_shown_makes_k_minus_1_pairs_certain_of_another(
    roster: Roster, knows_who: bool
) -> None:
    assert certainties(roster, read, knows_who=knows_who) == set()


@pytest.mark.parametrize("roster", [*ONE_CELL, CELLS[0]], ids=str)
@pytest.mark.parametrize("withdrawn", [1, 2])
@pytest.mark.parametrize("knows_who", [True, False])
def test_a_preview_and_its_release_after_withdrawals_do_neither(
    roster: Roster, withdrawn: int, knows_who: bool
) -> None:
    def both(shown: Disclosure) -> str:
        return read(shown) + read(shown.after(withdrawn))

    assert certainties(roster, both, knows_who=knows_who) == set()


def test_a_blended_reason_is_needed() -> None:
    def with_reason(shown: Disclosure) -> str:
        theme = shown.themes["theme"]
        return theme.value if isinstance(theme, Withheld) else read(shown)

    assert certainties(Roster(3, (13,)), with_reason, knows_who=True)


def test_two_themes_told_by_the_same_pairs_give_nobody_away() -> None:
    """Pair by pair: all 5 ** 6 answers of six pairs, each silent or in any of two themes."""
    rules = Rules(2, frozenset(map(str, range(6))))
    worlds = []
    for answers in product(range(5), repeat=6):
        told, first, second = (
            frozenset(str(pair) for pair, answer in enumerate(answers) if answer in among)
            for among in ({1, 2, 3, 4}, {2, 4}, {3, 4})
        )
        shown = disclosed({"a": Found(first), "b": Found(second)}, told, rules)
        bits = [(answer > 0, answer in {2, 4}, answer in {3, 4}) for answer in answers]
        worlds.append((_look(shown), tuple(bits)))

    assert _pinned(worlds) == set()


@pytest.mark.parametrize(("again", "safe"), [(False, True), (True, False)])
def test_two_releases_that_count_a_statement_once_give_nobody_away(again: bool, safe: bool) -> None:
    """Seven pairs; only two of them said something new before the second release.

    Counting the first statements ``again`` is what most reports do.
    """
    everybody = frozenset(map(str, range(7)))
    worlds = []
    for first, new in product(range(2**7), range(2**2)):
        before, now = _chosen(first), _chosen(first | new) if again else _chosen(new)
        who = everybody if again else frozenset("01")
        looks = [
            _look(disclosed({"t": Found(before)}, everybody, Rules(2))),
            _look(disclosed({"t": Found(now)}, who, Rules(2))),
        ]
        bits = tuple((bool(first >> i & 1), bool(new >> i & 1)) for i in range(7))
        worlds.append((" ".join(looks), bits))

    open_bits = {(pair, 0) for pair in range(7)} | {(0, 1), (1, 1)}
    assert (not _pinned(worlds) & open_bits) == safe


def _chosen(bits: int) -> frozenset[str]:
    return frozenset(str(pair) for pair in range(7) if bits >> pair & 1)


def _look(shown: Disclosure) -> str:
    themes = [theme.pairs if isinstance(theme, Shown) else None for theme in shown.themes.values()]
    return repr((shown.contributing, themes))


def _pinned(worlds: Sequence[tuple[str, Sequence[tuple[bool, ...]]]]) -> set[tuple[int, int]]:
    """Pairs, and which of their answers one other pair can be certain of in some world."""
    found: dict[tuple[str, int, tuple[bool, ...]], list[set[bool]]] = {}
    width = len(worlds[0][1][0])
    for look, answers in worlds:
        flat = [one for answer in answers for one in answer]
        for knower, answer in enumerate(answers):
            seen = found.setdefault((look, knower, answer), [set() for _ in flat])
            for place, one in enumerate(flat):
                seen[place].add(one)
    return {
        divmod(place, width)
        for (_, knower, _), seen in found.items()
        for place, answers in enumerate(seen)
        if len(answers) == 1 and place // width != knower
    }
