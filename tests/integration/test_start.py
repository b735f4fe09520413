"""``coach start`` as a real server, on the loopback interface, ended by its own process."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from corpora import SCRIPT, Command, healthy, said_address
from servers import PageSocket, serving
from websocket import WebSocketBadStatusException

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
    coach_process: Command, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 65535))
            taken.listen()
        except OSError:
            pass  # someone else has it, which is as good

        done = coach_process("start", "--no-browser", "--port", "65535")

    assert 1 == done.returncode
    assert b"are all taken. Choose another" in done.stderr


_ALL = "0.0.0.0"  # noqa: S104 - every address of this machine


@pytest.mark.parametrize(
    ("options", "settings", "reason"),
    [
        (["--host", _ALL], {}, "without a sign-in each would see everything"),
        ([], {"COACH_PUBLIC_URL": "https://coach.example.org"}, "without a sign-in"),
        (["--host", _ALL], {"COACH_SIGN_IN": "accounts"}, "Set COACH_PUBLIC_URL"),
        (
            ["--host", _ALL],
            {"COACH_SIGN_IN": "accounts", "COACH_PUBLIC_URL": "http://coach.example.org"},
            "Without https",
        ),
        ([], {"COACH_SIGN_IN": "oidc"}, "COACH_OIDC_METADATA_URL is missing"),
    ],
)
def test_an_unsafe_start_is_refused_with_the_reason(
    coach_process: Command, options: list[str], settings: dict[str, str], reason: str
) -> None:
    done = coach_process("start", "--no-browser", *options, env=settings)

    assert 1 == done.returncode
    assert reason in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERVER_ENABLE_XSRF_PROTECTION", "false"),
        ("SERVER_ENABLE_CORS", "false"),
        ("SERVER_CORS_ALLOWED_ORIGINS", '["https://evil.example"]'),
        ("SERVER_TRUSTED_USER_HEADERS", '{"X-User": "email"}'),
        ("SERVER_ENABLE_AGENT_API", "true"),
        ("SERVER_XSRF_COOKIE_SAME_SITE", "none"),
        ("SERVER_BASE_URL_PATH", "elsewhere"),
        ("GLOBAL_DEVELOPMENT_MODE", "true"),
        ("SERVER_SSL_CERT_FILE", "cert.pem"),
    ],
)
def test_a_setting_of_streamlits_that_would_undo_the_protection_is_refused(
    coach_process: Command, built_home: Path, name: str, value: str
) -> None:
    done = coach_process(
        "start",
        "--no-browser",
        env={"COACH_HOME": str(built_home), f"STREAMLIT_{name}": value},
    )

    said = done.stderr.decode()
    assert 1 == done.returncode
    assert "Streamlit" in said
    assert name.replace("_", "").lower() in said.replace(".", "").lower()
    assert "Traceback" not in said


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a home folder is private by its rules")
def test_a_secret_that_others_can_read_is_refused(coach_process: Command, built_home: Path) -> None:
    secret = built_home / "cookie-secret"
    environment = {"COACH_HOME": str(built_home), "COACH_SIGN_IN": "accounts"}
    for words, mode, reason in (("x" * 43, 0o644, "chmod 600"), ("short", 0o600, "too short")):
        secret.write_text(words)
        secret.chmod(mode)
        done = coach_process("start", "--no-browser", env=environment)

        assert 1 == done.returncode
        assert reason in done.stderr.decode()
    secret.unlink()


def test_a_personal_workspace_opens_only_to_this_machine(built_home: Path, tmp_path: Path) -> None:
    """Also where a proxy on this machine lets others through."""
    with serving(built_home, tmp_path / "log") as address:
        with PageSocket(address) as page:
            mine = page.run()
        with PageSocket(address, **{"X-Forwarded-For": "192.0.2.7"}) as page:
            theirs = page.run()
        with pytest.raises(WebSocketBadStatusException, match="403"):
            # A strange page whose own name was made to point to this machine.
            PageSocket(address, host="evil.example", origin="http://evil.example")

    assert "Whoever uses this computer sees it." in mine
    assert "which opens only on their own computer" in theirs
    assert "Whoever uses this computer" not in theirs
