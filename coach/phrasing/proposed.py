"""Rungs in a model's words, which pass the same checks as the ladder's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Event

from coach.domain.chat import Provenance
from coach.domain.phrasing import Ladder, ProposedRung, RefusedRung, Rung
from coach.domain.proposal import Refusal, Slot
from coach.domain.receiver import ReceiverCard
from coach.errors import CoachError, ModelStoppedError
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.rung_forms import chat_of, email_of
from coach.ports import ChatModel, Grammar, LanguageFinder, ReplyLog, Screen
from coach.prompts.prompt import Prompt, load_prompt
from coach.verification.claims import check_claims
from coach.verification.form import check_form
from coach.verification.language import check_language

#: Tokens of a rung, with room to spare.
_LIMIT = 160
#: Characters of the technique's passage that go with it.
_PASSAGE = 600
_GAP, _GAPS = "____", re.compile(r"_{2,}")
_ACCEPTED, _LADDER = "accepted", "refused by the ladder's checks"


class RungProposer:
    """Asks a model to say each rung more naturally. Holds no message between calls."""

    def __init__(  # noqa: PLR0913, PLR0917 - wired once
        self,
        model: ChatModel,
        ladder: LadderBuilder,
        grammar: Grammar,
        languages: LanguageFinder,
        screen: Screen,
        log: ReplyLog,
    ) -> None:
        self._model = model
        self._ladder = ladder
        self._grammar = grammar
        self._languages = languages
        self._screen = screen
        self._log = log

    def proposed(
        self, ladder: Ladder, card: ReceiverCard | None = None, *, stop: Event | None = None
    ) -> Iterator[ProposedRung]:
        """What came of each rung, in the ladder's order.

        Nothing is raised: a fault stands in the last one, and nothing comes after it.
        """
        stop = stop or Event()
        if ladder.rungs and self._screen.is_instruction(ladder.check.text):
            self._log.record(Slot.RUNG.value, Refusal.SCREENED.value, None)
            yield ProposedRung(level=ladder.rungs[0].level, error=_NOT_SENT)
            return
        for rung in ladder.rungs:
            if stop.is_set():
                return
            try:
                yield self._one(ladder, rung, card, stop)
            except ModelStoppedError:
                return
            except CoachError as error:
                self._log.record(Slot.RUNG.value, type(error).__name__, None)
                yield ProposedRung(level=rung.level, error=str(error))
                return

    def refined(self, ladder: Ladder, card: ReceiverCard | None = None) -> Ladder:
        """``ladder`` with every rung that the model says better; waits for the model."""
        for one in self.proposed(ladder, card):
            if one.rung is not None:
                ladder = with_rung(ladder, one.rung)
            elif one.text:
                refusal = RefusedRung(level=one.level, text=one.text, reason=one.reason)
                ladder = ladder.model_copy(update={"refused": (*ladder.refused, refusal)})
        return ladder

    def _one(
        self, ladder: Ladder, rung: Rung, card: ReceiverCard | None, stop: Event
    ) -> ProposedRung:
        prompt = load_prompt("say-rung")
        text, came_from = self._asked(prompt, ladder, rung, stop)
        if " ".join(text.split()) == " ".join(rung.text.split()):
            self._log.record(Slot.RUNG.value, Refusal.UNCHANGED.value, came_from)
            return ProposedRung(level=rung.level, text=text, reason=Refusal.UNCHANGED.value)
        fault = self._fault(ladder, rung, text)
        if fault is not None:
            self._log.record(Slot.RUNG.value, fault[0].value, came_from)
            return ProposedRung(level=rung.level, text=text, reason=f"{fault[0].value}: {fault[1]}")
        reason, taken = self._ladder.vetted(ladder, rung, text, card)
        self._log.record(Slot.RUNG.value, _LADDER if reason else _ACCEPTED, came_from)
        if taken is None:
            return ProposedRung(level=rung.level, text=text, reason=reason)
        taken = taken.model_copy(update={"provenance": came_from})
        return ProposedRung(level=rung.level, text=text, rung=taken)

    def _fault(self, ladder: Ladder, rung: Rung, text: str) -> tuple[Refusal, str] | None:
        """What a rung shares with all that a model writes: form, language, no claim or promise."""
        known = f"{ladder.check.text} {rung.text}"
        return (
            check_form(Slot.RUNG, text.replace("[…", "").replace("]", ""), known)
            or check_language(text, {"en"}, self._languages)
            or check_claims(
                self._grammar.read(text),
                [self._grammar.read(ladder.check.text), self._grammar.read(rung.text)],
                frozenset(),
            )
        )

    def _asked(
        self, prompt: Prompt, ladder: Ladder, rung: Rung, stop: Event
    ) -> tuple[str, Provenance]:
        messages = prompt.messages(
            {
                "level": rung.level.value,
                "message": ladder.check.text,
                "draft": gapped(rung),
                "passage": rung.citation.passage[:_PASSAGE],
            }
        )
        pieces: list[str] = []
        replies = self._model.stream(messages, limit=_LIMIT, keep=rung.text, stop=stop)
        try:
            while True:
                pieces.append(next(replies))
        except StopIteration as end:
            usage = end.value
        whole = "".join(pieces).encode(errors="replace").decode().strip()
        came_from = Provenance(
            prompt=prompt.name,
            prompt_hash=prompt.content_hash,
            model=self._model.name,
            passages=(rung.citation.passage_id,),
            usage=usage,
        )
        return filled(whole, rung.blanks), came_from


def gapped(rung: Rung) -> str:
    """A rung's text with a plain gap for each blank: square brackets are for hidden names."""
    text = rung.text
    for blank in rung.blanks:
        text = text.replace(blank, _GAP, 1)
    return text


def filled(text: str, blanks: tuple[str, ...]) -> str:
    """``text`` with ``blanks`` in its gaps, in order; as it is where their number differs."""
    gaps = _GAPS.findall(text)
    if len(gaps) != len(blanks):
        return text
    rest = iter(blanks)
    return _GAPS.sub(lambda _: next(rest), text)


def with_rung(ladder: Ladder, rung: Rung) -> Ladder:
    """``ladder`` with ``rung`` in the place of the one of its level."""
    rungs = tuple(rung if one.level is rung.level else one for one in ladder.rungs)
    return ladder.model_copy(
        update={"rungs": rungs, "chat": chat_of(rungs), "email": email_of(rungs)}
    )


_NOT_SENT = (
    "The message reads like an instruction to a language model, so none was asked. The rungs are "
    "the coach's own."
)
