"""A model's accepted words in a draft: taken, marked, put back; a person's own words stay."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.agenda import Agenda
from coach.domain.brief import Brief
from coach.domain.chat import Provenance, Usage
from coach.domain.proposal import Refusal, Slot
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Place, Refinement
from coach.errors import BriefError
from coach.prepare.compose import Composer
from coach.prepare.edit import move, remove, reword, set_minutes
from coach.prepare.questions import QuestionWriter
from coach.prepare.refined import mark_of, put_back, take, with_words

_FROM = Provenance(
    prompt="refine-opening",
    prompt_hash="0" * 12,
    model="m",
    passages=("a#b",),
    usage=Usage(prompt_tokens=1, reply_tokens=1, milliseconds=1),
)
_NEW = "Where shall we start with chat?"


@pytest.fixture
def agenda(composer: Composer) -> Agenda:
    return composer.agenda(Brief(topic="team chat", minutes=45, session=2))


@pytest.fixture
def questions(question_writer: QuestionWriter) -> QuestionSet:
    return question_writer.questions(Brief(topic="team chat"))


def accepted(agenda: Agenda, slot: Slot = Slot.OPENING, position: int = 0) -> Refinement:
    """New words for a slot of ``agenda``."""
    item = agenda.items[position]
    draft = {
        Slot.OPENING: item.open_with,
        Slot.PURPOSE: item.purpose,
        Slot.QUESTION: next(iter(item.questions), ""),
    }[slot]
    place = Place(slot=slot, position=position)
    return Refinement(place=place, draft=draft, text=_NEW, provenance=_FROM)


def asking(agenda: Agenda) -> int:
    """The first part with several questions."""
    return next(row for row, item in enumerate(agenda.items) if len(item.questions) > 1)


@pytest.mark.parametrize("slot", [Slot.OPENING, Slot.PURPOSE, Slot.QUESTION])
def test_accepted_words_stand_in_their_slot_with_a_mark_and_nowhere_else(
    agenda: Agenda, slot: Slot
) -> None:
    position = asking(agenda)
    new = accepted(agenda, slot, position)

    taken = take(agenda, new)

    before, after = agenda.items[position], taken.items[position]
    worded: dict[Slot, dict[str, Any]] = {
        Slot.OPENING: {"open_with": _NEW},
        Slot.PURPOSE: {"purpose": _NEW},
        Slot.QUESTION: {"questions": (_NEW, *before.questions[1:])},
    }
    assert before.model_copy(update={**worded[slot], "refined": (mark_of(new),)}) == after
    others = [row for row in range(len(agenda.items)) if row != position]
    assert [agenda.items[row] for row in others] == [taken.items[row] for row in others]


def test_the_drafts_words_can_be_put_back(agenda: Agenda) -> None:
    position = asking(agenda)
    taken = agenda
    for slot in (Slot.OPENING, Slot.PURPOSE, Slot.QUESTION):
        taken = take(taken, accepted(agenda, slot, position))
    marks = taken.items[position].refined
    assert 3 == len(marks)

    for mark in marks:
        taken = put_back(taken, position, mark)

    assert agenda == taken


@pytest.mark.parametrize(
    "kept", [{"refusal": Refusal.NUMBER}, {"error": "It broke off."}, {"provenance": None}]
)
def test_what_was_not_accepted_changes_nothing(agenda: Agenda, kept: dict[str, Any]) -> None:
    text = _NEW if "provenance" in kept else None
    found = accepted(agenda).model_copy(update={"text": text, **kept})

    assert agenda == take(agenda, found)
    assert mark_of(found) is None


def test_what_a_person_wrote_meanwhile_stays(agenda: Agenda) -> None:
    edited = reword(agenda, 0, open_with="My very own words")

    assert edited == take(edited, accepted(agenda))


def test_other_edits_made_meanwhile_stay_beside_the_new_words(agenda: Agenda) -> None:
    edited = set_minutes(reword(agenda, 0, title="Tea first"), 1, 12)

    taken = take(edited, accepted(agenda))

    assert ("Tea first", _NEW) == (taken.items[0].title, taken.items[0].open_with)
    assert [item.minutes for item in edited.items] == [item.minutes for item in taken.items]


def test_a_part_that_was_moved_meanwhile_is_found_again(agenda: Agenda) -> None:
    moved = move(agenda, 0, 2)

    taken = take(moved, accepted(agenda))

    assert _NEW == taken.items[2].open_with
    assert moved.items[0] == taken.items[0]


def test_words_for_a_part_that_was_removed_go_nowhere(agenda: Agenda) -> None:
    without = remove(agenda, 0)

    assert without == take(without, accepted(agenda))


def test_of_two_parts_with_the_same_words_the_one_asked_for_gets_the_new_ones(
    agenda: Agenda,
) -> None:
    twice = reword(agenda, 2, open_with=agenda.items[0].open_with)

    taken = take(twice, accepted(twice, position=2))

    assert twice.items[0] == taken.items[0]
    assert _NEW == taken.items[2].open_with


def test_a_mark_goes_when_a_person_rewords_the_slot_and_only_then(agenda: Agenda) -> None:
    taken = take(take(agenda, accepted(agenda)), accepted(agenda, Slot.PURPOSE))

    retitled = reword(taken, 0, title="Tea first")
    reworded = reword(taken, 0, open_with="My very own words")

    assert taken.items[0].refined == retitled.items[0].refined
    assert [Slot.PURPOSE] == [mark.slot for mark in reworded.items[0].refined]


def test_words_that_are_no_longer_the_models_are_not_put_back(agenda: Agenda) -> None:
    taken = take(agenda, accepted(agenda))
    mark = taken.items[0].refined[0]
    reworded = reword(taken, 0, open_with="My very own words")

    with pytest.raises(BriefError, match="no longer the model's"):
        put_back(reworded, 0, mark)
    with pytest.raises(BriefError, match="no longer the model's"):
        put_back(taken, len(taken.items), mark)


def test_questions_take_their_new_words_and_keep_all_else(questions: QuestionSet) -> None:
    drafts = [question.text for question in questions.questions]
    place = Place(slot=Slot.QUESTION, position=1)
    mark = mark_of(Refinement(place=place, draft=drafts[1], text=_NEW, provenance=_FROM))
    assert mark

    worded = with_words(questions, [mark])

    assert [drafts[0], _NEW, *drafts[2:]] == [question.text for question in worded.questions]
    before, after = questions.questions[1], worded.questions[1]
    assert before.model_copy(update={"text": _NEW, "refined": mark}) == after


def test_words_for_a_question_that_is_asked_no_more_go_nowhere(questions: QuestionSet) -> None:
    place = Place(slot=Slot.QUESTION, position=0)
    mark = mark_of(Refinement(place=place, draft="Another?", text=_NEW, provenance=_FROM))
    assert mark

    assert questions == with_words(questions, [mark])
