"""A model's accepted words in a draft: take them, mark them, put the draft's back."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.proposal import Slot
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Refined, Refinement
from coach.errors import BriefError


def words_at(item: AgendaItem, slot: Slot, number: int = 0) -> str | None:
    """What stands in a slot of ``item``, or ``None`` if it has no such slot."""
    if slot is Slot.PURPOSE:
        return item.purpose
    if slot is Slot.OPENING:
        return item.open_with
    return item.questions[number] if number < len(item.questions) else None


def unmarked(item: AgendaItem) -> AgendaItem:
    """``item`` with only those marks of a model's words that still are its words."""
    kept = tuple(
        mark for mark in item.refined if words_at(item, mark.slot, mark.number) == mark.text
    )
    return item.model_copy(update={"refined": kept})


def take(agenda: Agenda, found: Refinement) -> Agenda:
    """``agenda`` with a model's accepted words, if the slot still holds the draft's.

    What a person changed in the meantime stays; an item that they moved is found again.
    """
    place = found.place
    holding = [
        position
        for position, item in enumerate(agenda.items)
        if words_at(item, place.slot, place.number) == found.draft
    ]
    mark = mark_of(found)
    if mark is None or not holding:
        return agenda
    position = place.position if place.position in holding else holding[0]
    item = agenda.items[position]
    worded = _worded(item, mark.slot, mark.number, mark.text)
    worded = worded.model_copy(update={"refined": (*worded.refined, mark)})
    return _with_item(agenda, position, worded)


def put_back(agenda: Agenda, position: int, mark: Refined) -> Agenda:
    """``agenda`` with the draft's words again where the model's stood."""
    item = agenda.items[position] if 0 <= position < len(agenda.items) else None
    if item is None or mark not in item.refined:
        raise BriefError("These words are no longer the model's, so nothing was put back.")
    worded = _worded(item, mark.slot, mark.number, mark.draft)
    return _with_item(agenda, position, unmarked(worded))


def with_words(found: QuestionSet, refined: Sequence[Refined]) -> QuestionSet:
    """``found`` with a model's accepted words where the questions still are the drafts."""
    marks = {mark.draft: mark for mark in refined}
    questions = tuple(
        question.model_copy(update={"text": mark.text, "refined": mark})
        if (mark := marks.get(question.text))
        else question
        for question in found.questions
    )
    return found.model_copy(update={"questions": questions})


def mark_of(found: Refinement) -> Refined | None:
    """The mark for a model's accepted words; ``None`` where the draft stays."""
    if found.text is None or found.provenance is None:
        return None
    return Refined(
        slot=found.place.slot,
        number=found.place.number,
        text=found.text,
        draft=found.draft,
        provenance=found.provenance,
    )


def _worded(item: AgendaItem, slot: Slot, number: int, text: str) -> AgendaItem:
    if slot is Slot.PURPOSE:
        return item.model_copy(update={"purpose": text})
    if slot is Slot.OPENING:
        return item.model_copy(update={"open_with": text})
    questions = tuple(
        text if place == number else question for place, question in enumerate(item.questions)
    )
    return item.model_copy(update={"questions": questions})


def _with_item(agenda: Agenda, position: int, item: AgendaItem) -> Agenda:
    items = (*agenda.items[:position], item, *agenda.items[position + 1 :])
    return agenda.model_copy(update={"items": items})
