"""A model's answer from the found passages, sentence by sentence verified against them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Event
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from coach.asking.answer import citation_of
from coach.asking.nearness import Nearness
from coach.asking.standing import Standing
from coach.domain.answer import MOST_SENTENCES, Answer, AnswerSentence, RefusedSentence
from coach.domain.brief import MAX_TOPIC, Brief, clean_line
from coach.domain.chat import Provenance, Usage
from coach.domain.guidance import Passage
from coach.domain.proposal import MOST_TEXT, Proposal, Refusal, Slot
from coach.errors import CoachError
from coach.ports import ChatModel, Judge, ReplyLog, Screen
from coach.prompts.prompt import load_prompt

#: Tokens for five sentences and the JSON around them, with room for languages that take more.
_LIMIT = 500
#: Passages that go with a question, and characters of each.
_PASSAGES, _PASSAGE = 4, 1_200
#: What many models write behind a sentence although its passage is named beside it.
_NUMBER = re.compile(r"\s*[\[(](?:passages?\s*)?\d+[\])](?=\s*[.!?]?$)", re.IGNORECASE)
_ACCEPTED = "accepted"
_NO_WORDS = "reverse mentoring"
_NOT_SENT = (
    "What you asked reads like an instruction to a language model, so none was asked. The answer "
    "stands in the library's own words."
)


def _first_few(value: Any) -> Any:
    return value[:MOST_SENTENCES] if isinstance(value, list) else value


class _Written(BaseModel):
    text: str
    passage: int


class WrittenAnswer(BaseModel):
    """What a model is asked for: sentences, and the number of the passage behind each."""

    # A form that is refused for a sixth sentence would cost the five before it.
    sentences: Annotated[
        list[_Written], BeforeValidator(_first_few), Field(max_length=MOST_SENTENCES)
    ]


class Synthesiser:
    """Lets a model answer in its own words, as far as they are verified. Holds no question."""

    def __init__(
        self, model: ChatModel, judge: Judge, screen: Screen, log: ReplyLog, nearness: Nearness
    ) -> None:
        self._model = model
        self._judge = judge
        self._screen = screen
        self._log = log
        self._standing = Standing(nearness)

    def synthesised(self, answer: Answer, *, stop: Event | None = None) -> Answer:
        """``answer`` in the model's words where at least half of them, and one, are accepted.

        Otherwise its sentences stay; ``refused``, ``withheld`` and ``error`` say what became of
        the model's. Nothing of the coach's own errors is raised.
        """
        if not answer.covered or not answer.sentences:
            return answer
        try:
            return self._synthesised(answer, stop or Event())
        except CoachError as error:
            self._log.record(Slot.ANSWER.value, type(error).__name__, None)
            return answer.model_copy(update={"error": str(error)})

    def _synthesised(self, answer: Answer, stop: Event) -> Answer:
        passages = answer.passages[:_PASSAGES]
        harmless = [one for one in passages if not self._screen.is_instruction(one.text)]
        withheld = tuple(one.id for one in passages if one not in harmless)
        answer = answer.model_copy(update={"withheld": withheld})
        if self._screen.is_instruction(answer.question):
            self._log.record(Slot.ANSWER.value, Refusal.SCREENED.value, None)
            return answer.model_copy(update={"error": _NOT_SENT})
        if not harmless:
            self._log.record(Slot.ANSWER.value, Refusal.SCREENED.value, None)
            return answer
        prompt = load_prompt("answer")
        reply, usage = self._model.structured(
            prompt.messages({"question": answer.question, "passages": _numbered(harmless)}),
            WrittenAnswer,
            limit=_LIMIT,
            stop=stop,
        )
        came_from = Provenance(
            prompt=prompt.name,
            prompt_hash=prompt.content_hash,
            model=self._model.name,
            passages=tuple(one.id for one in harmless),
            usage=usage,
        )
        written = _tidy(reply)
        if not written:
            self._log.record(Slot.ANSWER.value, Refusal.EMPTY.value, came_from)
            return answer
        return self._verified(answer, written, harmless, came_from)

    def _verified(
        self,
        answer: Answer,
        written: Sequence[tuple[str, int]],
        passages: Sequence[Passage],
        came_from: Provenance,
    ) -> Answer:
        accepted: list[AnswerSentence] = []
        refused: list[RefusedSentence] = []
        shares = _shared(came_from.usage, len(written))
        for (text, number), usage in zip(written, shares, strict=True):
            passage = passages[number - 1] if 1 <= number <= len(passages) else None
            fault = self._fault(answer.question, text, passage)
            outcome = fault.reason.value if fault else _ACCEPTED
            counted = came_from.model_copy(update={"usage": usage})
            self._log.record(Slot.ANSWER.value, outcome, counted)
            if fault:
                refused.append(fault)
            elif passage:
                accepted.append(
                    AnswerSentence(
                        text=text,
                        citation=citation_of(passage),
                        origin=passage.origin,
                        provenance=came_from,
                    )
                )
        if not accepted or 2 * len(accepted) < len(written):
            return answer.model_copy(update={"refused": tuple(refused)})
        return answer.model_copy(update={"sentences": tuple(accepted), "refused": tuple(refused)})

    def _fault(self, question: str, text: str, passage: Passage | None) -> RefusedSentence | None:
        if passage is None:
            return RefusedSentence(
                text=text,
                passage_id=None,
                reason=Refusal.UNSUPPORTED,
                detail="it names a passage that it was not given",
            )
        verdict = self._judge.verify(
            Proposal(
                slot=Slot.ANSWER,
                brief=_brief(question),
                passages=(passage.text,),
                draft=self._standing.source(text, passage),
                text=text,
            )
        )
        if verdict.accepted:
            fault = self._standing.fault(text, passage, question)
            if fault is None:
                return None
            return RefusedSentence(
                text=text, passage_id=passage.id, reason=fault[0], detail=fault[1]
            )
        return RefusedSentence(
            text=text,
            passage_id=passage.id,
            # A verdict without a reason is a fault of the judge; it is no acceptance.
            reason=verdict.reason or Refusal.UNSUPPORTED,
            detail=verdict.detail,
        )


def _brief(question: str) -> Brief:
    """What was asked, as the subject: from its first letter on, which a subject needs."""
    asked = clean_line(question)
    begin = next((place for place, mark in enumerate(asked) if mark.isalpha()), None)
    return Brief(topic=_NO_WORDS if begin is None else asked[begin : begin + MAX_TOPIC])


def _numbered(passages: Sequence[Passage]) -> str:
    """The passages on one line each: a line break within one could pass for a new number."""
    return "\n".join(
        f"{number}. {_cut(' '.join(passage.text.split()))}"
        for number, passage in enumerate(passages, start=1)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _PASSAGE else f"{text[:_PASSAGE].rsplit(' ', 1)[0]} …"


def _tidy(reply: WrittenAnswer) -> list[tuple[str, int]]:
    """Each sentence once, on one line, without a number behind it."""
    found: dict[str, tuple[str, int]] = {}
    for one in reply.sentences:
        text = _NUMBER.sub("", " ".join(one.text[:MOST_TEXT].split()))
        if text:
            found.setdefault(text.casefold(), (text, one.passage))
    return list(found.values())


def _shared(usage: Usage, count: int) -> list[Usage]:
    """One reply's tokens over its sentences, so that what is counted adds up to it."""
    return [
        Usage(
            prompt_tokens=usage.prompt_tokens // count + (place < usage.prompt_tokens % count),
            reply_tokens=usage.reply_tokens // count + (place < usage.reply_tokens % count),
            milliseconds=usage.milliseconds,
        )
        for place in range(count)
    ]
