"""Any OpenAI-compatible chat endpoint: OpenAI, Azure OpenAI, vLLM, Ollama, llama.cpp."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from coach.adapters.chat.dialect import Dialect
from coach.adapters.chat.drawing import drawn
from coach.adapters.chat.faults import STOPPED, asked_to_wait, host_of, may_pass, translated
from coach.adapters.chat.reply import Reply
from coach.adapters.chat.wire import http_client, patience, unused_client
from coach.domain.chat import Message, Part, Speaker, Usage
from coach.errors import ModelError, ModelReplyError, ModelStoppedError, ModelTimeoutError
from coach.ports import Schema

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_openai import ChatOpenAI
    from tenacity import RetryCallState, Retrying

Item = TypeVar("Item")

#: Seconds between two pieces of a reply, and for a whole reply.
_BETWEEN, _WHOLE = 45.0, 120.0
#: How often a request that failed before its first word is sent, and the seconds between.
_ATTEMPTS, _FIRST_WAIT, _LONGEST_WAIT = 3, 0.5, 8.0
#: Bytes of a reply: what a token needs with all that servers wrap it in, and a margin.
_BYTES_A_TOKEN, _BYTES_AT_LEAST = 4_096, 262_144
#: A list of models may be long: a service that passes requests on knows hundreds.
_BYTES_OF_A_LIST = 4_194_304
#: Two threads that load the same library at once can find it half made.
_loading = Lock()


class EndpointChat:
    """A chat model behind an OpenAI-compatible endpoint, through LangChain's client.

    Safe to share between threads. Requests that fail before the first word are tried again with
    growing pauses, at most twice; options that the endpoint refuses are left out from then on.
    ``whole`` and ``between`` are seconds for a reply, and between two of its pieces.

    Raises:
        ModelError: each kind for its cause; see ``coach.adapters.chat.faults``. Its ``spent``
            says what the failed reply cost.
    """

    def __init__(  # noqa: PLR0913 - an endpoint's address and its patience
        self,
        base_url: str,
        model: str,
        api_key: str | None = None,
        *,
        temperature: float | None = None,
        whole: float = _WHOLE,
        between: float = _BETWEEN,
    ) -> None:
        self._base_url = base_url
        self._model = model
        self._api_key = api_key
        self._dialect = Dialect(base_url, temperature)
        self._whole = whole
        self._between = between

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model

    @property
    def host(self) -> str:
        """The endpoint's host and port."""
        return host_of(self._base_url)

    @property
    def left_out(self) -> frozenset[str]:
        """The options of a request that the endpoint turned out to refuse, by their name."""
        return self._dialect.left_out

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limit: int,
        keep: str = "",  # noqa: ARG002 - for those that hide names on the way
        stop: Event | None = None,
    ) -> Generator[str, None, Usage]:
        """The reply piece by piece; see ``ChatModel.stream``."""
        return self._reply(messages, limit, stop or Event())

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """The reply as ``schema``; see ``ChatModel.structured``.

        It is streamed too, so that the deadline, the limit and ``stop`` hold for it.
        """
        pieces: list[str] = []
        replies = self._reply(messages, limit, stop or Event(), schema)
        while True:
            try:
                pieces.append(next(replies))
            except StopIteration as end:
                usage: Usage = end.value
                break
        try:
            return schema.model_validate(_json_in("".join(pieces))), usage
        except (ValueError, RecursionError) as error:
            fault = ModelReplyError(
                f"The model {self._model!r} did not keep to the form that was asked of it."
            )
            fault.spent = (usage.prompt_tokens, usage.reply_tokens)
            raise fault from error

    def models(self, *, stop: Event | None = None) -> tuple[str, ...]:
        """The models that the endpoint lists. Raises ``ModelError``."""

        async def listed() -> AsyncGenerator[str, None]:
            async with self._http(_BYTES_OF_A_LIST) as http:
                client = self._langchain(http, {}).root_async_client
                async for model in client.models.list():
                    yield str(model.id)

        return tuple(self._drawn(listed, stop or Event(), time.monotonic() + self._between))

    def _reply(
        self,
        messages: Sequence[Message],
        limit: int,
        stop: Event,
        schema: type[BaseModel] | None = None,
    ) -> Generator[str, None, Usage]:
        if stop.is_set():
            raise ModelStoppedError(STOPPED)
        reply = Reply(self._model, self.host, messages, limit)
        until = time.monotonic() + self._whole
        try:
            first, chunks = self._begun(messages, limit, stop, schema, until)
            try:
                chunk: AIMessageChunk | None = first
                while chunk is not None:
                    if text := reply.take(chunk):
                        yield text
                    chunk = next(chunks, None)
            finally:
                chunks.close()
            if text := reply.rest():
                yield text
            return reply.ended()
        except ModelError as error:
            # A server that was still at it has read the prompt, and will be paid for that.
            if reply.begun or isinstance(error, ModelTimeoutError | ModelStoppedError):
                error.spent = reply.spent
            raise

    def _begun(
        self,
        messages: Sequence[Message],
        limit: int,
        stop: Event,
        schema: type[BaseModel] | None,
        until: float,
    ) -> tuple[AIMessageChunk | None, Generator[AIMessageChunk, None, None]]:
        """The first piece of a reply, and the rest: up to here a request can be sent again."""
        without: frozenset[str] = frozenset()
        while True:
            options = self._dialect.options(limit, schema, without)
            asked = messages if "response_format" in options else _with_form(messages, schema)
            try:
                for attempt in self._retrying(stop):
                    with attempt:
                        chunks = self._chunks(asked, limit, options, stop, until)
                        first = next(chunks, None)
                        self._dialect.learn(without)
                        return first, chunks
            except ModelError as error:
                more = self._dialect.refused(error.__cause__, options)
                if not more:
                    raise
                without |= more

    def _chunks(
        self,
        messages: Sequence[Message],
        limit: int,
        options: dict[str, Any],
        stop: Event,
        until: float,
    ) -> Generator[AIMessageChunk, None, None]:
        async def answered() -> AsyncGenerator[AIMessageChunk, None]:
            from langsmith.run_helpers import tracing_context

            # An environment may tell LangChain to report every prompt to a tracing service.
            with tracing_context(enabled=False):
                async with self._http(_BYTES_AT_LEAST + limit * _BYTES_A_TOKEN) as http:
                    asked = [_as_langchain(message) for message in messages]
                    async for chunk in self._langchain(http, options).astream(asked):
                        yield chunk

        return self._drawn(answered, stop, until)

    def _drawn(
        self, source: Callable[[], AsyncGenerator[Item, None]], stop: Event, until: float
    ) -> Generator[Item, None, None]:
        try:
            yield from drawn(source, stop=stop, until=until)
        except Exception as error:
            fault = translated(error, host=self.host, model=self._model)
            if fault is error:
                raise
            raise fault from error

    def _http(self, most: int) -> Any:
        with _loading:
            return http_client(self._base_url, self._api_key, most=most)

    def _langchain(self, http: Any, options: dict[str, Any]) -> ChatOpenAI:
        with _loading:
            from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        body = {name: value for name, value in options.items() if name != "stream_options"}
        return ChatOpenAI(
            model_name=self._model,
            openai_api_base=self._base_url,
            # Local servers need no key, but the client insists on one; none is sent.
            openai_api_key=SecretStr(self._api_key or "none"),
            # Sent as they stand: LangChain would rename some, and read a form in its own way.
            extra_body=body or None,
            stream_usage="stream_options" in options,
            max_retries=0,
            # Without it the client would wait for ever, whatever its HTTP client says.
            request_timeout=patience(self._between),
            http_async_client=http,
            http_client=unused_client(),
            # OPENAI_PROXY is another program's setting, and would clash with our client.
            openai_proxy=None,
            http_socket_options=(),
            stream_chunk_timeout=None,
            use_responses_api=False,
        )

    def _retrying(self, stop: Event) -> Retrying:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt
        from tenacity.nap import sleep_using_event
        from tenacity.wait import wait_exponential, wait_random

        # A little by chance, lest slots that were refused together come back together.
        growing = wait_exponential(_FIRST_WAIT, _LONGEST_WAIT) + wait_random(0, _FIRST_WAIT)

        def pause(state: RetryCallState) -> float:
            fault = state.outcome.exception() if state.outcome else None
            return max(growing(state), asked_to_wait(fault))

        return Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=pause,
            # Who is asked to come back in minutes has a draft to go on with.
            retry=retry_if_exception(
                lambda error: may_pass(error) and asked_to_wait(error) <= _LONGEST_WAIT
            ),
            sleep=sleep_using_event(stop),
            reraise=True,
        )


def _with_form(messages: Sequence[Message], schema: type[BaseModel] | None) -> Sequence[Message]:
    """The messages, and the form in words, for an endpoint that knows no other way."""
    if schema is None:
        return messages
    form = json.dumps(schema.model_json_schema())
    said = Part(text=f"\n\nAnswer with nothing but JSON that fits this JSON Schema:\n{form}")
    last = messages[-1]
    return (*messages[:-1], last.model_copy(update={"parts": (*last.parts, said)}))


def _as_langchain(message: Message) -> BaseMessage:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds: dict[Speaker, type[BaseMessage]] = {
        Speaker.SYSTEM: SystemMessage,
        Speaker.USER: HumanMessage,
        Speaker.ASSISTANT: AIMessage,
    }
    return kinds[message.speaker](content=message.text)


def _json_in(text: str) -> Any:
    """The JSON of a reply; many models put a fence or a sentence round it."""
    try:
        return json.loads(text)
    except ValueError:
        return json.loads(text[text.find("{") : text.rfind("}") + 1])
