"""A language model in a process of this machine: any GGUF file, through xllamacpp."""

from __future__ import annotations

import atexit
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Lock, Thread

from coach.adapters.chat.endpoint import EndpointChat
from coach.adapters.chat.faults import STOPPED
from coach.domain.chat import Message, Usage
from coach.errors import ModelStoppedError, ModelUnreachableError, SettingsError
from coach.ports import Schema

#: Requests that are answered at once, and tokens for each, prompt and reply together.
_SLOTS, _CONTEXT = 2, 4_096
_MOST_THREADS = 8
#: A large file from a slow disk takes minutes.
_LOAD_SECONDS = 300.0
_LOOK = 0.1
#: A small model on an old processor writes a few words a second.
_WHOLE, _BETWEEN = 300.0, 120.0
_knowing = Lock()
_known: dict[tuple[Path, int], LocalModel] = {}
_PROGRAM = Path(__file__).with_name("local_server.py")


class LocalModel:
    """An OpenAI-compatible server on loopback, in a process of its own, for one GGUF file.

    It starts on first use, once, and ends with this process however that ends. It is a process
    of its own because native code may abort the one that it runs in: a damaged file or too
    little memory then costs the model and not the person's draft. ``threads`` 0 means one for
    each processor, at most 8.

    Raises:
        SettingsError: the extra is not installed, or the file is no GGUF.
        ModelUnreachableError: the model cannot be loaded.
    """

    def __init__(self, gguf: Path, threads: int = 0) -> None:
        self._gguf = gguf
        #: The file's name, without its ending.
        self.name = gguf.stem
        self._threads = threads or min(_processors(), _MOST_THREADS)
        self._starting = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._address = ""
        #: Only who has it is answered: loopback is open to every program of this machine.
        self.key = secrets.token_urlsafe(24)

    def address(self, stop: Event | None = None) -> str:
        """Where it listens, such as ``http://127.0.0.1:4711/v1``; loads the model if it must."""
        while not self._starting.acquire(timeout=_LOOK):
            if stop and stop.is_set():
                raise ModelStoppedError(STOPPED)
        try:
            if self._process is None or self._process.poll() is not None:
                self._start(stop or Event())
            return self._address
        finally:
            self._starting.release()

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.close)
        process.kill()
        process.communicate()

    def _start(self, stop: Event) -> None:
        check_gguf(self._gguf)
        self.close()
        # -P: the program's folder holds modules whose names others may look for.
        command = [sys.executable, "-P", str(_PROGRAM)]
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and a file of ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        atexit.register(self.close)
        try:
            said = self._said(self._process, stop)
        except BaseException:
            self.close()
            raise
        if "address" not in said:
            self.close()
            raise ModelUnreachableError(
                f"The model in {self._gguf.name!r} cannot be loaded: the file is damaged or of an "
                "unknown kind, or there is too little memory. Choose a smaller one in "
                "COACH_LOCAL_GGUF."
            )
        self._address = f"{said['address']}/v1"

    def _said(self, process: subprocess.Popen[str], stop: Event) -> dict[str, str]:
        """What the process answers; nothing if it died."""
        asked = {
            "gguf": str(self._gguf),
            "name": self.name,
            "threads": self._threads,
            "slots": _SLOTS,
            "context": _CONTEXT,
            "key": self.key,
        }
        lines: list[str] = []
        listening = Thread(target=_ask, args=(process, json.dumps(asked), lines), daemon=True)
        listening.start()
        until = time.monotonic() + _LOAD_SECONDS
        while listening.is_alive():
            if stop.is_set():
                raise ModelStoppedError(STOPPED)
            if time.monotonic() > until:
                break
            listening.join(_LOOK)
        found = json.loads(lines[0]) if lines and lines[0] else {}
        return found if isinstance(found, dict) else {}


class LocalChat:
    """A chat model in a GGUF file; see ``ChatModel`` and ``LocalModel``."""

    def __init__(self, local: LocalModel, *, temperature: float | None = None) -> None:
        self._local = local
        self._temperature = temperature
        self._endpoints: dict[str, EndpointChat] = {}

    @property
    def name(self) -> str:
        """The file's name, without its ending."""
        return self._local.name

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limit: int,
        keep: str = "",
        stop: Event | None = None,
    ) -> Generator[str, None, Usage]:
        """The reply piece by piece; see ``ChatModel.stream``."""
        endpoint = self.endpoint(stop)
        with _still_there():
            return (yield from endpoint.stream(messages, limit=limit, keep=keep, stop=stop))

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """The reply as ``schema``; see ``ChatModel.structured``."""
        endpoint = self.endpoint(stop)
        with _still_there():
            return endpoint.structured(messages, schema, limit=limit, stop=stop)

    def endpoint(self, stop: Event | None = None) -> EndpointChat:
        """Where the model answers; loads it if it must."""
        address = self._local.address(stop)
        if address not in self._endpoints:
            self._endpoints[address] = EndpointChat(
                address,
                self.name,
                self._local.key,
                temperature=self._temperature,
                whole=_WHOLE,
                between=_BETWEEN,
            )
        return self._endpoints[address]


@contextmanager
def _still_there() -> Iterator[None]:
    """What an endpoint's silence means where the endpoint is ours."""
    try:
        yield
    except ModelUnreachableError as error:
        fault = ModelUnreachableError(
            "The local model ended while it was asked, perhaps for want of memory. Try again: it "
            "is started anew."
        )
        fault.spent = error.spent
        raise fault from error


def local_model(gguf: Path, threads: int = 0) -> LocalModel:
    """The one model of this file and number of threads in this process: memory holds no second."""
    with _knowing:
        return _known.setdefault((gguf, threads), LocalModel(gguf, threads))


def check_gguf(file: Path) -> None:
    """Raise ``SettingsError`` unless the extra is installed and ``file`` begins as GGUF does."""
    if find_spec("xllamacpp") is None:
        raise SettingsError(
            "COACH_LOCAL_GGUF needs an extra that is not installed. Install it: "
            "pip install 'reverse-mentoring-coach[local-llm]'"
        )
    try:
        with file.open("rb") as opened:
            magic = opened.read(4)
    except OSError as error:
        raise SettingsError(
            f"COACH_LOCAL_GGUF names {str(file)!r}, which cannot be read ({error.strerror})."
        ) from error
    if magic != b"GGUF":
        raise SettingsError(
            f"COACH_LOCAL_GGUF names {str(file)!r}, which is no GGUF file. Download the model in "
            "the GGUF format."
        )


def _ask(process: subprocess.Popen[str], asked: str, lines: list[str]) -> None:
    try:
        if process.stdin and process.stdout:
            process.stdin.write(asked + "\n")
            process.stdin.flush()
            lines.append(process.stdout.readline())
    except (OSError, ValueError):
        # It died before it could be asked; no line says so.
        return


def _processors() -> int:
    # A container may be given fewer than the machine has; only some systems can tell.
    given = getattr(os, "sched_getaffinity", None)
    return len(given(0)) if given else os.cpu_count() or 1
