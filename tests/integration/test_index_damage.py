"""A disk that is full, read-only or faulty: a clear message, and what was there still serves.

The tests may run as root, whom no permission stops, so faults come from limits and stand-ins.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from corpora import TEXTS, generations_in, passages_of, write_lines
from fakes import HashEmbedder

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.index.build import build_index
from coach.adapters.index.generations import current
from coach.adapters.index.hybrid import HybridIndex
from coach.bootstrap import Coach, open_coach, open_index
from coach.errors import CoachError, GuidanceIndexError
from coach.settings import CoachSettings

_MORE = (*TEXTS, "Sharpen the chisel before each cut.")
#: ``coach index build`` as if the disk had room for files of so many bytes only.
_ON_A_FULL_DISK = """
import resource, sys
from coach.cli.main import run
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
run()
"""


def _fails(error: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return fail


def _finds_dough(index: Path, embedder: MiniLMEmbedder) -> bool:
    found = HybridIndex(index, embedder, chroma=True).search("dough")
    return found.hits[0].passage.doc_id == "d2"


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("coach.adapters.index.build.np.save", errno.ENOSPC),
        ("coach.adapters.index.generations.Path.mkdir", errno.EROFS),
        ("coach.adapters.index.generations.Path.rename", errno.EROFS),
        ("coach.adapters.index.generations.Path.replace", errno.ENOSPC),
        ("coach.adapters.index.generations.os.fsync", errno.EIO),
    ],
)
def test_an_index_that_cannot_be_written_says_why_and_still_serves(
    where: str,
    error: int,
    tmp_path: Path,
    embedder: MiniLMEmbedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build_index(passages_of(), embedder, tmp_path)

    with monkeypatch.context() as patch:
        patch.setattr(where, _fails(error))
        with pytest.raises(GuidanceIndexError, match=os.strerror(error)) as caught:
            build_index(passages_of(_MORE), embedder, tmp_path)

    assert "set COACH_HOME to another folder. Nothing that was there is lost." in str(caught.value)
    assert _finds_dough(tmp_path, embedder)

    build_index(passages_of(_MORE), embedder, tmp_path)

    assert 1 == len(generations_in(tmp_path))


@pytest.mark.parametrize("limit", [2_000, 100_000])
def test_a_full_disk_leaves_the_old_index(
    limit: int, tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    """The smaller limit stops the vectors' file, the larger one Chroma's."""
    index = tmp_path / "index"
    build_index(passages_of(), embedder, index)
    source = write_lines(tmp_path / "more.jsonl", _MORE)
    command = [sys.executable, "-c", _ON_A_FULL_DISK, str(limit), "index", "build"]

    done = subprocess.run(
        [*command, "--source", str(source), "--into", str(index)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert 1 == done.returncode
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert _finds_dough(index, embedder)
    assert 1 == len(generations_in(index))


def test_a_file_where_the_index_should_be_is_said(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    (tmp_path / "index").write_text("not a folder")

    with pytest.raises(GuidanceIndexError, match="cannot be written"):
        build_index(passages_of(), embedder, tmp_path / "index")


def test_a_home_that_cannot_be_made_is_said(tmp_path: Path, small_library: Path) -> None:
    (tmp_path / "home").write_text("not a folder")

    with pytest.raises(GuidanceIndexError, match="set COACH_HOME to another folder"):
        open_coach(CoachSettings(home=tmp_path / "home", library=small_library))


def test_a_stale_index_that_cannot_be_rebuilt_is_used_and_said_so(
    small_coach: Coach,
    small_library: Path,
    embedder: MiniLMEmbedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (small_library / "cards" / "a-clear-purpose.md").unlink()
    monkeypatch.setattr("coach.adapters.index.build.np.save", _fails(errno.ENOSPC))
    said: list[str] = []

    coach = open_coach(small_coach.settings, embedder=embedder, say=said.append)

    assert "a-clear-purpose" in coach.library.by_key
    assert "No space left" in said[-1]
    assert said[-1].endswith("Using the index as it was.")


def test_a_library_that_became_faulty_leaves_the_old_index_in_use(
    small_coach: Coach, small_library: Path, embedder: MiniLMEmbedder
) -> None:
    (small_library / "cards" / "a-clear-purpose.md").write_text("no front matter")
    said: list[str] = []

    coach = open_coach(small_coach.settings, embedder=embedder, say=said.append)

    assert coach.search("the purpose of the program").hits
    assert "a-clear-purpose.md" in said[-1]


_DAMAGE = {
    "an empty CURRENT": ("CURRENT", b""),
    "a CURRENT that is no text": ("CURRENT", b"\xff\xfe\x00"),
    "a CURRENT that leads elsewhere": ("CURRENT", b"../../etc"),
    "an empty manifest": ("manifest.json", b""),
    "a manifest of something else": ("manifest.json", b"[1, 2]"),
    "a manifest of another format": ("manifest.json", b'{"format": 999}'),
    "an empty vectors file": ("vectors.npy", b""),
    "a cut vectors file": ("vectors.npy", None),
    "vectors that are none": ("vectors.npy", b"not numpy at all"),
    "empty passages": ("passages.jsonl", b""),
    "cut passages": ("passages.jsonl", None),
    "passages that are none": ("passages.jsonl", b"\x80\x81 no text"),
    "a cut list of words": ("bm25/vocab.index.json", None),
    "words that are none": ("bm25/vocab.index.json", b"\x80"),
    "a cut matrix of words": ("bm25/data.csc.index.npy", None),
}


def _damage(index: Path, name: str, content: bytes | None) -> None:
    folder = current(index)
    assert folder is not None
    path = index / name if name == "CURRENT" else folder / name
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)


@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_damaged_index_is_an_error_that_says_what_to_do(
    damage: str, tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(), embedder, tmp_path)
    _damage(tmp_path, *_DAMAGE[damage])

    with pytest.raises(CoachError, match="coach index build"):
        open_index(tmp_path)

    build_index(passages_of(), embedder, tmp_path, force=True)

    assert _finds_dough(tmp_path, embedder)
    assert 1 == len(generations_in(tmp_path))


@pytest.mark.parametrize("damage", [*_DAMAGE, "a damaged library"])
def test_the_coachs_own_index_mends_itself(
    damage: str, tmp_path: Path, small_library: Path
) -> None:
    settings = CoachSettings(home=tmp_path / "home", library=small_library)
    open_coach(settings, embedder=HashEmbedder())
    _damage(settings.index_path, *_DAMAGE.get(damage, ("library.json", None)))
    said: list[str] = []

    coach = open_coach(settings, embedder=HashEmbedder(), say=said.append)

    assert coach.search("after a long gap").hits
    assert said
    assert 1 == len(generations_in(settings.index_path))


@pytest.mark.parametrize("damage", ["gone", "empty", "not a database", "no index files"])
def test_damaged_vectors_in_chroma_are_an_error_that_says_what_to_do(
    damage: str, tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(), embedder, tmp_path)
    folder = current(tmp_path)
    assert folder is not None
    chroma = folder / "chroma"
    if damage == "gone":
        shutil.rmtree(chroma)
    elif damage == "no index files":
        for part in chroma.iterdir():
            if part.is_dir():
                shutil.rmtree(part)
    else:
        content = b"" if damage == "empty" else b"no database at all" * 1000
        (chroma / "chroma.sqlite3").write_bytes(content)

    try:
        found = HybridIndex(tmp_path, embedder, chroma=True).search("dough")
    except GuidanceIndexError as error:
        assert "coach index build --force" in str(error)  # noqa: PT017 - either way is right
    else:
        assert "d2" == found.hits[0].passage.doc_id

    assert HybridIndex(tmp_path, embedder).search("dough").hits


def test_vectors_of_another_index_are_refused(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    build_index(passages_of(), embedder, tmp_path)
    folder = current(tmp_path)
    assert folder is not None
    np.save(folder / "vectors.npy", np.ones((99, 384), dtype=np.float32))

    with pytest.raises(GuidanceIndexError, match="damaged"):
        HybridIndex(tmp_path, embedder)
