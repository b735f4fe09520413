"""The endpoint embedder against a real server on the loopback interface."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from corpora import passages_of
from fakes import HashEmbedder

from coach.adapters.embedders.endpoint import EndpointEmbedder
from coach.adapters.index.build import build_index
from coach.bootstrap import choose_embedder, open_index
from coach.errors import EmbedderError, SettingsError
from coach.settings import read_settings

Answer = Callable[["Endpoint", dict[str, Any]], tuple[int, bytes]]


def _vectors(_: Endpoint, request: dict[str, Any]) -> tuple[int, bytes]:
    rows = HashEmbedder(size=8).embed([str(text) for text in request["input"]]) * 3
    data = [
        {"object": "embedding", "index": index, "embedding": [float(x) for x in row]}
        for index, row in enumerate(rows)
    ]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    reply = {"object": "list", "data": data, "model": request["model"], "usage": usage}
    return 200, json.dumps(reply).encode()


class Endpoint:
    """An OpenAI-compatible server that remembers what it was asked."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self.answer: Answer = _vectors
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                request = json.loads(self.rfile.read(length))
                endpoint.requests.append(request)
                endpoint.paths.append(self.path)
                endpoint.keys.append(self.headers["Authorization"])
                status, body = endpoint.answer(endpoint, request)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Silent."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                """Silent: a client that gave up is what some tests want."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setattr("coach.adapters.embedders.endpoint._RETRIES", 1)
    monkeypatch.setattr("coach.adapters.embedders.endpoint._TIMEOUT", 0.5)
    served = Endpoint()
    thread = threading.Thread(target=served.server.serve_forever, args=(0.01,))
    thread.start()
    yield served
    served.server.shutdown()
    thread.join()
    served.server.server_close()


def test_it_sends_text_and_returns_unit_vectors(endpoint: Endpoint) -> None:
    embedder = EndpointEmbedder(endpoint.url, "some-model", "secret")

    vectors = embedder.embed(["first text", "second text"])

    np.testing.assert_allclose(
        HashEmbedder(size=8).embed(["first text", "second text"]), vectors, atol=1e-6
    )
    assert ["/v1/embeddings"] == endpoint.paths
    assert ["Bearer secret"] == endpoint.keys
    assert ["first text", "second text"] == endpoint.requests[0]["input"]
    assert "some-model" == endpoint.requests[0]["model"]


def test_no_texts_send_nothing(endpoint: Endpoint) -> None:
    assert 0 == len(EndpointEmbedder(endpoint.url, "m").embed([]))
    assert [] == endpoint.requests


def test_its_identity_names_host_and_model_and_no_secret() -> None:
    embedder = EndpointEmbedder("https://ann:pass@vectors.example:8443/v1", "m", "secret")

    assert "endpoint:vectors.example:8443:m" == embedder.identity


def _status(status: int) -> Answer:
    body = json.dumps({"error": {"message": "no", "type": "t", "code": "c"}}).encode()
    return lambda _served, _request: (status, body)


def _body(text: str) -> Answer:
    return lambda _served, _request: (200, text.encode())


def _rows(*rows: Any) -> Answer:
    data = [{"index": index, "embedding": row} for index, row in enumerate(rows)]
    return _body(json.dumps({"object": "list", "data": data, "model": "m"}))


_FAULTS: dict[str, tuple[Answer, str]] = {
    "401": (_status(401), "refused the key. Set COACH_EMBEDDINGS_API_KEY"),
    "403": (_status(403), "refused the key"),
    "404": (_status(404), "has no model 'm'"),
    "400": (_status(400), "failed: BadRequestError"),
    "429": (_status(429), "failed: RateLimitError. Try again later"),
    "500": (_status(500), "failed: InternalServerError. Try again later"),
    "garbage": (_body("<html>not JSON</html>"), "not vectors"),
    "another JSON": (_body('{"hello": 1}'), "not vectors"),
    "a list": (_body("[1, 2]"), "not vectors"),
    "null": (_body("null"), "not vectors"),
    "no rows": (_rows(), "not vectors"),
    "too few rows": (_rows([1.0, 0.0]), "returned 1 vectors for 2 texts"),
    "too many rows": (_rows([1.0], [1.0], [1.0]), "returned 3 vectors for 2 texts"),
    "rows of two lengths": (_rows([1.0, 0.0], [1.0]), "returned 2 vectors for 2 texts"),
    "rows of nothing": (_rows([], []), "without a direction"),
    "rows of words": (_rows(["a"], ["b"]), "not vectors"),
    "no row at all": (_rows(None, None), "not vectors"),
    "NaN": (_rows([float("nan"), 1.0], [1.0, 0.0]), "without a direction"),
    "infinity": (_rows([float("inf"), 1.0], [1.0, 0.0]), "without a direction"),
    "zeros": (_rows([0.0, 0.0], [1.0, 0.0]), "without a direction"),
}


# LangChain reads a reply by pydantic, which warns where it holds words for numbers.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning")
@pytest.mark.parametrize("fault", _FAULTS)
def test_every_fault_is_an_error_for_people(fault: str, endpoint: Endpoint) -> None:
    endpoint.answer, message = _FAULTS[fault]

    with pytest.raises(EmbedderError) as caught:
        EndpointEmbedder(endpoint.url, "m").embed(["one", "two"])

    assert message in str(caught.value)
    assert endpoint.url.split("/")[2] in str(caught.value)


def test_a_slow_endpoint_is_given_up_after_the_last_retry(endpoint: Endpoint) -> None:
    def slow(served: Endpoint, request: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(1.0)
        return _vectors(served, request)

    endpoint.answer = slow

    with pytest.raises(EmbedderError, match="does not answer"):
        EndpointEmbedder(endpoint.url, "m").embed(["one"])

    assert 2 == len(endpoint.requests)


def test_a_fault_that_passes_is_tried_again(endpoint: Endpoint) -> None:
    def once(served: Endpoint, request: dict[str, Any]) -> tuple[int, bytes]:
        return (
            _status(503)(served, request)
            if len(served.requests) == 1
            else _vectors(served, request)
        )

    endpoint.answer = once

    assert (1, 8) == EndpointEmbedder(endpoint.url, "m").embed(["one"]).shape


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "not an address", "ftp://x/v1"])
def test_an_endpoint_that_is_not_there_says_which_setting_to_check(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.adapters.embedders.endpoint._RETRIES", 0)

    with pytest.raises(EmbedderError, match="COACH_EMBEDDINGS_BASE_URL"):
        EndpointEmbedder(address, "m").embed(["one"])


def test_the_settings_choose_it_and_another_model_rebuilds(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_EMBEDDINGS_BASE_URL", endpoint.url)
    monkeypatch.setenv("COACH_EMBEDDINGS_MODEL", "small")
    build_index(passages_of(), choose_embedder(read_settings()), tmp_path)
    embedded = len(endpoint.requests)
    monkeypatch.setenv("COACH_EMBEDDINGS_MODEL", "large")
    said: list[str] = []

    found = open_index(tmp_path, say=said.append).search("dough")

    assert 5 == len(found.hits)
    assert 1 == embedded
    assert "every passage was embedded again" in said[0]
    assert {"large"} == {request["model"] for request in endpoint.requests[embedded:]}


def test_an_address_without_a_model_is_a_setting_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_EMBEDDINGS_BASE_URL", "http://127.0.0.1:9/v1")

    with pytest.raises(SettingsError, match="Set COACH_EMBEDDINGS_MODEL"):
        read_settings()
