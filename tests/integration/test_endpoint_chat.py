"""The chat adapter against a real HTTP server on loopback that commits every fault."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from queue import Queue
from typing import Any, Literal

import pytest
from chat_server import Answer, Asked, ChatServer, message, piece, refuses, says, sends, usage
from pydantic import BaseModel, ConfigDict

from coach.adapters.chat.endpoint import EndpointChat
from coach.domain.chat import Message, Part, Speaker, Usage
from coach.errors import (
    ModelBusyError,
    ModelError,
    ModelKeyError,
    ModelMissingError,
    ModelReplyError,
    ModelRequestError,
    ModelStoppedError,
    ModelTimeoutError,
    ModelUnreachableError,
)

_MARK = "VENDOR"


class Opening(BaseModel):
    """A small form, such as the coach asks for."""

    model_config = ConfigDict(extra="forbid")

    words: str
    tone: Literal["warm", "plain"] = "plain"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.setattr("coach.adapters.chat.endpoint._FIRST_WAIT", 0.01)
    with ChatServer().running() as running:
        yield running


def told(
    chat: EndpointChat, *, limit: int = 80, stop: threading.Event | None = None
) -> tuple[list[str], Usage]:
    """The pieces of a reply, and what it took."""
    pieces: list[str] = []
    replies = chat.stream([message()], limit=limit, stop=stop)
    while True:
        try:
            pieces.append(next(replies))
        except StopIteration as end:
            return pieces, end.value


def failed(chat: EndpointChat, **more: Any) -> ModelError:
    """The error that a reply ends with."""
    with pytest.raises(ModelError) as caught:
        told(chat, **more)
    return caught.value


# --- a reply ---


def test_a_reply_comes_piece_by_piece_and_says_what_it_took(server: ChatServer) -> None:
    pieces, took = told(EndpointChat(server.url, "m"))

    assert ["Good ", "morning."] == pieces
    assert (11, 7) == (took.prompt_tokens, took.reply_tokens)


def test_a_first_word_is_there_before_the_last_is_written(server: ChatServer) -> None:
    def slow(asked: Asked) -> None:
        asked.begin()
        asked.event(piece("Good "))
        server.released.wait(30)
        asked.event(piece("morning.", end="stop"))

    server.answer = slow
    replies = EndpointChat(server.url, "m").stream([message()], limit=80)

    first = next(replies)
    server.released.set()

    assert "Good " == first
    assert ["morning."] == list(replies)


def test_turns_go_as_who_said_them(server: ChatServer) -> None:
    turns = [
        Message(speaker=Speaker.SYSTEM, parts=(Part(text="Be brief."),)),
        Message(speaker=Speaker.USER, parts=(Part(text="Topic: "), Part(text="AI", is_data=True))),
        Message(speaker=Speaker.ASSISTANT, parts=(Part(text="Fine."),)),
        message("And now?"),
    ]

    "".join(EndpointChat(server.url, "m").stream(turns, limit=80))

    sent = [(turn["role"], turn["content"]) for turn in server.asked[0].body["messages"]]
    assert [
        ("system", "Be brief."),
        ("user", "Topic: AI"),
        ("assistant", "Fine."),
        ("user", "And now?"),
    ] == sent


def test_without_a_count_tokens_are_estimated(server: ChatServer) -> None:
    def uncounted(asked: Asked) -> None:
        asked.begin()
        asked.event(piece("x" * 40, end="stop"))
        asked.event("[DONE]")

    server.answer = uncounted

    _, took = told(EndpointChat(server.url, "m"))

    assert (8, 10) == (took.prompt_tokens, took.reply_tokens)


@pytest.mark.parametrize(
    "pieces",
    [
        ["<think>Let me see. </think>\n\n", "Good ", "morning."],
        ["<th", "ink>a < b</t", "hink>", "\n", "\nGood ", "morning."],
        ["\n<think></think>Good ", "morning."],
        ["Good ", "morning."],
        ["<", "b> Good morning."],
    ],
)
def test_what_a_model_thinks_aloud_is_left_out(pieces: list[str], server: ChatServer) -> None:
    server.answer = says(*pieces)
    expected = "<b> Good morning." if pieces[0] == "<" else "Good morning."

    found, _ = told(EndpointChat(server.url, "m"))

    assert expected == "".join(found)


def test_what_a_model_thinks_beside_its_answer_is_left_out(server: ChatServer) -> None:
    def thinks(asked: Asked) -> None:
        asked.begin()
        asked.event(piece(reasoning_content="He asks for a greeting."))
        asked.event(piece(reasoning="Which one?"))
        asked.event(piece("Good morning.", end="stop"))

    server.answer = thinks

    assert ["Good morning."] == told(EndpointChat(server.url, "m"))[0]


# LangChain reads a reply by pydantic, which warns where it holds blocks for words.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning")
def test_blocks_that_are_not_text_are_left_out(server: ChatServer) -> None:
    def blocks(asked: Asked) -> None:
        asked.begin()
        content = [{"type": "thinking", "text": "hm"}, {"type": "text", "text": "Good morning."}]
        asked.event({**piece(), "choices": [{"index": 0, "delta": {"content": content}}]})
        asked.event(piece(end="stop"))

    server.answer = blocks

    assert ["Good morning."] == told(EndpointChat(server.url, "m"))[0]


def test_eight_threads_get_eight_replies(server: ChatServer) -> None:
    server.answer = lambda asked: says(asked.body["messages"][0]["content"])(asked)
    chat = EndpointChat(server.url, "m")
    found: Queue[tuple[str, str]] = Queue()

    def ask(text: str) -> None:
        found.put((text, "".join(chat.stream([message(text)], limit=80))))

    threads = [threading.Thread(target=ask, args=(f"text {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    replies = sorted(found.get_nowait() for _ in threads)
    assert [(f"text {number}", f"text {number}") for number in range(8)] == replies


# --- what leaves, and to whom ---


def test_nothing_but_the_request_and_the_key_is_sent(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their variables are for other programs, and for another service."""
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "private")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Private: private\nAuthorization: private")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_PROXY", "http://127.0.0.1:9")

    told(EndpointChat(server.url, "m", "key"))
    told(EndpointChat(server.url, "m"))

    first, second = server.asked
    assert "Bearer key" == first.headers.pop("authorization")
    assert {"host", "accept", "accept-encoding", "user-agent"} < set(first.headers)
    assert set(first.headers) <= {
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "user-agent",
    }
    assert "authorization" not in second.headers
    assert "private" not in f"{first.headers} {first.body} {second.headers} {second.body}"
    assert {"model", "messages", "stream", "stream_options", "max_tokens"} | {
        "max_completion_tokens"
    } == set(first.body)


