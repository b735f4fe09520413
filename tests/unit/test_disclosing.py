from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.themes import Count, Direction, Withheld
from coach.errors import ProgramError
from coach.themes.cells import cells, usable
from coach.themes.counts import coverage
from coach.themes.disclosing import Disclosure, Found, Rules, Shown, disclosed
from coach.themes.history import direction, keep_threshold, uncounted


def pairs(count: int, start: int = 0) -> frozenset[str]:
    return frozenset(f"p{index:03}" for index in range(start, start + count))


def theme(found: Found, contributing: frozenset[str], rules: Rules) -> Shown | Withheld:
    return disclosed({"t": found}, contributing, rules).themes["t"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (4, Withheld.TOO_FEW),
        (5, Count(least=5, most=9)),
        (9, Count(least=5, most=9)),
        (10, Count(least=10, most=14)),
        (25, Count(least=25, most=29)),
        (26, Withheld.REMAINDER),
        (30, Withheld.REMAINDER),
    ],
)
def test_a_theme_is_shown_from_k_pairs_to_all_but_k(
    inside: int, expected: Count | Withheld
) -> None:
    told = theme(Found(pairs(inside)), pairs(30), Rules(5))

    assert (told.pairs if isinstance(told, Shown) else told) == expected


def test_a_theme_without_words_that_k_pairs_share_is_withheld() -> None:
    assert theme(Found(pairs(10), shared=4), pairs(30), Rules(5)) is Withheld.WORDS
    assert isinstance(theme(Found(pairs(10), shared=5), pairs(30), Rules(5)), Shown)


def test_a_sensitive_theme_is_withheld_however_many_told_of_it() -> None:
    assert theme(Found(pairs(10), sensitive=True), pairs(30), Rules(5)) is Withheld.SENSITIVE


def test_copies_count_neither_in_a_theme_nor_out_of_it() -> None:
    copied = Found(pairs(12), copies=pairs(8, start=4))
    out_of_it = Found(pairs(10), copies=pairs(18, start=12))

    assert theme(copied, pairs(30), Rules(5)) is Withheld.TOO_FEW
    assert theme(out_of_it, pairs(30), Rules(5)) is Withheld.REMAINDER


def test_segments_are_shown_when_each_part_holds_k_in_and_k_out() -> None:
    rules = Rules(5, segments={"north": pairs(15)})
    everywhere = Found(pairs(7) | pairs(7, start=15))
    in_the_north = Found(pairs(10) | pairs(4, start=15))

    shown = theme(everywhere, pairs(30), rules)
    whole = theme(in_the_north, pairs(30), rules)

    assert isinstance(shown, Shown)
    assert isinstance(whole, Shown)
    assert shown.segments == {"north": Count(least=5, most=9)}
    assert (whole.pairs, whole.segments) == (Count(least=10, most=14), {})


def test_segments_that_overlap_are_judged_by_every_difference_of_them() -> None:
    """Sales and north share all but four pairs, and a difference would be those."""
    rules = Rules(5, segments={"north": pairs(20), "sales": pairs(24)})
    told = theme(Found(pairs(10) | pairs(4, start=20) | pairs(8, start=24)), pairs(60), rules)

    assert isinstance(told, Shown)
    assert list(told.segments) == ["sales"]


def test_the_smallest_segments_are_left_out_until_every_cell_is_large_enough() -> None:
    segments = {"north": pairs(20), "south": pairs(15, start=20), "tiny": pairs(3, start=35)}

    assert usable(segments, pairs(60), 15) == ("north", "south")
    assert usable(segments, pairs(40), 15) == ("north",)
    assert usable(segments, pairs(22), 15) == ()
    assert usable({"all": pairs(30)}, pairs(30), 5) == ()


def test_cells_are_the_groups_that_no_filter_tells_apart() -> None:
    found = cells({"north": pairs(4), "sales": pairs(4, start=2)}, pairs(8))

    assert [(sorted(cell.segments), len(cell.pairs)) for cell in found] == [
        ([], 2),
        (["north"], 2),
        (["north", "sales"], 2),
        (["sales"], 2),
    ]


def test_a_theme_leaves_k_running_pairs_who_may_not_have_contributed() -> None:
    """Fourteen run: K in it and K not in it would leave four."""
    few, enough = Rules(5, pairs(14)), Rules(5, pairs(15))

    assert theme(Found(pairs(5)), pairs(14), few) is Withheld.REMAINDER
    assert isinstance(theme(Found(pairs(5)), pairs(15), enough), Shown)


@pytest.mark.parametrize(
    ("contributing", "running", "expected"),
    [
        (3, 14, None),
        (3, 40, (0, 9)),
        (9, 40, (0, 9)),
        (10, 40, (10, 14)),
        (34, 40, (30, 34)),
        (35, 40, (35, 40)),
        (40, 40, (35, 40)),
    ],
)
def test_coverage_is_never_nobody_nor_everybody(
    contributing: int, running: int, expected: tuple[int, int] | None
) -> None:
    found = coverage(contributing, running, 5)

    assert (found and (found.least, found.most)) == expected


