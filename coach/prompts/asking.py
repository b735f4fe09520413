"""Ask a model for single slots of a draft, several at once, until it cannot be asked at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event, Lock
from typing import TypeVar

from coach.domain.chat import Message, Usage
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
from coach.ports import ChatModel, ReplyLog

Task = TypeVar("Task")
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


class Ended(Event):
    """Set by a person's ``stop`` too: either ends what is under way."""

    def __init__(self, stop: Event) -> None:
        super().__init__()
        self._stop = stop
        self._setting = Lock()

    def is_set(self) -> bool:
        """Whether it is over, for whichever reason."""
        return super().is_set() or self._stop.is_set()

    def set_first(self) -> bool:
        """Set it; whether it was not set before. Of several at once, one is the first."""
        with self._setting:
            first = not self.is_set()
            self.set()
        return first


def each(
    tasks: Sequence[Task],
    refine: Callable[[Task, Ended], Refinement | None],
    stop: Event,
    *,
    parallel: int,
) -> Iterator[Refinement]:
    """What ``refine`` makes of each task, in the order in which they are done."""
    over = Ended(stop)
    pool = ThreadPoolExecutor(parallel, thread_name_prefix="refine")
    try:
        asked: list[Future[Refinement | None]] = [pool.submit(refine, task, over) for task in tasks]
        for done in as_completed(asked):
            found = done.result()
            if found is not None:
                yield found
    finally:
        # Whoever stops listening also stops the asking.
        over.set()
        pool.shutdown(wait=False, cancel_futures=True)


def or_fault(
    refine: Callable[[], Refinement], place: Place, draft: str, log: ReplyLog, over: Ended
) -> Refinement | None:
    """What ``refine`` finds, or the error that stood in its way; ``None`` once all is over."""
    if over.is_set():
        return None
    try:
        return refine()
    except CoachError as error:
        is_over = isinstance(error, _HOPELESS)
        first = over.set_first() if is_over else True
        log.record(place.slot.value, type(error).__name__, None)
        # What a person ended is no fault to tell them of, and one fault is told once.
        if isinstance(error, ModelStoppedError) or (is_over and not first):
            return None
        return Refinement(place=place, draft=draft, error=str(error), is_over=is_over)


def said(
    model: ChatModel, messages: Sequence[Message], *, limit: int, keep: str, stop: Event
) -> tuple[str, Usage]:
    """The whole of a reply without what the model thought aloud first, and what it took."""
    pieces: list[str] = []
    replies = model.stream(messages, limit=limit, keep=keep, stop=stop)
    try:
        while True:
            pieces.append(next(replies))
    except StopIteration as end:
        usage: Usage = end.value
    # Half a character, which JSON can bring, has no place in a text of ours.
    whole = "".join(pieces).encode(errors="replace").decode()
    return _THOUGHT.sub("", whole).strip(), usage
