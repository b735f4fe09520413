"""Several processes, and processes that are killed, leave a usable index."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import SCRIPT, TEXTS, generations_in, passages_of, write_lines

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.index.build import build_index
from coach.adapters.index.generations import building
from coach.adapters.index.hybrid import HybridIndex
from coach.bootstrap import Coach, build_own_index, open_coach
from coach.errors import GuidanceIndexError

#: A build that says "there" and waits where it is told to.
_BUILD = """
import sys, time
from importlib import import_module
from pathlib import Path
from coach.bootstrap import build_index_of

def wait(*_, **__):
    print("there", flush=True)
    time.sleep(600)

source, into, module, owner, name = sys.argv[1:]
place = import_module(module)
setattr(getattr(place, owner) if owner else place, name, wait)
build_index_of(Path(source), Path(into))
"""
_BUILDING, _GENERATIONS = "coach.adapters.index.build", "coach.adapters.index.generations"
_MOMENTS = {
    "before anything is embedded": (_BUILDING, "", "_embed"),
    "before anything is written": (_BUILDING, "", "_write"),
    "before the vectors are in Chroma": (_BUILDING, "", "write_collection"),
    "before it is flushed to the disk": (_GENERATIONS, "", "_flush"),
    "before it is published": (_GENERATIONS, "Path", "replace"),
    "before the old one is deleted": (_GENERATIONS, "shutil", "rmtree"),
}
_NEW = (*TEXTS, "Sharpen the chisel before each cut.")


@pytest.mark.parametrize("moment", _MOMENTS)
def test_a_killed_build_leaves_a_usable_index(
    moment: str, tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    index = tmp_path / "index"
    build_index(passages_of(), embedder, index)
    source = write_lines(tmp_path / "new.jsonl", _NEW)
    command = [sys.executable, "-c", _BUILD, str(source), str(index), *_MOMENTS[moment]]

    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert b"there\n" == child.stdout.readline()
        child.kill()

    assert -signal.SIGKILL == child.returncode
    assert "d2" == HybridIndex(index, embedder, chroma=True).search("dough").hits[0].passage.doc_id

    build_index(passages_of(_NEW), embedder, index)
    found = HybridIndex(index, embedder, chroma=True).search("woodwork with a chisel")

    assert "d5" == found.hits[0].passage.doc_id
    assert 1 == len(generations_in(index))
    assert ["CURRENT", "lock"] == sorted(
        path.name for path in index.iterdir() if not path.name.startswith("g-")
    )


def test_processes_that_build_at_once_leave_one_usable_index(
    tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    index = tmp_path / "index"
    sources = [
        write_lines(tmp_path / "short.jsonl", TEXTS[:3]),
        write_lines(tmp_path / "long.jsonl", _NEW),
    ]

    children = [
        subprocess.Popen(
            [SCRIPT, "index", "build", "--source", str(source), "--into", str(index)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for source in sources
    ]
    errors = [child.communicate(timeout=120)[1] for child in children]
    found = HybridIndex(index, embedder, chroma=True)

    assert [(0, b""), (0, b"")] == [
        (child.returncode, error) for child, error in zip(children, errors, strict=True)
    ]
    assert found.manifest.documents in {3, 6}
    assert "d2" == found.search("dough").hits[0].passage.doc_id
    assert 1 == len(generations_in(index))


def test_coaches_that_start_at_once_on_an_empty_machine_all_answer(
    tmp_path: Path, small_library: Path
) -> None:
    environment = {**os.environ, "COACH_LIBRARY": str(small_library)}

    children = [
        subprocess.Popen(
            [SCRIPT, "search", "we have not met for months", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for _ in range(2)
    ]
    outcomes = [child.communicate(timeout=120) for child in children]

    assert [0, 0] == [child.returncode for child in children], outcomes
    assert outcomes[0][0] == outcomes[1][0]
    assert 1 == len(generations_in(tmp_path / "home" / "index"))


def test_whoever_waits_too_long_for_another_build_is_told(tmp_path: Path) -> None:
    with (
        building(tmp_path),
        pytest.raises(GuidanceIndexError, match="Another process has been building"),
        building(tmp_path, patience=0.1),
    ):
        pass


def test_an_open_coach_notices_what_another_process_published(
    tmp_path: Path,
    small_coach: Coach,
    small_library: Path,
    embedder: MiniLMEmbedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coach = open_coach(small_coach.settings, embedder=embedder, long_lived=True)
    retriever = coach.retriever(k=1)
    coach.search("anything")
    handbook = tmp_path / "handbook.txt"
    handbook.write_text("The canteen serves dumplings on Thursdays.")
    coach.documents.add(handbook)
    monkeypatch.setenv("COACH_LIBRARY", str(small_library))

    build_own_index()

    assert "handbook.txt" == coach.search("dumplings on Thursday").hits[0].passage.origin
    assert "handbook.txt" == retriever.invoke("dumplings on Thursday")[0].metadata["origin"]


def test_an_index_opened_before_it_was_replaced_still_answers(
    tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    """Another process may publish between opening and the first search."""
    build_index(passages_of(), embedder, tmp_path)
    opened = [HybridIndex(tmp_path, embedder, chroma=chroma) for chroma in (False, True)]
    searched = HybridIndex(tmp_path, embedder, chroma=True)
    searched.search("bread")
    before = generations_in(tmp_path)

    build_index(passages_of(_NEW), embedder, tmp_path)
    found = [index.search("dough").hits[0].passage.doc_id for index in (*opened, searched)]

    assert ["d2", "d2", "d2"] == found
    assert 1 == len(generations_in(tmp_path))
    assert before != generations_in(tmp_path)
