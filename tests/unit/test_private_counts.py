from __future__ import annotations

import statistics
import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.adapters.private_counts import LaplaceCounts
from coach.domain.themes import Count, Statement, Theme, ThemeReport, Withheld
from coach.errors import ProgramError, SettingsError
from coach.themes.budget import bounded, spent, within
from coach.themes.disclosing import Found, Rules, Shown, disclosed
from coach.themes.reporting import Mined, Terms, reported


def pairs(count: int) -> frozenset[str]:
    return frozenset(f"p{index}" for index in range(count))


def test_noise_is_as_wide_as_the_budget_asks() -> None:
    """A discrete Laplace number of scale b is about b away from the count in the mean."""
    noise = LaplaceCounts(1.0, most_themes=2)

    drawn = noise.noisy((100,) * 4000)

    assert statistics.mean(drawn) == pytest.approx(100, abs=0.7)
    assert statistics.mean(abs(one - 100) for one in drawn) == pytest.approx(4, rel=0.15)


def test_less_budget_needs_a_wider_margin_and_so_do_more_counts() -> None:
    assert LaplaceCounts(0.5, 1).margin(1) > LaplaceCounts(1, 1).margin(1)
    assert LaplaceCounts(1, 3).margin(1) > LaplaceCounts(1, 1).margin(1)
    assert LaplaceCounts(1, 1).margin(3) > LaplaceCounts(1, 1).margin(1)


def test_a_theme_is_shown_as_a_band_of_its_noisy_count_only_above_the_margin() -> None:
    noise = LaplaceCounts(4.0, most_themes=1)
    rules = Rules(5, pairs(400))

    shown = disclosed({"t": Found(pairs(150))}, pairs(380), rules, noise).themes["t"]
    few = disclosed({"t": Found(pairs(5))}, pairs(380), rules, noise).themes["t"]

    assert isinstance(shown, Shown)
    assert abs(shown.pairs.least - 150) < noise.margin(1) + 5
    assert few is Withheld.REMAINDER


def test_noise_never_shows_a_theme_of_fewer_pairs_than_the_threshold() -> None:
    class Flattering:
        most_themes = 1

        def noisy(self, counts: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(count + 50 for count in counts)

        def margin(self, counts: int) -> int:
            return counts

    themes = disclosed({"t": Found(pairs(4))}, pairs(200), Rules(5), Flattering()).themes

    assert themes["t"] is Withheld.TOO_FEW


def test_with_noise_a_pair_counts_in_no_more_themes_than_the_noise_is_made_for() -> None:
    class Silent:
        most_themes = 1

        def noisy(self, counts: tuple[int, ...]) -> tuple[int, ...]:
            return counts

        def margin(self, counts: int) -> int:
            return 0 * counts

    said = [Statement(id=f"{pair}", pair=pair, text="x") for pair in sorted(pairs(20))]
    centre = np.ones(2, dtype=np.float32)
    mined = [
        Mined(name, tuple(range(8)), centre, "Calendars", "It is hard.") for name in ("a", "b")
    ]

    plain, _ = reported(said, mined, Terms(Rules(5)))
    bounded_, _ = reported(said, mined, Terms(Rules(5), noise=Silent()))

    assert [theme.id for theme in plain.themes] == ["a", "b"]
    assert [theme.id for theme in bounded_.themes] == ["a"]


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.frozensets(st.sampled_from(sorted(pairs(8)))), max_size=6
    ),
    st.integers(1, 3),
)
def test_a_pair_stays_in_so_many_themes_at_most_and_others_do_not_matter(
    themes: dict[str, frozenset[str]], most: int
) -> None:
    kept = bounded(themes, most)

    for pair in pairs(8):
        alone = bounded({name: held & {pair} for name, held in themes.items()}, most)
        mine = [name for name, held in kept.items() if pair in held]

        assert len(mine) == min(most, sum(pair in held for held in themes.values()))
        assert mine == [name for name, held in alone.items() if held]


@pytest.mark.parametrize("epsilon", [0.0, -1.0, float("nan"), float("inf")])
def test_an_unusable_budget_is_refused(epsilon: float) -> None:
    with pytest.raises(SettingsError, match="above 0"):
        LaplaceCounts(epsilon, 1)


def test_without_opendp_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opendp.prelude", None)

    with pytest.raises(SettingsError, match=r"private-counts"):
        LaplaceCounts(1.0, 1)


def report(epsilon: float | None) -> ThemeReport:
    theme = Theme(id="t", label="calendars", sentence="It is hard.", pairs=Count(least=5, most=9))
    return ThemeReport(made=date(2026, 9, 1), min_pairs=5, themes=(theme,), epsilon=epsilon)


def test_budgets_of_releases_add_up_and_end() -> None:
    before = [report(0.5), report(0.25)]

    assert spent(before) == 0.75
    assert within(2.0, before, 0.5) == 0.75
    with pytest.raises(ProgramError, match=r"1\.25 of 2 is left"):
        within(2.0, before, 1.5)


def test_after_a_release_without_noise_no_budget_is_claimed() -> None:
    with pytest.raises(ProgramError, match="without noise"):
        within(2.0, [report(None)], 0.5)
