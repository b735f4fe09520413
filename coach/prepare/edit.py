"""Change an agenda by hand; its minutes always keep their sum."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.brief import clean_line
from coach.errors import BriefError
from coach.prepare.refined import unmarked
from coach.prepare.timeboxes import retime, stretch


def move(agenda: Agenda, position: int, to: int) -> Agenda:
    """``agenda`` with the item at ``position`` moved to ``to``; both count from 0."""
    _must_hold(agenda, position)
    _must_hold(agenda, to)
    items = list(agenda.items)
    items.insert(to, items.pop(position))
    return _with(agenda, items)


def set_minutes(agenda: Agenda, position: int, minutes: int) -> Agenda:
    """``agenda`` with one item's minutes set; the others share the difference.

    ``minutes`` is held between 1 and what leaves each other item 1.
    """
    _must_hold(agenda, position)
    boxes = retime([item.minutes for item in agenda.items], position, minutes)
    return _with(agenda, _timed(agenda.items, boxes))


def remove(agenda: Agenda, position: int) -> Agenda:
    """``agenda`` without one item, whose minutes the others share. The last one stays."""
    _must_hold(agenda, position)
    if len(agenda.items) == 1:
        raise BriefError("The last part cannot be removed: change its words instead.")
    items = [item for row, item in enumerate(agenda.items) if row != position]
    boxes = stretch([item.minutes for item in items], agenda.brief.minutes)
    return _with(agenda, _timed(items, boxes))


def swap(agenda: Agenda, position: int, other: AgendaItem) -> Agenda:
    """``agenda`` with ``other`` in place of an item, with that item's minutes."""
    _must_hold(agenda, position)
    items = list(agenda.items)
    items[position] = other.model_copy(update={"minutes": items[position].minutes})
    return _with(agenda, items)


def reword(agenda: Agenda, position: int, **words: str | tuple[str, ...]) -> Agenda:
    """``agenda`` with a person's own words in one item (title, purpose, open_with, …)."""
    _must_hold(agenda, position)
    items = list(agenda.items)
    cleaned = {
        field: clean_line(text) if isinstance(text, str) else tuple(map(clean_line, text))
        for field, text in words.items()
    }
    fields = {**items[position].model_dump(), **cleaned}
    items[position] = unmarked(AgendaItem.model_validate(fields))
    return _with(agenda, items)


def _timed(items: Sequence[AgendaItem], boxes: Sequence[int]) -> list[AgendaItem]:
    return [
        item.model_copy(update={"minutes": box}) for item, box in zip(items, boxes, strict=True)
    ]


def _with(agenda: Agenda, items: Sequence[AgendaItem]) -> Agenda:
    # model_copy would skip the check that the minutes sum.
    return Agenda(
        brief=agenda.brief,
        items=tuple(items),
        topic_kit=agenda.topic_kit,
        not_covered=agenda.not_covered,
        worry_advice=agenda.worry_advice,
    )


def _must_hold(agenda: Agenda, position: int) -> None:
    if not 0 <= position < len(agenda.items):
        raise BriefError(f"The agenda has no item {position + 1}; it has {len(agenda.items)}.")
