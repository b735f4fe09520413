"""The attack on counts: it finds nothing in the rules as they are, and each rule is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coach.domain.themes import Withheld
from coach.themes import counts, disclosing
from coach.themes.attack.attacks import ON_COUNTS, Tally, attack_counts
from coach.themes.attack.programs import Program, Release, generated
from coach.themes.attack.seen import Disclosing
from coach.themes.disclosing import Disclosure, Found, Rules, Shown, disclosed


def attacked(programs: int, most: int) -> Tally:
    tally = Tally()
    for number in range(programs):
        attack_counts(generated(number, 7, (6, most)), tally)
    return tally


def gives_away(code: Disclosing | None = None) -> bool:
    """Whether a cell is recovered from one of some small programs."""
    for number in range(12):
        tally = Tally()
        attack_counts(generated(number, 7, (6, 30)), tally, code)
        if tally.programs:
            return True
    return False


def one_release(count: int, told: frozenset[str], **segments: frozenset[str]) -> Program:
    """A program of ``count`` pairs that all contribute, with one theme."""
    release = Release(5, pairs(count), pairs(count), {"t": told})
    return Program("made here", (release,), segments)


def pairs(count: int, start: int = 0) -> frozenset[str]:
    return frozenset(f"p{index:02}" for index in range(start, start + count))


def test_no_cell_is_recovered_from_generated_programs() -> None:
    tally = attacked(5, 150)

    assert sum(tally.recovered.values()) == 0, tally.programs
    assert sum(tally.tried.values()) >= 50_000
    assert all(tally.tried[attack] for attack in ON_COUNTS)


def test_the_same_seed_makes_the_same_programs() -> None:
    assert generated(3, 1) == generated(3, 1)
    assert generated(3, 1) != generated(3, 2)


def test_generated_programs_are_as_small_and_as_large_as_asked() -> None:
    sizes = [len(generated(number, 1, (6, 400)).roster) for number in range(60)]

    assert min(sizes) >= 1
    assert max(sizes) <= 400
    assert len(set(sizes)) > 20


def _without(side: str) -> Any:
    def bears(group: Any, least: int, margin: int) -> int:  # noqa: ARG001 - as the real one
        sides: dict[str, int] = {
            "inside": group.inside,
            "remainder": group.contributing - group.inside,
        }
        return min(size for name, size in sides.items() if name != side) - least

    return bears


@pytest.mark.parametrize("side", ["inside", "remainder"])
def test_without_k_pairs_on_either_side_cells_are_recovered(
    side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts.Group, "bears", _without(side))

    assert gives_away()


def test_with_a_threshold_one_lower_k_minus_1_pairs_recover_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = counts.Group.bears
    monkeypatch.setattr(
        counts.Group, "bears", lambda group, least, margin: real(group, least - 1, margin)
    )

    assert gives_away()


def test_segments_each_on_their_own_numbers_are_recovered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As most tables do it: a segment is shown when it has K in it and K not in it."""

    def told(view: Any, found: Found, contributing: frozenset[str]) -> Shown | Withheld:
        groups = view._groups(found.pairs, contributing)
        if view._bears(counts.together(groups)) < 0:
            return Withheld.TOO_FEW
        parts = {name: view._of(name, groups) for name in view.names}
        shown = {
            name: view._band(part)
            for name, part in parts.items()
            if view._bears(counts.together(part)) >= 0
        }
        return Shown(view._band(groups), shown)

    monkeypatch.setattr(disclosing._View, "told", told)

    halves = {"north": pairs(20), "south": pairs(20, start=20)}
    tally = Tally()

    attack_counts(one_release(40, pairs(8) | pairs(4, start=20), **halves), tally)

    assert tally.recovered["K - 1 pairs together"]


def test_without_the_rule_that_leaves_open_who_contributes_that_is_recovered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = counts.Group.bears
    monkeypatch.setattr(
        counts.Group,
        "bears",
        lambda group, least, margin: real(replace(group, running=None), least, margin),
    )
    release = Release(5, pairs(14), pairs(10), {"t": pairs(5)})
    tally = Tally()

    attack_counts(Program("fourteen", (release,)), tally)

    assert tally.recovered["who contributes at all"]


def test_a_reason_that_tells_which_rule_recovers_cells() -> None:
    code = Disclosing(
        read=lambda theme: (theme,) if isinstance(theme, Withheld) else (theme.pairs,)
    )

    assert gives_away(code)


def test_statements_that_count_again_in_the_next_release_are_recovered() -> None:
    code = Disclosing(counted=lambda bits, release: np.any(bits[: release + 1], axis=0))

    assert gives_away(code)


def test_a_release_that_simply_counts_again_after_a_withdrawal_tells_who_withdrew() -> None:
    def again(_shown: Disclosure, found: Found, release: Release, rules: Rules) -> Disclosure:
        left = Found(found.pairs - release.withdrawn)
        return disclosed({"theme": left}, release.contributing, rules)

    tally = Tally()
    release = Release(5, pairs(40), pairs(40), {"t": pairs(5)}, pairs(1))

    attack_counts(Program("one withdraws", (release,)), tally, Disclosing(after=again))

    assert tally.recovered["withdrawal before a release"]


def test_a_program_that_gives_a_cell_away_is_named() -> None:
    tally = Tally()
    tally.add("an attack", "7/1", (10, 0))
    tally.add("an attack", "7/2", (10, 3))

    assert tally.programs == ["7/2"]
    assert (tally.tried["an attack"], tally.recovered["an attack"]) == (20, 3)


def test_filters_that_overlap_by_one_pair_are_subtracted(monkeypatch: pytest.MonkeyPatch) -> None:
    """North and everybody else but one pair: two bands would leave that one over."""
    segments = {"north": pairs(20), "first": pairs(21)}
    program = one_release(41, pairs(10, start=11), **segments)
    monkeypatch.setattr(
        disclosing._View,
        "told",
        lambda view, found, contributing: Shown(
            view._band(groups := view._groups(found.pairs, contributing)),
            {name: view._band(view._of(name, groups)) for name in segments},
        ),
    )
    monkeypatch.setattr(disclosing, "usable", lambda segments, _pairs, _smallest: tuple(segments))
    tally = Tally()

    attack_counts(program, tally)

    assert tally.recovered["every pair of filters"]
