"""Try out what a model's endpoint can do, with small requests that hold no data of anybody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Literal, Protocol

from pydantic import BaseModel

from coach.adapters.chat.budget import Left
from coach.adapters.chat.endpoint import EndpointChat
from coach.domain.chat import Message, Part, Speaker
from coach.domain.model_report import Check, ModelCheck
from coach.errors import (
    CoachError,
    ModelBusyError,
    ModelError,
    ModelKeyError,
    ModelReplyError,
    ModelTimeoutError,
    ModelUnreachableError,
)
from coach.ports import ChatModel

_COUNT = "Count from one to twenty in words, with commas between them."
_FORM = 'Name one primary colour. Answer in JSON, such as {"colour": "red"}.'
_LIMIT = 96


class _Form(BaseModel):
    """A form that can be kept to in one way only."""

    colour: Literal["red", "yellow", "blue"]


class _Budget(Protocol):
    def left(self, person: str) -> Left: ...


class Probe:
    """Asks an endpoint by way of ``chat``, so that what this costs is counted like all else."""

    def __init__(
        self, endpoint: EndpointChat, chat: ChatModel, budget: _Budget, *, person: str, hidden: bool
    ) -> None:
        self._endpoint = endpoint
        self._chat = chat
        self._budget = budget
        self._person = person
        self._hidden = hidden
        self._speed: float | None = None
        self._answers = False

    def check(self) -> ModelCheck:
        """What works and what does not, in order."""
        checks = tuple(self._checks())
        return ModelCheck(
            model=self._endpoint.name,
            endpoint=self._endpoint.host,
            usable=self._answers,
            tokens_per_second=self._speed,
            checks=checks,
        )

    def _checks(self) -> Iterator[Check]:
        try:
            names: tuple[str, ...] | None = self._endpoint.models()
        except (ModelUnreachableError, ModelTimeoutError) as error:
            yield Check(name="reachable", works=False, says=str(error))
            return
        except (ModelKeyError, ModelBusyError) as error:
            yield self._reachable()
            yield Check(name="model", works=False, says=str(error))
            return
        except ModelError:
            names = None
        yield self._reachable()
        yield self._listed(names)
        yield from self._answered()
        if not self._answers:
            return
        yield self._form()
        yield self._names()
        yield self._left()

    def _reachable(self) -> Check:
        return Check(name="reachable", works=True, says=f"{self._endpoint.host} answers.")

    def _listed(self, names: tuple[str, ...] | None) -> Check:
        model = self._endpoint.name
        if names and model in names:
            return Check(name="model", works=True, says=f"It lists the model {model!r}.")
        if not names:
            return Check(name="model", works=None, says="It does not say which models it has.")
        shown = ", ".join(repr(name[:60]) for name in names[:5])
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        # Azure lists models, and is asked by the names of deployments.
        return Check(
            name="model", works=None, says=f"It does not list {model!r}, but {shown}{more}."
        )

    def _answered(self) -> Iterator[Check]:
        pieces: list[float] = []
        characters = 0
        fault: ModelError | None = None
        started = time.monotonic()
        try:
            for piece in self._chat.stream([_said(_COUNT)], limit=_LIMIT):
                pieces.append(time.monotonic())
                characters += len(piece)
        except ModelReplyError as error:
            # It may well talk on to the end of its limit: that is an answer too.
            fault = error
        except ModelError as error:
            yield Check(name="answers", works=False, says=str(error))
            return
        if not pieces:
            yield Check(name="answers", works=False, says=str(fault or "It says nothing."))
            return
        self._answers = True
        first = pieces[0] - started
        yield Check(name="answers", works=True, says=f"Its first word took {first:.1f} s.")
        if len(pieces) > 1:
            yield Check(
                name="streaming", works=True, says=f"The reply came in {len(pieces)} pieces."
            )
        else:
            yield Check(
                name="streaming",
                works=False,
                says="The reply came in one piece, so words appear only when all are there.",
            )
        taken = pieces[-1] - pieces[0] or time.monotonic() - started
        # A piece is a token with most servers; where it is more, characters tell better.
        self._speed = round(max(len(pieces), characters / 4) / taken, 1) if taken else None
        if self._speed:
            yield Check(name="speed", works=True, says=f"About {self._speed:,} tokens per second.")

    def _form(self) -> Check:
        try:
            self._chat.structured([_said(_FORM)], _Form, limit=_LIMIT)
        except ModelError as error:
            return Check(name="form", works=False, says=f"It does not keep to a form: {error}")
        if "response_format" in self._endpoint.left_out:
            return Check(
                name="form",
                works=True,
                says="It refuses JSON schemas, but kept to one that was put in words.",
            )
        return Check(name="form", works=True, says="It keeps to a JSON schema.")

    def _names(self) -> Check:
        if self._hidden:
            return Check(name="names", works=True, says="Names are hidden from it.")
        return Check(
            name="names",
            works=None,
            says="Names are not hidden from it, because it is on this machine. Set "
            "COACH_LLM_HIDE_NAMES=always if it passes on what it gets.",
        )

    def _left(self) -> Check:
        try:
            left = self._budget.left(self._person)
        except CoachError as error:
            return Check(name="budget", works=False, says=str(error))
        money = "" if left.cost is None else f" and {left.cost:.2f} in money"
        return Check(
            name="budget",
            works=left.tokens > 0,
            says=f"{left.tokens:,} tokens{money} are left today.",
        )


def _said(text: str) -> Message:
    return Message(speaker=Speaker.USER, parts=(Part(text=text),))
