"""One reply as it comes in: its words, its limit, and what it took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach.adapters.chat.thinking import AnswerOnly
from coach.domain.chat import Message, Usage
from coach.errors import ModelReplyError

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

#: No tokenizer makes tokens of more characters than this on average; one that sends more
#: than its limit times this has ignored the limit.
_MOST_CHARACTERS = 12
#: A rough count where an endpoint gives none: English has about four characters a token.
_CHARACTERS = 4


class Reply:
    """Takes the chunks of one reply and gives its words.

    Raises:
        ModelReplyError: the reply is too long, empty, filtered away, or broken off.
    """

    def __init__(self, model: str, host: str, messages: Sequence[Message], limit: int) -> None:
        self._model = model
        self._host = host
        self._sent = sum(len(message.text) for message in messages)
        self._limit = limit
        self._started = time.monotonic()
        self._answer = AnswerOnly()
        self._characters = 0
        self._has_words = False
        self._counted: tuple[int, int] | None = None
        self._end = ""
        #: Whether the endpoint has begun to answer.
        self.begun = False

    def take(self, chunk: AIMessageChunk) -> str:
        """The words of this chunk, as far as they are an answer."""
        self.begun = True
        text = _text_of(chunk)
        self._characters += len(text)
        if self._characters > self._limit * _MOST_CHARACTERS:
            raise ModelReplyError(
                f"The model {self._model!r} wrote far more than the {self._limit} tokens that it "
                "was allowed."
            )
        if counted := chunk.usage_metadata:
            self._counted = (max(0, counted["input_tokens"]), max(0, counted["output_tokens"]))
        self._end = str(chunk.response_metadata.get("finish_reason") or self._end)
        return self._words(self._answer.take(text))

    def rest(self) -> str:
        """The words that were held back, at the end."""
        return self._words(self._answer.rest())

    @property
    def spent(self) -> tuple[int, int]:
        """Tokens of the prompt and of the reply so far; estimated until the endpoint counts."""
        return self._counted or (
            -(-self._sent // _CHARACTERS),
            -(-self._characters // _CHARACTERS),
        )

    def ended(self) -> Usage:
        """What the whole reply took, once it has come to its end."""
        if self._end == "length":
            raise ModelReplyError(
                f"The model {self._model!r} was not done after {self._limit} tokens."
            )
        if self._end == "content_filter":
            raise ModelReplyError(f"The endpoint {self._host!r} filtered the reply away.")
        if not self._end:
            raise ModelReplyError(
                f"The language model's endpoint {self._host!r} broke off in the middle of its "
                "reply. Try again."
            )
        if not self._has_words:
            raise ModelReplyError(f"The model {self._model!r} answered with nothing.")
        prompt, reply = self.spent
        return Usage(
            prompt_tokens=prompt,
            reply_tokens=reply,
            milliseconds=round((time.monotonic() - self._started) * 1000),
        )

    def _words(self, text: str) -> str:
        self._has_words = self._has_words or bool(text.strip())
        return text


def _text_of(chunk: AIMessageChunk) -> str:
    # Some endpoints answer in blocks, of which only those of text are words for us.
    content = chunk.content
    if isinstance(content, str):
        return content
    blocks = (
        block if isinstance(block, str) else block.get("text")
        for block in content
        if isinstance(block, str) or block.get("type", "text") == "text"
    )
    return "".join(block for block in blocks if isinstance(block, str))
