"""A chat endpoint on loopback that answers as each test wants, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from coach.domain.chat import Message, Part, Speaker

Answer = Callable[["Asked"], None]


def message(text: str = "What is a good first question?") -> Message:
    """One message of a person."""
    return Message(speaker=Speaker.USER, parts=(Part(text=text),))


class Asked:
    """One request, and the means to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: dict[str, Any], number: int) -> None:
        self._handler = handler
        self.path = handler.path
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = body
        #: Which request it is, from 1.
        self.number = number

    def begin(self, status: int = 200, kind: str = "text/event-stream", **more: str) -> None:
        """Send the status and the headers; underscores in ``more`` become hyphens."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        for name, value in more.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send bytes at once; raises ``OSError`` once the other side is gone."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def event(self, data: dict[str, Any] | str) -> None:
        """Send one server-sent event."""
        text = data if isinstance(data, str) else json.dumps(data)
        self.send(f"data: {text}\n\n".encode())


def piece(text: str | None = None, *, end: str | None = None, **delta: Any) -> dict[str, Any]:
    """One chunk of a streamed reply, in OpenAI's form."""
    said = {**({} if text is None else {"content": text}), **delta}
    choice = {"index": 0, "delta": said, "finish_reason": end}
    return {"id": "c1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}


def usage(prompt: int, reply: int) -> dict[str, Any]:
    """The last chunk, which counts."""
    counts = {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
    return {**piece(), "choices": [], "usage": counts}


def says(*texts: str, end: str = "stop") -> Answer:
    """A good reply in these pieces."""

    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event(piece("", role="assistant"))
        for text in texts:
            asked.event(piece(text))
        asked.event(piece(end=end))
        if asked.body.get("stream_options"):
            asked.event(usage(11, 7))
        asked.event("[DONE]")

    return answer


def sends(status: int, body: Any, kind: str = "application/json", **headers: str) -> Answer:
    """A whole reply: an error, or something that is no stream."""

    def answer(asked: Asked) -> None:
        asked.begin(status, kind, **headers)
        asked.send(body if isinstance(body, bytes) else json.dumps(body).encode())

    return answer


def refuses(status: int, code: str | None = None, param: str | None = None) -> Answer:
    """An error in OpenAI's form, with words of the vendor's that nobody may see."""
    error = {"message": "VENDOR TEXT: what you sent", "type": "t", "code": code, "param": param}
    return sends(status, {"error": error})


class ChatServer:
    """The server; ``answer`` may be changed at any time."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Answer = says("Good ", "morning.")
        #: Set when somebody hung up on an answer.
        self.hung_up = threading.Event()
        #: For answers that must not end before the test does.
        self.released = threading.Event()
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                try:
                    self._answer(json.loads(sent))
                except ValueError:
                    # Not a chat request: a test will want to know that it came at all.
                    self._answer({})

            def do_GET(self) -> None:
                self._answer({})

            def _answer(self, body: dict[str, Any]) -> None:
                with served._lock:
                    asked = Asked(self, body, len(served.asked) + 1)
                    served.asked.append(asked)
                try:
                    served.answer(asked)
                except OSError:
                    served.hung_up.set()

            def log_message(self, *_: object) -> None:
                """Silent."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Silent: a client that hung up is what some tests want."""

        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}/v1"

    @contextmanager
    def running(self) -> Iterator[ChatServer]:
        """The server, until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()
