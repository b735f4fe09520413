"""The program of the process that runs a local model; ``coach.adapters.chat.local`` starts it.

Run as a file, not as a module: it needs nothing of the coach. It reads one line of JSON
(``gguf``, ``name``, ``threads``, ``slots``, ``context``, ``key``), answers one line (``address``
or ``error``), and serves until its standard input closes, which also happens when the coach ends
in whatever way.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from typing import Any, TextIO


def serve(asked: dict[str, Any], answer: TextIO) -> None:
    """Load the model, say where it listens, and stay until nobody needs it."""
    xllamacpp = import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = asked["gguf"]
    params.model_alias = {asked["name"]}
    params.n_parallel = asked["slots"]
    params.n_ctx = asked["slots"] * asked["context"]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = asked["threads"]
    # Threads that wait in a loop take the processor from whatever else is at work here.
    params.cpuparams.poll = params.cpuparams_batch.poll = 0
    # It would keep up to 8 GB of prompts; the last one in each slot is kept all the same.
    params.cache_ram_mib = 0
    params.verbosity = -1
    # Other programs, and other pages in a person's browser, can reach loopback too.
    params.api_keys = [asked["key"]]
    params.cors_origins = ""
    params.endpoint_slots = params.ui = False
    server = xllamacpp.Server(params)
    _say(answer, {"address": server.listening_address})
    sys.stdin.buffer.read()


def _say(answer: TextIO, line: dict[str, Any]) -> None:
    answer.write(json.dumps(line) + "\n")
    answer.flush()


def _main() -> None:
    # Whoever stops the coach at the terminal stops it; this process ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What native code prints is kept off the line that answers, and off the terminal.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        serve(json.loads(sys.stdin.buffer.readline()), answer)
    except ImportError:
        _say(answer, {"error": "missing"})
    except Exception as error:  # noqa: BLE001 - native code raises what it likes; the coach explains
        _say(answer, {"error": type(error).__name__})
    # Native threads are still running: an orderly end would crash or hang in them.
    os._exit(0)


if __name__ == "__main__":
    _main()
