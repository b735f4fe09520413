from __future__ import annotations

import pytest
from hypothesis import given
from strategies import briefs

from coach.domain.agenda import ItemKind
from coach.domain.brief import Brief
from coach.prepare.outline import is_half_way, outline


@given(briefs())
def test_every_session_opens_is_driven_gives_back_and_closes(brief: Brief) -> None:
    kinds = outline(brief)

    assert ItemKind.OPEN is kinds[0]
    assert ItemKind.CLOSE is kinds[-1]
    assert 1 == kinds.count(ItemKind.OPEN) == kinds.count(ItemKind.CLOSE)
    assert 1 == kinds.count(ItemKind.EXCHANGE)
    assert kinds.count(ItemKind.DRIVE) in {1, 2}


@given(briefs())
def test_what_is_carried_over_has_its_own_time(brief: Brief) -> None:
    assert bool(brief.carried_over) is (ItemKind.CARRY_OVER in outline(brief))


@pytest.mark.parametrize(("minutes", "agrees"), [(15, False), (24, False), (25, True), (120, True)])
def test_a_first_session_agrees_how_to_work_if_it_is_long_enough(
    minutes: int, agrees: bool
) -> None:
    assert agrees is (ItemKind.AGREE in outline(Brief(topic="AI", minutes=minutes)))


@given(briefs())
def test_only_a_first_session_agrees_how_to_work(brief: Brief) -> None:
    assert brief.session == 1 or ItemKind.AGREE not in outline(brief)


@pytest.mark.parametrize(
    ("minutes", "session", "kind", "there"),
    [
        (19, 2, ItemKind.DEMONSTRATE, False),
        (20, 2, ItemKind.DEMONSTRATE, True),
        (39, 1, ItemKind.DEMONSTRATE, False),
        (40, 1, ItemKind.DEMONSTRATE, True),
        (39, 2, ItemKind.DISCUSS, False),
        (40, 2, ItemKind.DISCUSS, True),
        (59, 1, ItemKind.DISCUSS, False),
        (60, 1, ItemKind.DISCUSS, True),
    ],
)
def test_longer_sessions_have_more_parts(
    minutes: int, session: int, kind: ItemKind, there: bool
) -> None:
    assert there is (kind in outline(Brief(topic="AI", minutes=minutes, session=session)))


@pytest.mark.parametrize(("minutes", "rounds"), [(74, 1), (75, 2), (120, 2)])
def test_a_long_session_has_a_second_round_at_the_keys(minutes: int, rounds: int) -> None:
    assert rounds == outline(Brief(topic="AI", minutes=minutes)).count(ItemKind.DRIVE)


@pytest.mark.parametrize(
    ("session", "planned", "half_way"),
    [(1, 2, False), (2, 3, False), (2, 4, True), (3, 4, False), (4, 8, True), (3, 5, True)],
)
def test_one_session_takes_stock_at_half_time(session: int, planned: int, half_way: bool) -> None:
    brief = Brief(topic="AI", session=session, planned_sessions=planned)

    assert half_way is is_half_way(brief)