def test_a_release_has_its_coverage_and_a_file_has_none() -> None:
    assert disclosed({}, pairs(12), Rules(5, pairs(40))).contributing == Count(least=10, most=14)
    assert disclosed({}, pairs(12), Rules(5)).contributing is None


def test_withdrawals_cost_a_theme_whoever_withdrew() -> None:
    rules = Rules(5, segments={"north": pairs(15)})
    preview = disclosed({"t": Found(pairs(6) | pairs(7, start=15))}, pairs(30), rules)

    assert preview.after(0) == preview
    assert _bands(preview.after(1)) == (Count(least=10, most=14), {"north": Count(least=5, most=9)})
    assert _bands(preview.after(2)) == (Count(least=10, most=14), {})
    assert _bands(preview.after(8)) == (Count(least=10, most=14), {})
    assert preview.after(9).themes["t"] is Withheld.CHANGE


def _bands(shown: Disclosure) -> tuple[Count, dict[str, Count]]:
    told = shown.themes["t"]
    assert isinstance(told, Shown)
    return told.pairs, dict(told.segments)


@pytest.mark.parametrize(
    ("found", "contributing", "running"),
    [(pairs(9), pairs(8), None), (pairs(3), pairs(8), pairs(7))],
)
def test_pairs_that_do_not_contribute_or_run_are_refused(
    found: frozenset[str], contributing: frozenset[str], running: frozenset[str] | None
) -> None:
    with pytest.raises(ValueError, match="contributing"):
        disclosed({"t": Found(found)}, contributing, Rules(5, running))


def test_a_small_program_can_show_nothing_whatever_is_said() -> None:
    assert not Rules(5, pairs(14)).can_show_any(14)
    assert not Rules(5, pairs(15)).can_show_any(9)
    assert Rules(5, pairs(15)).can_show_any(10)
    assert Rules(5).can_show_any(10)


def test_a_threshold_is_one_pair_at_least() -> None:
    with pytest.raises(ValueError, match="one pair"):
        Rules(0)


_sets = st.frozensets(st.integers(0, 39).map(lambda index: f"p{index:03}"))


@given(
    inside=_sets,
    contributing=_sets,
    segments=st.dictionaries(st.sampled_from(["north", "south", "sales"]), _sets),
    least=st.integers(1, 6),
    order=st.permutations(range(40)),
    is_known=st.booleans(),
)
def test_only_the_numbers_in_each_cell_matter_and_bands_hold_them(
    *,
    inside: frozenset[str],
    contributing: frozenset[str],
    segments: dict[str, frozenset[str]],
    least: int,
    order: list[int],
    is_known: bool,
) -> None:
    """The attack looks at numbers per cell only, so this is what it stands on."""
    inside &= contributing
    rules = Rules(least, None if is_known else pairs(40), segments)

    told = theme(Found(inside), contributing, rules)
    renamed = _renamed(order, segments)
    again = theme(
        Found(frozenset(map(renamed.__getitem__, inside))),
        frozenset(map(renamed.__getitem__, contributing)),
        rules,
    )

    assert told == again
    if isinstance(told, Shown):
        assert least <= len(inside) <= len(contributing) - least
        assert told.pairs.least <= len(inside) <= told.pairs.most
        assert told.pairs.most - told.pairs.least == least - 1
        for name, count in told.segments.items():
            assert count.least <= len(inside & segments[name]) <= count.most


def _renamed(order: list[int], segments: dict[str, frozenset[str]]) -> dict[str, str]:
    """Each pair's new name: another pair of the same cell."""
    renamed: dict[str, str] = {}
    for cell in cells(segments, pairs(40)):
        mixed = sorted(cell.pairs, key=lambda pair: order[int(pair[1:])])
        renamed |= dict(zip(sorted(cell.pairs), mixed, strict=True))
    return renamed


def test_a_statement_counts_once() -> None:
    assert uncounted(["a", "b", "c"], {"b"}) == ("a", "c")


def test_a_threshold_can_be_raised_and_not_lowered() -> None:
    keep_threshold(5, 6)
    with pytest.raises(ProgramError, match="only be raised, not lowered to 5"):
        keep_threshold(6, 5)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (None, (5, 9), Direction.NEW),
        ((5, 9), (5, 9), Direction.SAME),
        ((5, 9), (10, 14), Direction.MORE),
        ((10, 14), (5, 9), Direction.FEWER),
        ((5, 9), (6, 11), Direction.SAME),
    ],
)
def test_a_direction_is_read_from_bands_alone(
    before: tuple[int, int] | None, now: tuple[int, int], expected: Direction
) -> None:
    earlier = None if before is None else Count(least=before[0], most=before[1])

    assert direction(earlier, Count(least=now[0], most=now[1])) is expected
