"""A language model that never learns a name."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from enum import Enum
from threading import Event
from typing import Any

from pydantic import ValidationError

from coach.domain.chat import Message, Part, Usage
from coach.errors import ModelReplyError
from coach.ports import ChatModel, IdentifierFinder, Schema
from coach.privacy.placeholders import Placeholders
from coach.privacy.restoring import Restorer


class ShieldedChat:
    """``inner``, which gets placeholders for the names in every part that is data.

    The other parts are the coach's own words and go as they are. Numbers begin anew with each
    request, in the order of its names, so nothing is kept between requests. Beside what ``inner``
    raises, both methods raise ``IdentifierError`` before anything is sent if names cannot be
    looked for, and ``ModelReplyError`` for a reply that invents or drops a placeholder.
    """

    def __init__(
        self, inner: ChatModel, finder: IdentifierFinder, participants: Collection[str] = ()
    ) -> None:
        self._inner = inner
        self._finder = finder
        self._participants = tuple(participants)

    @property
    def name(self) -> str:
        """The inner model's."""
        return self._inner.name

    def stream(
        self, messages: Sequence[Message], *, limit: int, keep: str = "", stop: Event | None = None
    ) -> Generator[str, None, Usage]:
        """See ``ChatModel.stream``. A fault is raised as soon as it can be told."""
        placeholders = Placeholders(self._finder, self._participants)
        hidden = _hidden(messages, placeholders)
        kept = placeholders.hide(keep)
        restorer = Restorer(placeholders)
        pieces = self._inner.stream(hidden, limit=limit, keep=kept, stop=stop)
        try:
            while True:
                try:
                    piece = next(pieces)
                except StopIteration as ended:
                    usage: Usage = ended.value
                    break
                if shown := restorer.feed(piece):
                    yield shown
        finally:
            # A refused reply is not read to its end.
            pieces.close()
        if rest := restorer.end():
            yield rest
        if missing := placeholders.missing(kept, restorer.seen):
            raise ModelReplyError(
                f"The model dropped the placeholder {', '.join(missing[:3])}, which stands for a "
                "name that its reply must hold, so the reply is not used. Try again, or use "
                "another model."
            )
        return usage

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """See ``ChatModel.structured``. Every string of the reply is restored, however deep."""
        placeholders = Placeholders(self._finder, self._participants)
        reply, usage = self._inner.structured(
            _hidden(messages, placeholders), schema, limit=limit, stop=stop
        )
        restored = _restored(reply.model_dump(round_trip=True), placeholders)
        try:
            return schema.model_validate(restored, by_alias=False, by_name=True), usage
        except ValidationError as error:
            raise ModelReplyError(
                "The model's reply does not have the asked form once the names are back in it "
                f"({error.error_count()} faults), so it is not used. Try again."
            ) from error


def _hidden(messages: Sequence[Message], placeholders: Placeholders) -> list[Message]:
    return [
        message.model_copy(
            update={"parts": tuple(_hidden_part(part, placeholders) for part in message.parts)}
        )
        for message in messages
    ]


def _hidden_part(part: Part, placeholders: Placeholders) -> Part:
    if not part.is_data:
        return part
    return part.model_copy(update={"text": placeholders.hide(part.text)})


def _restored(value: Any, placeholders: Placeholders) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return placeholders.restore(value)
    if isinstance(value, dict):
        return {
            _restored(key, placeholders): _restored(item, placeholders)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_restored(item, placeholders) for item in value)
    return value
