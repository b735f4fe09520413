"""``coach start``: open the pages in a browser, to this machine or to all who may sign in."""

from __future__ import annotations

import gc
import os
import socket
import sys
from importlib import import_module
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
        str, typer.Option(help="The address. Any but this machine's own needs a sign-in.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Prepare the index if needed, and open the coach's pages."""
    from coach.resources import shipped
    from coach.serving import serving_of
    from coach.settings import read_settings

    settings = read_settings()
    serving_of(settings, host, port)  # before anything that takes time
    coach = opened()
    coach.index.warm()
    serving = serving_of(settings, host, _free_port(host, port))
    ui = shipped("ui")
    os.environ["COACH_HOME"] = str(settings.home)
    os.environ["COACH_LIBRARY"] = str(settings.library)
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    # The folder above ui/ holds .streamlit/config.toml, in a checkout and when installed.
    os.chdir(ui.parent)
    # In this process, whose modules are warm by now: the first page need not wait for them.
    sys.path.insert(0, str(ui))
    server = import_module("serving")
    app = server.pages(serving, settings, browser=browser and sys.stdout.isatty())
    # What is loaded by now stays: looking through it for garbage would hold up everybody.
    gc.collect()
    gc.freeze()
    typer.echo(f"The coach is at {serving.bound}  (stop with Ctrl+C)")
    if serving.origin != serving.bound:
        typer.echo(f"People open it at {serving.origin}")
    server.serve(app, serving)


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
