"""``coach start``: open the pages in a browser, on this machine only."""

from __future__ import annotations

import ipaddress
import os
import runpy
import socket
import sys
from typing import Annotated

import typer

from coach.cli.opening import opened
from coach.errors import SettingsError

_TRIES = 20


def start(
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="The port; the next free one if taken.")
    ] = 8501,
    host: Annotated[
        str, typer.Option(help="The address; only this machine can reach it.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Prepare the index if needed, and open the coach's pages."""
    from coach.resources import shipped

    _must_be_loopback(host)
    coach = opened()
    coach.index.warm()
    chosen = _free_port(host, port)
    script = shipped("ui") / "streamlit_app.py"
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"The coach is at http://{shown}:{chosen}  (stop with Ctrl+C)")
    headless = not (browser and sys.stdout.isatty())
    # The folder above ui/ holds .streamlit/config.toml, in a checkout and when installed.
    os.environ["COACH_HOME"] = str(coach.settings.home)
    os.environ["COACH_LIBRARY"] = str(coach.settings.library)
    os.chdir(script.parent.parent)
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    sys.argv = [
        "streamlit", "run", str(script),
        "--server.address", host,
        "--server.port", str(chosen),
        "--server.headless", str(headless).lower(),
    ]  # fmt: skip
    # In this process, whose modules are warm by now: the first page need not wait for them.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _must_be_loopback(host: str) -> None:
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise SettingsError(
            f"The coach has no sign-in yet, so it opens only to this machine, not to {host!r}. "
            "Leave out --host, or use 127.0.0.1."
        )


def _free_port(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + _TRIES, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # elsewhere the option would take a port in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise SettingsError(
        f"The ports {port} to {port + _TRIES - 1} are all taken. "
        "Choose another: coach start --port 9000"
    )
