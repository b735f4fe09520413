"""The command line in this process: everything of ``run`` but the start of another interpreter.

A command loads models for seconds; here they are loaded once. What is about processes, such as
two at a time or a killed one, uses the fixture ``coach_process``.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from coach.cli.main import run


def run_here(
    place: Path, arguments: tuple[str, ...], stdin: bytes, env: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """``coach`` with ``arguments`` in the folder ``place``, as a process would have ended."""
    out, err = io.BytesIO(), io.BytesIO()
    code = 0
    before = Path.cwd()
    os.chdir(place)
    try:
        with (
            mock.patch.dict(os.environ, env),
            mock.patch.object(sys, "argv", ["coach", *arguments]),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8")),
            mock.patch.object(sys, "stdout", io.TextIOWrapper(out, "utf-8")),
            mock.patch.object(sys, "stderr", io.TextIOWrapper(err, "utf-8")),
        ):
            try:
                run()
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                told, complained = out.getvalue(), err.getvalue()
    finally:
        os.chdir(before)
    return subprocess.CompletedProcess(["coach", *arguments], code, told, complained)


def say_here(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The same where it is, with text in and out."""
    done = run_here(Path.cwd(), arguments, typed.encode(), {})
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
