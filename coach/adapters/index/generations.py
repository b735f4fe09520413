"""Where an index lives on disk, so that no reader ever meets half of one.

::

    INDEX/
      CURRENT            name of the published generation, replaced atomically
      lock               held by the one process that builds
      g-1a2b3c…/         a published generation: never written again
      g-9f8e7d….partial  a build under way, or the remains of one that was killed

A build writes a whole new generation and publishes it by replacing CURRENT; the
old one is then deleted, so that a removed document is really gone from the disk.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from coach.domain.guidance import Frozen
from coach.errors import GuidanceIndexError

#: Raise it when the files of a generation change their form: older ones are built again.
FORMAT = 3
#: Nothing else in the folder is ever read or swept: it may hold a person's own files.
_NAME = re.compile(r"g-[0-9a-f]{12}")
_REMAINS = re.compile(r"g-[0-9a-f]{12}(\.partial)?")
#: How often a reader looks again when other processes publish while it reads.
_LOOKS = 3

Opened = TypeVar("Opened")


class Manifest(Frozen):
    """What a generation holds, and what it was made from.

    ``fingerprint`` identifies the texts, ``embedder`` the space of the vectors,
    ``source`` the files that they were read from (empty where nobody asks).
    """

    format: int
    generation: str
    embedder: str
    fingerprint: str
    source: str = ""
    passages: int
    documents: int


def current(index: Path) -> Path | None:
    """The published generation's folder, or ``None`` if there is none that is whole."""
    try:
        name = (index / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if _NAME.fullmatch(name) and (folder / "manifest.json").is_file() else None


def read_manifest(generation: Path) -> Manifest | None:
    """The manifest, or ``None`` if it is missing, damaged or of another format."""
    try:
        fields = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        if fields.get("format") != FORMAT:
            return None
        return Manifest.model_validate(fields)
    except (OSError, ValueError, AttributeError):
        return None


def settled(index: Path, read: Callable[[], Opened]) -> Opened:
    """What ``read`` returns; it reads again if another process published meanwhile.

    Raises:
        GuidanceIndexError: as ``read`` does, for an index that stands still.
    """
    for _ in range(_LOOKS - 1):
        before = current(index)
        try:
            return read()
        except GuidanceIndexError:
            if current(index) == before:
                raise
    return read()


@contextmanager
def reading(generation: Path) -> Iterator[None]:
    """Turn what a damaged generation raises into a message that says what to do."""
    try:
        yield
    except (OSError, ValueError, EOFError, LookupError, TypeError, AttributeError) as error:
        raise GuidanceIndexError(
            f"The index in {str(generation.parent)!r} is damaged. Build it again: "
            "coach index build --force (with --source and --into, unless it is the coach's own)."
        ) from error


@contextmanager
def building(index: Path, *, patience: float = 600.0) -> Iterator[None]:
    """Hold the right to build. Waits up to ``patience`` seconds for another process.

    Raises:
        GuidanceIndexError: the folder cannot be written, or the other process
            does not finish in time.
    """
    from filelock import FileLock, Timeout

    with saying_why(index):
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "lock", timeout=patience)
        try:
            lock.acquire()
        except Timeout as error:
            raise GuidanceIndexError(
                f"Another process has been building the index in {str(index)!r} for "
                f"{patience:.0f} seconds. Wait for it, or end it, and try again."
            ) from error
        try:
            _sweep(index, keep=current(index))
            yield
        finally:
            lock.release()


@contextmanager
def saying_why(index: Path) -> Iterator[None]:
    """Turn a failure to write into a message that says what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise GuidanceIndexError(
            f"The index in {str(index)!r} cannot be written ({reason}). Make room there or make it "
            "writable, or set COACH_HOME to another folder. Nothing that was there is lost."
        ) from error


def begin() -> str:
    """A name for a new generation."""
    return f"g-{uuid4().hex[:12]}"


def publish(index: Path, partial: Path, generation: str) -> Path:
    """Make ``partial`` the current generation and delete the one before it."""
    before = current(index)
    final = index / generation
    _flush(partial)
    partial.rename(final)
    pointer = index / f"CURRENT.{generation}"
    pointer.write_text(generation, encoding="utf-8")
    pointer.replace(index / "CURRENT")
    if before is not None:
        shutil.rmtree(before, ignore_errors=True)
    return final


def _flush(folder: Path) -> None:
    # The manifest is written last and flushed, so a generation with one is whole.
    if os.name == "posix":
        for path in (*folder.rglob("*"), folder):
            if path.is_file() or path.is_dir():
                handle = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)


def _sweep(index: Path, keep: Path | None) -> None:
    """Remove what killed builds and replaced generations left behind."""
    for path in index.iterdir():
        if _REMAINS.fullmatch(path.name) and path != keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith("CURRENT.g-"):
            path.unlink(missing_ok=True)
