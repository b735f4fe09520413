"""Ask a model for single slots of a draft, several at once; the draft is never owned by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from coach.domain.agenda import Agenda, ItemKind
from coach.domain.brief import Brief
from coach.domain.chat import Provenance, Usage
from coach.domain.guidance import Citation
from coach.domain.proposal import MOST_TEXT, Proposal, Refusal, Slot
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Place, Refinement
from coach.ports import ChatModel, Judge, ReplyLog, Screen
from coach.prompts.asking import Ended, each, or_fault, said
from coach.prompts.prompt import Prompt, load_prompt

#: Tokens that the longest slot needs, with room for languages that take more.
_LIMIT = 160
#: Characters of a passage that go with a slot: what it stands on, not the whole card.
_PASSAGE = 1_200


@dataclass(frozen=True)
class _Task:
    place: Place
    prompt: str
    brief: Brief
    draft: str
    citations: tuple[Citation, ...]
    asker: str = ""


class Refiner:
    """Refines agendas and question sets slot by slot. Holds no person's text between calls."""

    def __init__(
        self, model: ChatModel, judge: Judge, screen: Screen, log: ReplyLog, *, parallel: int = 4
    ) -> None:
        self._model = model
        self._judge = judge
        self._screen = screen
        self._log = log
        self._parallel = parallel

    def agenda(self, agenda: Agenda, *, stop: Event | None = None) -> Iterator[Refinement]:
        """What came of each slot, in the order in which the model is done.

        Words to open with come before purposes and questions: they are read first.
        Nothing is raised: a fault stands in the ``Refinement``, and once the model
        cannot be asked at all the rest is left out.
        """
        return self._all(_tasks_of(agenda), stop or Event())

    def questions(self, found: QuestionSet, *, stop: Event | None = None) -> Iterator[Refinement]:
        """The same for the senior mentee's questions."""
        tasks = [
            _Task(
                place=Place(slot=Slot.QUESTION, position=position),
                prompt="refine-question",
                brief=found.brief.model_copy(update={"worry": "", "carried_over": ()}),
                draft=question.text,
                citations=question.citations,
                asker="the senior mentee",
            )
            for position, question in enumerate(found.questions)
        ]
        return self._all(tasks, stop or Event())

    def _all(self, tasks: Sequence[_Task], stop: Event) -> Iterator[Refinement]:
        return each(tasks, self._one, stop, parallel=self._parallel)

    def _one(self, task: _Task, over: Ended) -> Refinement | None:
        return or_fault(lambda: self._refined(task, over), task.place, task.draft, self._log, over)

    def _refined(self, task: _Task, over: Ended) -> Refinement:
        # The library's own passages say "Ask …" and "Say …" on purpose; what people type is theirs.
        if any(self._screen.is_instruction(text) for text in _typed(task.brief) if text):
            self._log.record(task.place.slot.value, Refusal.SCREENED.value, None)
            return Refinement(place=task.place, draft=task.draft, refusal=Refusal.SCREENED)
        prompt = load_prompt(task.prompt)
        messages = prompt.messages(_values(task, _passage_of(task.citations)))
        text, usage = said(self._model, messages, limit=_LIMIT, keep=task.draft, stop=over)
        return self._judged(task, text, prompt, usage)

    def _judged(self, task: _Task, text: str, prompt: Prompt, usage: Usage) -> Refinement:
        slot = task.place.slot.value
        came_from = Provenance(
            prompt=prompt.name,
            prompt_hash=prompt.content_hash,
            model=self._model.name,
            passages=tuple(cited.passage_id for cited in task.citations),
            usage=usage,
        )
        if " ".join(text.split()) == " ".join(task.draft.split()):
            self._log.record(slot, Refusal.UNCHANGED.value, came_from)
            return Refinement(place=task.place, draft=task.draft, refusal=Refusal.UNCHANGED)
        verdict = self._judge.verify(
            Proposal(
                slot=task.place.slot,
                brief=task.brief,
                passages=tuple(cited.passage for cited in task.citations),
                draft=task.draft,
                text=text[:MOST_TEXT],
            )
        )
        outcome = "accepted" if verdict.reason is None else verdict.reason.value
        self._log.record(slot, outcome, came_from)
        return Refinement(
            place=task.place,
            draft=task.draft,
            text=text if verdict.accepted else None,
            refusal=verdict.reason,
            detail=verdict.detail,
            provenance=came_from,
        )


def _tasks_of(agenda: Agenda) -> list[_Task]:
    tasks = []
    for position, item in enumerate(agenda.items):
        for slot, draft in (
            (Slot.OPENING, item.open_with),
            (Slot.PURPOSE, item.purpose),
            *((Slot.QUESTION, question) for question in item.questions[:1]),
        ):
            tasks.append(
                _Task(
                    place=Place(slot=slot, position=position),
                    prompt=f"refine-{slot.value}",
                    brief=_for_item(agenda.brief, item.kind),
                    draft=draft,
                    citations=item.citations,
                    asker="the junior mentor" if slot is Slot.QUESTION else "",
                )
            )
    # Stable: within a slot the session's order stays.
    order = [Slot.OPENING, Slot.PURPOSE, Slot.QUESTION]
    return sorted(tasks, key=lambda task: order.index(task.place.slot))


def _for_item(brief: Brief, kind: ItemKind) -> Brief:
    # A worry is for the mentor's eyes, and the agenda is shared: no model may weave it in. What
    # was promised belongs to the part that asks after it.
    carried = brief.carried_over if kind is ItemKind.CARRY_OVER else ()
    return brief.model_copy(update={"worry": "", "carried_over": carried})


def _values(task: _Task, passage: str) -> dict[str, str]:
    brief = task.brief
    values = {
        "topic": "; ".join((brief.topic, *brief.carried_over)),
        "mentor_role": brief.mentor_role or "junior colleague",
        "mentee_role": brief.mentee_role or "senior leader",
        "session": f"{brief.session} of {brief.planned_sessions}",
        "setting": brief.setting.value,
        "passage": passage,
        "draft": task.draft,
    }
    return values | ({"asker": task.asker} if task.place.slot is Slot.QUESTION else {})


def _typed(brief: Brief) -> tuple[str, ...]:
    return (brief.topic, brief.mentor_role, brief.mentee_role, *brief.carried_over)


def _passage_of(citations: Sequence[Citation]) -> str:
    first = citations[0].passage
    return first if len(first) <= _PASSAGE else f"{first[:_PASSAGE].rsplit(' ', 1)[0]} …"
