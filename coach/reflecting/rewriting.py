"""Ask a model to say sentences of a summary more plainly, and take what is verified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from coach.domain.chat import Provenance
from coach.domain.kept_reflection import KeptSummary
from coach.domain.proposal import Refusal, Slot, Verdict
from coach.domain.refinement import Place, Refinement
from coach.ports import ChatModel, ReplyLog
from coach.prompts.asking import Ended, each, or_fault, said
from coach.prompts.prompt import load_prompt
from coach.reflecting.choosing import REMARK, REMARKS
from coach.reflecting.rewriting_judge import source_of

#: Tokens that the longest sentence needs, with room to spare.
_LIMIT = 120
_PROMPT = "summary-sentence"
#: Characters of a sentence that is sent; a longer one is no sentence to be made plain.
_MOST = 600
#: How a sentence begins that quotes notes.
_QUOTING = tuple(remark.partition("{text}")[0] for remark in (REMARK, REMARKS))


class Judge(Protocol):
    """Says whether a draft may be sent, and whether a reply may stand."""

    def unsent(self, draft: str) -> Refusal | None:
        """Why ``draft`` must not be sent, or ``None``."""
        ...

    def verify(self, draft: str, source: str, text: str) -> Verdict:
        """Whether ``text`` may stand for ``draft``."""
        ...


@dataclass(frozen=True)
class _Task:
    place: Place
    draft: str
    source: str
    is_grave: bool


class SummaryRewriter:
    """Rewrites the sentences of a paragraph, one slot at a time. Holds no text between calls.

    ``grave`` names the lines of a summary that people, and no model, should hear.
    """

    def __init__(
        self,
        model: ChatModel,
        judge: Judge,
        grave: Callable[[KeptSummary], Collection[str]],
        log: ReplyLog,
        *,
        parallel: int = 4,
    ) -> None:
        self._model = model
        self._judge = judge
        self._grave = grave
        self._log = log
        self._parallel = parallel

    def rewritten(self, summary: KeptSummary, *, stop: Event | None = None) -> Iterator[Refinement]:
        """What came of each sentence, by its position, in the order in which they are done.

        Sentences that a person changed, those of a model, and quoted notes are not asked for.
        Nothing is raised for a reply: a fault stands in the ``Refinement``. Raises
        ``EmbedderError`` before anything is sent.
        """
        return each(self._tasks(summary), self._one, stop or Event(), parallel=self._parallel)

    def _tasks(self, summary: KeptSummary) -> Sequence[_Task]:
        grave = self._grave(summary)
        return [
            _Task(
                place=Place(slot=Slot.SUMMARY, position=position),
                draft=one.text,
                source=source_of(summary.texts, one.evidence),
                is_grave=one.id in grave,
            )
            for position, one in enumerate(summary.sentences)
            if not (one.edited or one.by_model or one.text.startswith(_QUOTING))
            and len(one.text) <= _MOST
        ]

    def _one(self, task: _Task, over: Ended) -> Refinement | None:
        return or_fault(lambda: self._asked(task, over), task.place, task.draft, self._log, over)

    def _asked(self, task: _Task, over: Ended) -> Refinement:
        unsent = Refusal.PERSON if task.is_grave else self._judge.unsent(task.draft)
        if unsent is not None:
            self._log.record(Slot.SUMMARY.value, unsent.value, None)
            return Refinement(place=task.place, draft=task.draft, refusal=unsent)
        prompt = load_prompt(_PROMPT)
        messages = prompt.messages({"sentence": task.draft})
        text, usage = said(self._model, messages, limit=_LIMIT, keep=task.draft, stop=over)
        came_from = Provenance(
            prompt=prompt.name,
            prompt_hash=prompt.content_hash,
            model=self._model.name,
            passages=(),
            usage=usage,
        )
        verdict = self._judge.verify(task.draft, task.source, text)
        outcome = "accepted" if verdict.reason is None else verdict.reason.value
        self._log.record(Slot.SUMMARY.value, outcome, came_from)
        return Refinement(
            place=task.place,
            draft=task.draft,
            text=text if verdict.accepted else None,
            refusal=verdict.reason,
            detail=verdict.detail,
            provenance=came_from,
        )
