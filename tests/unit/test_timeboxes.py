from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import briefs

from coach.domain.agenda import ItemKind
from coach.domain.brief import Brief
from coach.prepare.outline import outline
from coach.prepare.timeboxes import divide, retime, stretch


@pytest.mark.parametrize(("session", "planned"), [(1, 1), (1, 8), (2, 8), (4, 8), (7, 8), (8, 8)])
@pytest.mark.parametrize("carried", [(), ("call Ana",)])
def test_minutes_sum_for_every_outline(
    session: int, planned: int, carried: tuple[str, ...]
) -> None:
    for minutes in range(15, 121):
        brief = Brief(
            topic="AI",
            minutes=minutes,
            session=session,
            planned_sessions=planned,
            carried_over=carried,
        )

        kinds = outline(brief)
        boxes = divide(minutes, kinds)

        assert minutes == sum(boxes)
        assert len(kinds) == len(boxes)
        assert min(boxes) >= 1
        # The senior's own try is what a session is for; the close is what makes it last.
        driven = (box for box, kind in zip(boxes, kinds, strict=True) if kind is ItemKind.DRIVE)
        assert sum(driven) >= 4
        assert boxes[-1] >= 3


@given(briefs())
def test_minutes_sum_for_any_brief(brief: Brief) -> None:
    assert brief.minutes == sum(divide(brief.minutes, outline(brief)))


@given(st.lists(st.sampled_from(ItemKind), min_size=1, max_size=30), st.integers(0, 200))
def test_any_parts_that_fit_get_a_minute_each(kinds: list[ItemKind], more: int) -> None:
    minutes = len(kinds) + more

    boxes = divide(minutes, kinds)

    assert minutes == sum(boxes)
    assert min(boxes) >= 1


def test_more_parts_than_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="8 parts do not fit into 7 minutes"):
        divide(7, list(ItemKind))


def test_the_hands_on_part_is_the_longest_of_an_ordinary_session() -> None:
    kinds = outline(Brief(topic="AI", minutes=60, session=3))

    boxes = dict(zip(kinds, divide(60, kinds), strict=True))

    assert ItemKind.DRIVE is max(boxes, key=lambda kind: boxes[kind])


@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=12),
    st.integers(0, 11),
    st.integers(-(10**12), 10**12),
)
def test_retiming_keeps_the_sum_and_a_minute_each(
    boxes: list[int], position: int, minutes: int
) -> None:
    position %= len(boxes)

    found = retime(boxes, position, minutes)

    assert sum(boxes) == sum(found)
    assert len(boxes) == len(found)
    assert min(found) >= 1
    if len(boxes) > 1:
        assert max(1, min(minutes, sum(boxes) - len(boxes) + 1)) == found[position]


@given(st.lists(st.integers(1, 60), min_size=2, max_size=8), st.integers(0, 7))
def test_retiming_to_the_same_minutes_changes_nothing(boxes: list[int], position: int) -> None:
    position %= len(boxes)

    assert tuple(boxes) == retime(boxes, position, boxes[position])


def test_the_others_give_in_proportion_to_their_length() -> None:
    assert (20, 7, 13) == retime([10, 10, 20], 0, 20)


def test_one_part_alone_keeps_the_whole_session() -> None:
    assert (45,) == retime([45], 0, 10)


def test_parts_of_one_minute_share_what_another_gives_up() -> None:
    assert (2, 3, 3) == retime([6, 1, 1], 0, 2)


@given(st.lists(st.integers(1, 120), min_size=1, max_size=12), st.integers(0, 300))
def test_stretching_meets_the_total_in_the_same_order_of_length(
    boxes: list[int], more: int
) -> None:
    total = len(boxes) + more

    found = stretch(boxes, total)

    assert total == sum(found)
    assert len(boxes) == len(found)
    assert min(found) >= 1
    pairs = [*zip(boxes, found, strict=True)]
    assert all(one >= other for was, one in pairs for less, other in pairs if was > less)


@given(st.lists(st.integers(1, 120), min_size=1, max_size=12))
def test_stretching_to_the_same_total_changes_nothing(boxes: list[int]) -> None:
    assert tuple(boxes) == stretch(boxes, sum(boxes))


def test_stretching_keeps_the_proportion_above_a_minute_each() -> None:
    assert (1, 9, 17) == stretch([1, 5, 9], 27)
    assert (1, 3, 5) == stretch([1, 9, 17], 9)


def test_more_parts_than_minutes_cannot_be_stretched() -> None:
    with pytest.raises(ValueError, match="3 parts do not fit into 2 minutes"):
        stretch([5, 5, 5], 2)
