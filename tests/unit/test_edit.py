from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import briefs

from coach.domain.agenda import Agenda, AgendaItem, GiveAndTake, ItemKind
from coach.domain.brief import Brief
from coach.domain.guidance import Citation
from coach.errors import BriefError
from coach.prepare.compose import Composer
from coach.prepare.edit import move, remove, reword, set_minutes, swap


def agenda_of(*minutes: int) -> Agenda:
    return Agenda(
        brief=Brief(topic="AI", minutes=sum(minutes)),
        items=tuple(item(f"item {row}", box) for row, box in enumerate(minutes)),
        topic_kit=None,
        not_covered=("No kit.",),
    )


def item(title: str, minutes: int) -> AgendaItem:
    return AgendaItem(
        title=title,
        minutes=minutes,
        kind=ItemKind.DISCUSS,
        purpose="why",
        open_with="Shall we?",
        questions=("What else?",),
        if_awkward="Pause.",
        give_and_take=GiveAndTake(mentor_gives="time", mentee_gives="trust"),
        citations=(
            Citation(key="a", title="A", heading="B", passage="a passage", passage_id="a#b"),
        ),
    )


def titles(agenda: Agenda) -> list[str]:
    return [found.title for found in agenda.items]


_steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.just("minutes"), st.integers(0, 9), st.integers(-500, 500)),
        st.tuples(st.just("swap"), st.integers(0, 9), st.integers(1, 500)),
    ),
    max_size=15,
)


@given(st.lists(st.integers(2, 12), min_size=8, max_size=9), _steps)
def test_no_edit_changes_the_total_or_loses_an_item(
    minutes: list[int], steps: list[tuple[str, int, int]]
) -> None:
    before = agenda = agenda_of(*minutes)
    expected = Counter(titles(before))
    count = len(minutes)

    for what, first, second in steps:
        position = first % count
        if what == "move":
            agenda = move(agenda, position, second % count)
        elif what == "minutes":
            agenda = set_minutes(agenda, position, second)
        else:
            other = item(f"other {second}", second)
            expected[agenda.items[position].title] -= 1
            expected[other.title] += 1
            agenda = swap(agenda, position, other)

    assert before.brief.minutes == sum(found.minutes for found in agenda.items)
    assert min(found.minutes for found in agenda.items) >= 1
    assert +expected == Counter(titles(agenda))
    assert before.not_covered == agenda.not_covered


def test_an_item_moves_with_its_minutes() -> None:
    moved = move(agenda_of(5, 10, 15), 0, 2)

    assert ["item 1", "item 2", "item 0"] == titles(moved)
    assert [10, 15, 5] == [found.minutes for found in moved.items]


@given(st.integers(0, 2), st.integers(0, 2))
def test_moving_there_and_back_changes_nothing(first: int, second: int) -> None:
    agenda = agenda_of(5, 10, 15)

    assert agenda == move(move(agenda, first, second), second, first)


@given(st.integers(-500, 500))
def test_minutes_are_held_to_what_the_others_can_give(minutes: int) -> None:
    changed = set_minutes(agenda_of(5, 10, 15), 1, minutes)

    assert max(1, min(minutes, 28)) == changed.items[1].minutes


def test_setting_the_same_minutes_changes_nothing() -> None:
    agenda = agenda_of(1, 1, 3, 40)

    assert agenda == set_minutes(agenda, 0, 1)


def test_a_swapped_item_takes_over_the_minutes() -> None:
    swapped = swap(agenda_of(5, 10, 15), 1, item("other", 99))

    assert [5, 10, 15] == [found.minutes for found in swapped.items]
    assert "other" == swapped.items[1].title


def test_a_persons_own_words_are_kept() -> None:
    reworded = reword(agenda_of(5, 10), 0, title="Mine", questions=("And then?",))

    assert "Mine" == reworded.items[0].title
    assert ("And then?",) == reworded.items[0].questions
    assert "why" == reworded.items[0].purpose


def test_own_words_are_kept_on_one_line_without_invisible_marks() -> None:
    """They go into files that others open, like the words of a brief."""
    reworded = reword(
        agenda_of(5, 10), 0, title="Mine\n\u202eand\x00 yours", steps=("one\r\n two", "three")
    )

    assert "Mine and yours" == reworded.items[0].title
    assert ("one two", "three") == reworded.items[0].steps


@given(st.lists(st.integers(1, 60), min_size=2, max_size=9), st.integers(0, 8))
def test_removing_an_item_keeps_the_total_and_the_other_items(
    minutes: list[int], position: int
) -> None:
    # Shorter sessions than 15 minutes, and longer than 120, are no sessions.
    assume(15 <= sum(minutes) <= 120)
    before = agenda_of(*minutes)
    position %= len(minutes)

    after = remove(before, position)

    assert sum(minutes) == sum(found.minutes for found in after.items)
    assert titles(before)[:position] + titles(before)[position + 1 :] == titles(after)
    kept = [*minutes[:position], *minutes[position + 1 :]]
    given_more = [found.minutes for found in after.items]
    assert all(now >= was for now, was in zip(given_more, kept, strict=True))
    assert before.not_covered == after.not_covered


@given(st.lists(st.integers(2, 12), min_size=8, max_size=9), st.lists(st.integers(0, 8)))
def test_only_the_last_item_cannot_be_removed(minutes: list[int], positions: list[int]) -> None:
    agenda = agenda_of(*minutes)
    for position in (*positions, *[0] * len(minutes)):
        if len(agenda.items) > 1:
            agenda = remove(agenda, position % len(agenda.items))

    with pytest.raises(BriefError, match="The last part cannot be removed: change its words"):
        remove(agenda, 0)

    assert [sum(minutes)] == [found.minutes for found in agenda.items]


@pytest.mark.parametrize("position", [-1, 3, 100])
@pytest.mark.parametrize(
    "edit",
    [
        lambda agenda, position: move(agenda, position, 0),
        lambda agenda, position: move(agenda, 0, position),
        lambda agenda, position: set_minutes(agenda, position, 5),
        lambda agenda, position: remove(agenda, position),  # noqa: PLW0108 - as the others
        lambda agenda, position: swap(agenda, position, agenda.items[0]),
        lambda agenda, position: reword(agenda, position, title="x"),
    ],
)
def test_an_item_that_is_not_there_is_said_so(edit: Any, position: int) -> None:
    with pytest.raises(BriefError, match=r"The agenda has no item .*; it has 3"):
        edit(agenda_of(5, 10, 15), position)


@given(briefs(), st.data())
def test_a_composed_agenda_can_be_edited_freely(
    composer: Composer, brief: Brief, data: st.DataObject
) -> None:
    agenda = composer.agenda(brief)
    position = data.draw(st.integers(0, len(agenda.items) - 1))

    for other in composer.alternatives(agenda, position):
        agenda = swap(agenda, position, other)
    agenda = set_minutes(agenda, position, data.draw(st.integers(-5, 200)))
    agenda = move(agenda, position, data.draw(st.integers(0, len(agenda.items) - 1)))
    agenda = remove(agenda, data.draw(st.integers(0, len(agenda.items) - 1)))

    assert brief.minutes == sum(found.minutes for found in agenda.items)
