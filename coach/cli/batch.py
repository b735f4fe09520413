"""JSON Lines in, JSON Lines out: one answer per line, in order, whatever a line holds."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import typer

from coach.errors import CoachError

#: Characters of one line; longer ones are refused before they are parsed.
_MAX_LINE = 2_000_000
#: What Python makes of a byte that is not UTF-8.
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")


def run_batch(source: str, answer: Callable[[dict[str, Any]], dict[str, Any]], *typed: str) -> None:
    """Answer each line of ``source`` (a file, or ``-``) on stdout.

    ``answer`` gets a line's fields without ``id`` and returns the answer's. A
    faulty line gets ``{"id": …, "error": …}`` and the run goes on. Ends with
    exit code 1 if any line failed. ``typed`` is what was given at the command line: raises
    ``CoachError`` if there is any, since it would go unread.
    """
    if any(text.strip() for text in typed):
        raise CoachError(
            "A text and --jsonl were both given, and only one is read. Leave one of them out."
        )
    failed = False
    for reply in read_batch(source, answer):
        failed = failed or "error" in reply
        sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def read_batch(
    source: str, answer: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What ``run_batch`` would print, line by line."""
    lines = list(_lines(source))
    with progress(len(lines)) as step:
        for line in lines:
            yield _reply(line, answer)
            step()


def _reply(line: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    if len(line) > _MAX_LINE:
        return {
            "id": None,
            "error": f"The line has {len(line):,} characters; at most {_MAX_LINE:,}.",
        }
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "The line is not JSON. Write one JSON object a line."}
    if not isinstance(fields, dict):
        return {"id": None, "error": 'The line is JSON, but not an object such as {"id": 1, …}.'}
    name = fields.pop("id", None)
    if _NOT_UTF8.search(line):
        return {"id": name, "error": "The line is not UTF-8 text. Save the file as UTF-8."}
    try:
        return {"id": name, **answer(fields)}
    except CoachError as error:
        return {"id": name, "error": str(error)}


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        # Undecodable bytes become a faulty line, not the end of the run.
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")  # type: ignore[union-attr]
        yield from _filled(sys.stdin)
        return
    try:
        with Path(source).open(encoding="utf-8-sig", errors="surrogateescape") as file:
            yield from _filled(file)
    except OSError as error:
        raise CoachError(
            f"{source!r} cannot be read ({error.strerror}). Give a file of JSON Lines, or '-'."
        ) from error


def _filled(file: TextIO) -> Iterator[str]:
    return (line for line in file if line.strip())


class progress:  # noqa: N801 - reads as a statement where it is used
    """A progress bar on stderr when that is a terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Callable[[], None]:
        if sys.stderr.isatty() and self._total > 1:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("Working", total=self._total)
        return self._step

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def _step(self) -> None:
        if self._bar:
            self._bar.advance(self._task)
