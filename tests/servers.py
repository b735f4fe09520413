"""The coach's server as its own process, and a page of it without a browser."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self
from urllib.request import urlopen

from corpora import SCRIPT, healthy, said_address
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websocket import WebSocket, create_connection

_PATIENCE = 60


@contextmanager
def serving(home: Path, log: Path, *options: str, **settings: str) -> Iterator[str]:
    """The address of ``coach start`` with ``COACH_<NAME>`` settings; what it says is in ``log``."""
    named = {f"COACH_{name.upper()}": value for name, value in settings.items()}
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [SCRIPT, "start", "--no-browser", *options],
            env={**os.environ, "COACH_HOME": str(home), **named},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            address = said_address(process)
            assert healthy(address)
            yield address
        finally:
            process.terminate()
            process.communicate(timeout=30)


@contextmanager
def provider(*people: Mapping[str, object]) -> Iterator[str]:
    """The address of an OpenID provider that knows ``people`` by their claims."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    known = [word for one in people for word in ("--user-claims", json.dumps(one))]
    with subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *known],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _answers(f"{address}/.well-known/openid-configuration")
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - loopback
                return
        except OSError:
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.1)


class PageSocket:
    """A page as a browser has it open, by its web socket."""

    def __init__(self, address: str, *, cookie: str = "", **headers: str) -> None:
        host = address.partition("//")[2]
        self._socket: WebSocket = create_connection(
            f"ws://{headers.pop('to', host)}/_stcore/stream",
            origin=headers.pop("origin", address),
            host=headers.pop("host", host),
            cookie=cookie,
            header=[f"{name}: {value}" for name, value in headers.items()],
            subprotocols=["streamlit"],
            timeout=_PATIENCE,
        )

    def run(self) -> str:
        """Run the page once more; everything that it sent, as text."""
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        self._socket.send_binary(ask.SerializeToString())
        sent = []
        while True:
            message = ForwardMsg.FromString(self._socket.recv())
            sent.append(str(message))
            if message.WhichOneof("type") == "script_finished":
                return "".join(sent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._socket.close()
