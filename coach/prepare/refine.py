"""Ask a model for single slots of a draft, several at once; the draft is never owned by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from threading import Event, Lock

from coach.domain.agenda import Agenda, ItemKind
from coach.domain.brief import Brief
from coach.domain.chat import Message, Provenance, Usage
from coach.domain.guidance import Citation
from coach.domain.proposal import MOST_TEXT, Proposal, Refusal, Slot
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Place, Refinement
from coach.errors import (
    BudgetError,
    CoachError,
    EmbedderError,
    IdentifierError,
    ModelKeyError,
    ModelMissingError,
    ModelStoppedError,
    ModelUnreachableError,
)
from coach.ports import ChatModel, Judge, ReplyLog, Screen
from coach.prompts.prompt import Prompt, load_prompt

#: Tokens that the longest slot needs, with room for languages that take more.
_LIMIT = 160
#: Characters of a passage that go with a slot: what it stands on, not the whole card.
_PASSAGE = 1_200
#: After these, asking for the next slot would fail in the same way.
_HOPELESS = (
    BudgetError,
    EmbedderError,
    IdentifierError,
    ModelKeyError,
    ModelMissingError,
    ModelStoppedError,
    ModelUnreachableError,
)
_THOUGHT = re.compile(r"^\s*<think>.*?</think>\s*", re.DOTALL)


@dataclass(frozen=True)
class _Task:
    place: Place
    prompt: str
    brief: Brief
    draft: str
    citations: tuple[Citation, ...]
    asker: str = ""


class _Ended(Event):
    """Set by a person's ``stop`` too: either ends what is under way."""

    def __init__(self, stop: Event) -> None:
        super().__init__()
        self._stop = stop
        self._setting = Lock()

    def is_set(self) -> bool:
        return super().is_set() or self._stop.is_set()

    def set_first(self) -> bool:
        """Set it; whether it was not set before. Of several at once, one is the first."""
        with self._setting:
            first = not self.is_set()
            self.set()
        return first


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
        over = _Ended(stop)
        pool = ThreadPoolExecutor(self._parallel, thread_name_prefix="refine")
        try:
            asked: list[Future[Refinement | None]] = [
                pool.submit(self._one, task, over) for task in tasks
            ]
            for done in as_completed(asked):
                found = done.result()
                if found is not None:
                    yield found
        finally:
            # Whoever stops listening also stops the asking.
            over.set()
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, task: _Task, over: _Ended) -> Refinement | None:
        if over.is_set():
            return None
        try:
            return self._refined(task, over)
        except CoachError as error:
            is_over = isinstance(error, _HOPELESS)
            first = over.set_first() if is_over else True
            self._log.record(task.place.slot.value, type(error).__name__, None)
            # What a person ended is no fault to tell them of, and one fault is told once.
            if isinstance(error, ModelStoppedError) or (is_over and not first):
                return None
            return Refinement(place=task.place, draft=task.draft, error=str(error), is_over=is_over)

    def _refined(self, task: _Task, over: _Ended) -> Refinement:
        # The library's own passages say "Ask …" and "Say …" on purpose; what people type is theirs.
        if any(self._screen.is_instruction(text) for text in _typed(task.brief) if text):
            self._log.record(task.place.slot.value, Refusal.SCREENED.value, None)
            return Refinement(place=task.place, draft=task.draft, refusal=Refusal.SCREENED)
        prompt = load_prompt(task.prompt)
        messages = prompt.messages(_values(task, _passage_of(task.citations)))
        text, usage = self._asked(messages, task.draft, over)
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

    def _asked(self, messages: Sequence[Message], draft: str, stop: Event) -> tuple[str, Usage]:
        pieces: list[str] = []
        replies = self._model.stream(messages, limit=_LIMIT, keep=draft, stop=stop)
        try:
            while True:
                pieces.append(next(replies))
        except StopIteration as end:
            usage: Usage = end.value
        # Half a character, which JSON can bring, has no place in a text of ours.
        whole = "".join(pieces).encode(errors="replace").decode()
        return _THOUGHT.sub("", whole).strip(), usage


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
