"""``coach start`` as a real server, on the loopback interface, ended by its own process."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from corpora import SCRIPT, Command, healthy, said_address

from coach.cli.start import _free_port


def _listening() -> socket.socket:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken


def test_the_pages_open_on_the_next_port_where_one_is_taken(
    built_home: Path, tmp_path: Path
) -> None:
    """From any folder, with a home that is named relative to it."""
    with _listening() as taken:
        port = int(taken.getsockname()[1])
        home = os.path.relpath(built_home, tmp_path)
        with subprocess.Popen(
            [SCRIPT, "start", "--no-browser", "--port", str(port)],
            cwd=tmp_path,
            env={**os.environ, "COACH_HOME": home},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                address = said_address(process)
                answered = healthy(address)
            finally:
                process.terminate()
                rest = process.communicate(timeout=30)[0]

    assert f"http://127.0.0.1:{port}" != address
    assert answered
    assert "Traceback" not in rest
    assert not healthy(address, patience=0.0)


def test_a_taken_port_is_passed_over() -> None:
    with _listening() as taken:
        port = int(taken.getsockname()[1])

        assert port < _free_port("127.0.0.1", port) < port + 20


def test_a_machine_without_a_free_port_says_so(
    run_coach: Command, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 65535))
            taken.listen()
        except OSError:
            pass  # someone else has it, which is as good

        done = run_coach("start", "--no-browser", "--port", "65535")

    assert 1 == done.returncode
    assert b"are all taken. Choose another" in done.stderr