def test_a_name_and_a_password_in_the_address_are_used_and_never_shown(
    server: ChatServer,
) -> None:
    server.answer = refuses(404)
    address = server.url.replace("http://", "http://ann:pass@")

    error = failed(EndpointChat(address, "m"))

    assert server.asked[0].headers["authorization"].startswith("Basic ")
    assert "pass" not in str(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int, server: ChatServer) -> None:
    with ChatServer().running() as other:
        server.answer = sends(status, b"", Location=f"{other.url}/chat/completions")

        error = failed(EndpointChat(server.url, "m", "key"))

        assert ModelRequestError is type(error)
        assert "another address" in str(error)
        assert [] == other.asked


def test_a_proxy_is_not_asked_for_this_machine(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ChatServer().running() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)

        told(EndpointChat(server.url, "m"))

        assert [] == proxy.asked
        assert 1 == len(server.asked)


def test_a_proxy_is_asked_for_other_machines(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counterpart: a company's proxy may be the only way out."""
    monkeypatch.setenv("HTTP_PROXY", f"http://{server.host}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    pieces, _ = told(EndpointChat("http://models.example/v1", "m"))

    assert ["Good ", "morning."] == pieces
    assert "http://models.example/v1/chat/completions" == server.asked[0].path


# --- faults before the first word ---

_REFUSALS: dict[str, tuple[Answer, type[ModelError]]] = {
    "400": (refuses(400), ModelRequestError),
    "401": (refuses(401, "invalid_api_key"), ModelKeyError),
    "402": (refuses(402), ModelBusyError),
    "403": (refuses(403), ModelKeyError),
    "404": (refuses(404, "model_not_found"), ModelMissingError),
    "405": (refuses(405), ModelMissingError),
    "409": (refuses(409), ModelRequestError),
    "413": (refuses(413), ModelRequestError),
    "422": (refuses(422), ModelRequestError),
    "429": (refuses(429), ModelBusyError),
    "500": (refuses(500), ModelBusyError),
    "503": (refuses(503), ModelBusyError),
    "an error that is no JSON": (sends(500, b"\xff VENDOR", "text/plain"), ModelBusyError),
    "a web page": (sends(200, b"<html>VENDOR</html>", "text/html"), ModelReplyError),
    "another JSON": (sends(200, {"hello": _MARK}), ModelReplyError),
    "events of another kind": (sends(200, b'data: {"hello": 1}\n\n'), ModelReplyError),
    "events that are no JSON": (sends(200, b"data: VENDOR\n\n"), ModelReplyError),
    "a list": (sends(200, b"data: [1, 2]\n\n"), ModelReplyError),
    "null": (sends(200, b"data: null\n\n"), ModelReplyError),
    "too deep": (sends(200, b"data: " + b"[" * 99_999 + b"\n\n"), ModelReplyError),
    "nothing": (sends(200, b"", "text/event-stream"), ModelReplyError),
    "only the end": (sends(200, b"data: [DONE]\n\n", "text/event-stream"), ModelReplyError),
    "invalid UTF-8": (
        sends(200, b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n'),
        ModelReplyError,
    ),
    "an empty reply": (says(), ModelReplyError),
    "blanks": (says("  ", "\n"), ModelReplyError),
    "thinking alone": (says("<think>hm, hm"), ModelReplyError),
    "a filtered reply": (says(end="content_filter"), ModelReplyError),
}


@pytest.mark.parametrize("fault", _REFUSALS)
def test_every_fault_is_an_error_for_people(fault: str, server: ChatServer) -> None:
    server.answer, expected = _REFUSALS[fault]

    error = failed(EndpointChat(server.url, "m", "key"))

    assert expected is type(error)
    assert server.host in str(error) or "'m'" in str(error)
    assert _MARK not in str(error)


def test_a_packed_reply_is_refused_before_it_is_unpacked(server: ChatServer) -> None:
    server.answer = sends(200, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")

    assert "packs its replies" in str(failed(EndpointChat(server.url, "m")))


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/v1", "http://[::1]:9/v1", "ftp://models.example/v1", "nothing"]
)
def test_an_endpoint_that_is_not_there_says_which_setting_to_check(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.adapters.chat.endpoint._FIRST_WAIT", 0.01)

    error = failed(EndpointChat(address, "m"))

    assert isinstance(error, ModelUnreachableError | ModelReplyError)
    assert "COACH_LLM_BASE_URL" in str(error)
    assert (0, 0) == error.spent


def _then(first: Answer, *, times: int = 1) -> Answer:
    return lambda asked: (first if asked.number <= times else says("Good morning."))(asked)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_fault_that_passes_is_tried_again(status: int, server: ChatServer) -> None:
    server.answer = _then(refuses(status), times=2)

    pieces, _ = told(EndpointChat(server.url, "m"))

    assert ["Good morning."] == pieces
    assert 3 == len(server.asked)


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (refuses(503), 3),
        (refuses(401), 1),
        (refuses(404), 1),
        (refuses(429, "insufficient_quota"), 1),
    ],
)
def test_tries_are_few_and_only_where_they_may_help(
    answer: Answer, tries: int, server: ChatServer
) -> None:
    server.answer = answer

    error = failed(EndpointChat(server.url, "m"))

    assert tries == len(server.asked)
    assert (0, 0) == error.spent


def test_an_endpoint_that_asks_for_minutes_is_given_up_at_once(server: ChatServer) -> None:
    server.answer = sends(429, {}, Retry_After="60")

    error = failed(EndpointChat(server.url, "m"))

    assert ModelBusyError is type(error)
    assert 1 == len(server.asked)


def test_an_endpoint_that_asks_for_a_moment_is_asked_again(server: ChatServer) -> None:
    server.answer = _then(sends(429, {}, Retry_After="0.05"))

    assert ["Good morning."] == told(EndpointChat(server.url, "m"))[0]


# --- faults after the first word ---


def _begins_then(data: bytes) -> Answer:
    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event(piece("Good "))
        asked.send(data)

    return answer


@pytest.mark.parametrize(
    "rest",
    [
        b'event: error\ndata: {"error": {"message": "VENDOR", "code": 500}}\n\n',
        b'data: {"error": {"message": "VENDOR"}}\n\n',
        b"data: {not JSON VENDOR}\n\n",
        b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n',
        b"",
        b"data: [DONE]\n\n",
        b'data: {"choices": [{"delta": {"content": "half a',
    ],
)
def test_a_reply_that_breaks_off_is_an_error_after_its_words(
    rest: bytes, server: ChatServer
) -> None:
    server.answer = _begins_then(rest)
    pieces: list[str] = []

    with pytest.raises(ModelReplyError) as caught:
        pieces.extend(EndpointChat(server.url, "m").stream([message()], limit=80))

    assert _MARK not in str(caught.value)
    assert 1 == len(server.asked)
    assert (8, 2) == caught.value.spent


def test_a_reply_that_has_ended_needs_no_last_mark(server: ChatServer) -> None:
    server.answer = _begins_then(f"data: {json.dumps(piece(end='stop'))}\n\n".encode())

    assert ["Good "] == told(EndpointChat(server.url, "m"))[0]


def test_a_reply_cut_at_its_limit_is_an_error(server: ChatServer) -> None:
    server.answer = says("Good ", end="length")

    error = failed(EndpointChat(server.url, "m"))

    assert "was not done after 80 tokens" in str(error)
    assert (11, 7) == error.spent


def _endless(server: ChatServer, event: dict[str, Any], pause: float) -> Answer:
    def answer(asked: Asked) -> None:
        asked.begin()
        while not server.released.wait(pause):
            asked.event(event)

    return answer


def test_ten_thousand_tokens_instead_of_eighty_are_cut_off(server: ChatServer) -> None:
    server.answer = _endless(server, piece("on and "), 0)

    error = failed(EndpointChat(server.url, "m"))

    assert "far more than the 80 tokens" in str(error)
    assert server.hung_up.wait(30)


def test_thinking_without_end_is_cut_off(server: ChatServer) -> None:
    server.answer = _endless(server, piece(reasoning_content="x" * 1000), 0)

    error = failed(EndpointChat(server.url, "m"))

    assert "far more than it was asked for" in str(error)
    assert server.hung_up.wait(30)


@pytest.mark.parametrize("status", [200, 400])
def test_one_huge_piece_is_not_kept_in_memory(status: int, server: ChatServer) -> None:
    sent = 0

    def huge(asked: Asked) -> None:
        nonlocal sent
        asked.begin(status, "text/event-stream")
        asked.send(b"data: ")
        for _ in range(1_000):
            asked.send(b"x" * 100_000)
            sent += 100_000

    server.answer = huge

    error = failed(EndpointChat(server.url, "m"))

    assert "far more than it was asked for" in str(error)
    assert server.hung_up.wait(30)
    assert sent < 50_000_000


def test_a_reply_that_drips_for_ever_has_a_deadline(server: ChatServer) -> None:
    server.answer = _endless(server, piece("a "), 0.1)

    error = failed(EndpointChat(server.url, "m", whole=1.0), limit=10_000)

    assert ModelTimeoutError is type(error)
    assert error.spent > (0, 0)
    assert server.hung_up.wait(30)


def test_a_reply_that_falls_silent_is_given_up(server: ChatServer) -> None:
    def silent(_: Asked) -> None:
        server.released.wait(30)

    server.answer = silent

    error = failed(EndpointChat(server.url, "m", between=1.0))

    assert ModelTimeoutError is type(error)
    assert not server.released.is_set()
    assert 1 == len(server.asked)


# --- stopping ---


def test_a_person_can_stop_before_the_first_word(server: ChatServer) -> None:
    """The server is still silent when the person is let go: nothing else ends the wait."""
    stop = threading.Event()

    def hangs(asked: Asked) -> None:
        stop.set()
        server.released.wait(30)
        asked.begin()
        while True:
            asked.event(piece("late "))

    server.answer = hangs

    error = failed(EndpointChat(server.url, "m"), stop=stop)

    assert ModelStoppedError is type(error)
    assert not server.released.is_set()
    server.released.set()
    assert server.hung_up.wait(30)


def test_a_person_can_stop_between_two_words(server: ChatServer) -> None:
    stop = threading.Event()
    server.answer = _endless(server, piece("on "), 0.01)
    replies = EndpointChat(server.url, "m").stream([message()], limit=10_000, stop=stop)
    first = next(replies)

    stop.set()
    with pytest.raises(ModelStoppedError) as caught:
        list(replies)

    assert "on " == first
    assert caught.value.spent > (0, 0)
    assert server.hung_up.wait(30)


def test_a_person_can_stop_the_wait_for_another_try(server: ChatServer) -> None:
    stop = threading.Event()

    def busy(asked: Asked) -> None:
        sends(503, {}, Retry_After="8")(asked)
        stop.set()

    server.answer = busy

    assert ModelStoppedError is type(failed(EndpointChat(server.url, "m"), stop=stop))
    assert 1 == len(server.asked)


def test_after_a_stop_nothing_is_sent(server: ChatServer) -> None:
    stop = threading.Event()
    stop.set()

    error = failed(EndpointChat(server.url, "m"), stop=stop)

    assert ModelStoppedError is type(error)
    assert (0, 0) == error.spent
    assert [] == server.asked


def test_leaving_early_hangs_up(server: ChatServer) -> None:
    server.answer = _endless(server, piece("on "), 0.01)
    replies = EndpointChat(server.url, "m").stream([message()], limit=10_000)
    next(replies)

    replies.close()

    assert server.hung_up.wait(30)


# --- forms ---


@pytest.mark.parametrize(
    "reply",
    [
        '{"words": "Hello", "tone": "warm"}',
        '```json\n{"words": "Hello", "tone": "warm"}\n```',
        'Here it is: {"words": "Hello", "tone": "warm"} I hope it helps.',
        '<think>{"words": 1}</think>{"words": "Hello", "tone": "warm"}',
    ],
)
def test_a_form_is_read_from_what_models_put_round_it(reply: str, server: ChatServer) -> None:
    server.answer = says(reply[:9], reply[9:])

    found, took = EndpointChat(server.url, "m").structured([message()], Opening, limit=80)

    assert Opening(words="Hello", tone="warm") == found
    assert (11, 7) == (took.prompt_tokens, took.reply_tokens)


@pytest.mark.parametrize(
    "reply",
    [
        "Hello",
        "{}",
        "[]",
        "null",
        "{",
        '{"words": 1, "more": 2}',
        '{"words": "a", "tone": "b"}',
        "[" * 700,
    ],
)
def test_a_reply_in_another_form_is_an_error_that_says_what_it_cost(
    reply: str, server: ChatServer
) -> None:
    server.answer = says(reply)

    with pytest.raises(ModelReplyError, match="did not keep to the form") as caught:
        EndpointChat(server.url, "m").structured([message()], Opening, limit=80)

    assert (11, 7) == caught.value.spent


def test_the_form_is_asked_for_as_strict_services_want_it(server: ChatServer) -> None:
    """OpenAI refuses a schema in which a field is optional, or further ones are allowed."""
    server.answer = says('{"words": "Hello", "tone": "warm"}')

    EndpointChat(server.url, "m").structured([message()], Opening, limit=80)

    form = server.asked[0].body["response_format"]
    assert "json_schema" == form["type"]
    assert form["json_schema"]["strict"] is True
    assert ["words", "tone"] == form["json_schema"]["schema"]["required"]
    assert form["json_schema"]["schema"]["additionalProperties"] is False


# --- servers that know fewer options ---


def _knows_no(option: str, refusal: dict[str, Any], status: int = 400) -> Answer:
    def answer(asked: Asked) -> None:
        if option in asked.body:
            sends(status, refusal)(asked)
        else:
            says('{"words": "Hello", "tone": "warm"}')(asked)

    return answer


_WAYS: dict[str, tuple[dict[str, Any], int]] = {
    "by the field": ({"error": {"message": "Unsupported.", "param": "%s"}}, 400),
    "in a sentence": ({"error": {"message": "Unknown parameter '%s' (see the manual)"}}, 400),
    "as FastAPI does": ({"detail": [{"type": "extra_forbidden", "loc": ["body", "%s"]}]}, 422),
    "naming the other one": (
        {
            "error": {
                "message": "'%s' is not supported with this model. Use max_tokens instead.",
                "param": "%s",
            }
        },
        400,
    ),
}


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize(
    "option", ["stream_options", "response_format", "temperature", "max_completion_tokens"]
)
def test_an_option_that_a_server_refuses_is_left_out_from_then_on(
    option: str, way: str, server: ChatServer
) -> None:
    refusal, status = _WAYS[way]
    server.answer = _knows_no(option, json.loads(json.dumps(refusal).replace("%s", option)), status)
    chat = EndpointChat(server.url, "m", temperature=0.3)

    found, _ = chat.structured([message()], Opening, limit=80)
    chat.structured([message()], Opening, limit=80)

    assert "Hello" == found.words
    assert 3 == len(server.asked)
    assert {option} == set(server.asked[0].body) - set(server.asked[1].body)
    assert option not in server.asked[2].body
    assert {option} == chat.left_out


def test_a_refusal_without_a_word_leaves_out_all_that_can_be_spared(server: ChatServer) -> None:
    server.answer = _knows_no("stream_options", {})
    chat = EndpointChat(server.url, "m", temperature=0.3)

    told(chat)

    assert {"model", "messages", "stream", "max_tokens", "max_completion_tokens"} == set(
        server.asked[1].body
    )


def test_what_did_not_help_is_not_left_out(server: ChatServer) -> None:
    """A request that is too long is refused with and without options."""
    server.answer = refuses(400, "context_length_exceeded", "messages")
    chat = EndpointChat(server.url, "m", temperature=0.3)

    error = failed(chat)

    assert "too long for the model" in str(error)
    assert 2 == len(server.asked)
    assert frozenset() == chat.left_out


def test_the_limit_is_never_left_out_whole(server: ChatServer) -> None:
    def knows_no_limit(asked: Asked) -> None:
        name = next(name for name in asked.body if name.startswith("max_"))
        refuses(400, None, name)(asked)

    server.answer = knows_no_limit

    error = failed(EndpointChat(server.url, "m"))

    assert ModelRequestError is type(error)
    assert all("max" in " ".join(asked.body) for asked in server.asked)


def test_a_form_that_cannot_be_demanded_is_asked_for_in_words(server: ChatServer) -> None:
    server.answer = _knows_no("response_format", {"error": {"message": "response_format?"}})

    EndpointChat(server.url, "m").structured([message("Greet.")], Opening, limit=80)

    said = [asked.body["messages"][-1]["content"] for asked in server.asked]
    assert "Greet." == said[0]
    assert said[1].startswith("Greet.\n\nAnswer with nothing but JSON")
    assert '"words"' in said[1]


# --- the wire forms of the services that are documented ---


def _azure_reply(asked: Asked) -> None:
    """Azure begins with a chunk of filter results and no choice, and ends some without usage."""
    asked.begin()
    asked.event({**piece(), "choices": [], "prompt_filter_results": [{"prompt_index": 0}]})
    asked.event({**piece("Good morning."), "content_filter_offsets": {"check_offset": 1}})
    asked.event({**piece(end="stop"), "usage": None})
    asked.event(usage(11, 7))
    asked.event("[DONE]")


def _vllm_reply(asked: Asked) -> None:
    """The count comes in a last chunk without a choice; a stop reason stands beside the end."""
    asked.begin(kind="text/event-stream; charset=utf-8")
    asked.event({**piece("", role="assistant", reasoning_content=None), "usage": None})
    asked.event(piece("Good morning."))
    ended = piece("", end="stop")
    ended["choices"][0]["stop_reason"] = None
    asked.event(ended)
    asked.event(usage(11, 7))
    asked.event("[DONE]")


def _ollama_reply(asked: Asked) -> None:
    """Every chunk names the speaker and a system's mark; the count comes with no choice."""
    asked.begin()
    asked.event({**piece("Good morning.", role="assistant"), "system_fingerprint": "fp_ollama"})
    asked.event(piece("", role="assistant", end="stop"))
    asked.event(usage(11, 7))
    asked.event("[DONE]")


@pytest.mark.parametrize("reply", [_azure_reply, _vllm_reply, _ollama_reply])
def test_the_replies_of_each_service_are_read(reply: Answer, server: ChatServer) -> None:
    server.answer = reply

    pieces, took = told(EndpointChat(server.url, "m"))

    assert "Good morning." == "".join(pieces)
    assert (11, 7) == (took.prompt_tokens, took.reply_tokens)


_ERRORS: dict[str, tuple[int, dict[str, Any], type[ModelError], str]] = {
    "OpenAI, no such model": (
        404,
        {"error": {"message": _MARK, "type": "invalid_request_error", "code": "model_not_found"}},
        ModelMissingError,
        "has no model 'm'",
    ),
    "OpenAI, quota": (
        429,
        {"error": {"message": _MARK, "type": "insufficient_quota", "code": "insufficient_quota"}},
        ModelBusyError,
        "Look at your account",
    ),
    "Azure, wrong key": (401, {"statusCode": 401, "message": _MARK}, ModelKeyError, "the key"),
    "Azure, no such deployment": (
        404,
        {"error": {"code": "DeploymentNotFound", "message": _MARK}},
        ModelMissingError,
        "has no model 'm'",
    ),
    "Azure, content filter": (
        400,
        {
            "error": {
                "message": _MARK,
                "param": "prompt",
                "code": "content_filter",
                "innererror": {"code": "ResponsibleAIPolicyViolation"},
            }
        },
        ModelRequestError,
        "filtered the request away",
    ),
    "vLLM, no such model": (
        404,
        {"object": "error", "message": _MARK, "type": "NotFoundError", "code": 404},
        ModelMissingError,
        "has no model 'm'",
    ),
    "Ollama, no such model": (
        404,
        {"error": {"message": _MARK, "type": "api_error", "param": None, "code": None}},
        ModelMissingError,
        "has no model 'm'",
    ),
    "llama.cpp, still loading": (
        503,
        {"error": {"code": 503, "message": _MARK, "type": "unavailable_error"}},
        ModelBusyError,
        "status 503",
    ),
    "llama.cpp, too long": (
        400,
        {"error": {"code": 400, "message": _MARK, "type": "exceed_context_size_error"}},
        ModelRequestError,
        "too long for the model",
    ),
}


@pytest.mark.parametrize("case", _ERRORS)
def test_the_errors_of_each_service_are_understood(case: str, server: ChatServer) -> None:
    status, body, expected, says_ = _ERRORS[case]
    server.answer = sends(status, body)

    error = failed(EndpointChat(server.url, "m", "key"))

    assert expected is type(error)
    assert says_ in str(error)
    assert _MARK not in str(error)


@pytest.mark.parametrize(
    ("address", "path", "limits"),
    [
        (
            "http://api.openai.com/v1",
            "http://api.openai.com/v1/chat/completions",
            {"max_completion_tokens"},
        ),
        (
            "http://ours.openai.azure.com/openai/v1/",
            "http://ours.openai.azure.com/openai/v1/chat/completions",
            {"max_completion_tokens"},
        ),
        (
            "http://gpu.example:8000/v1",
            "http://gpu.example:8000/v1/chat/completions",
            {"max_completion_tokens", "max_tokens"},
        ),
    ],
)
def test_each_service_is_asked_at_its_path_with_the_limits_that_it_knows(
    address: str,
    path: str,
    limits: set[str],
    server: ChatServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Through a proxy that stands in for them: it sees the very request."""
    monkeypatch.setenv("HTTP_PROXY", f"http://{server.host}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    told(EndpointChat(address, "m", "key"))

    assert path == server.asked[0].path
    assert limits == {name for name in server.asked[0].body if name.startswith("max_")}


def test_the_models_of_an_endpoint_are_listed(server: ChatServer) -> None:
    server.answer = sends(200, {"object": "list", "data": [{"id": "a"}, {"id": "b"}]})

    assert ("a", "b") == EndpointChat(server.url, "m").models()
    assert "/v1/models" == server.asked[0].path
