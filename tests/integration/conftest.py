"""The real embedder, and small things to index with it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from corpora import SCRIPT, Command
from here import run_here

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.bootstrap import Coach, open_coach
from coach.settings import CoachSettings

REPO = Path(__file__).parents[2]
#: Enough for a coach of its own, in under a second.
_CARDS = ("a-clear-purpose.md", "after-a-long-gap.md", "arrive-with-a-check-in.md")


@pytest.fixture(scope="session")
def embedder() -> MiniLMEmbedder:
    return MiniLMEmbedder()


def _copy_small_library(library: Path) -> Path:
    (library / "cards").mkdir(parents=True)
    (library / "topics").mkdir()
    for name in _CARDS:
        shutil.copy(REPO / "knowledge" / "cards" / name, library / "cards")
    shutil.copy(REPO / "knowledge" / "sources.yaml", library)
    return library


@pytest.fixture
def small_library(tmp_path: Path) -> Path:
    """Three cards of the shipped library."""
    return _copy_small_library(tmp_path / "library")


@pytest.fixture(scope="session")
def _built_small(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLMEmbedder) -> Path:
    place = tmp_path_factory.mktemp("small")
    library = _copy_small_library(place / "library")
    open_coach(CoachSettings(home=place / "home", library=library), embedder=embedder)
    return place


@pytest.fixture
def small_coach(
    tmp_path: Path, small_library: Path, _built_small: Path, embedder: MiniLMEmbedder
) -> Coach:
    """A coach over the small library, with a home of its own that is built already."""
    shutil.copytree(_built_small / "home", tmp_path / "home")
    return open_coach(
        CoachSettings(home=tmp_path / "home", library=small_library), embedder=embedder
    )


@pytest.fixture
def run_coach(tmp_path: Path) -> Command:
    """The command line in this process, with its output as bytes."""

    def run(
        *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return run_here(tmp_path, arguments, stdin, env or {})

    return run


@pytest.fixture
def coach_process(tmp_path: Path) -> Command:
    """The command line as another process, with its output as bytes."""

    def run(
        *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [SCRIPT, *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, **(env or {})},
        )

    return run
