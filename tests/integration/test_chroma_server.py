"""The vectors on a Chroma server of our own, on the loopback interface."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import chromadb
import pytest
from corpora import TEXTS, Command, passages_of, write_lines

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.index.build import build_index
from coach.adapters.index.dense import ChromaVectors
from coach.adapters.index.hybrid import HybridIndex
from coach.bootstrap import open_coach
from coach.errors import GuidanceIndexError, SettingsError
from coach.settings import CoachSettings, read_settings

_CHROMA = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [_CHROMA, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(300):
        try:
            with urlopen(f"{url}/api/v2/heartbeat", timeout=1):  # noqa: S310 - loopback
                return process, url
        except (URLError, OSError):
            time.sleep(0.1)
    _end(process)
    raise AssertionError("Chroma's server did not start in 30 seconds")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process, url = _start(tmp_path_factory.mktemp("chroma"))
    yield url
    _end(process)


def _collections(url: str) -> set[str]:
    client = chromadb.HttpClient(host="127.0.0.1", port=int(url.rpartition(":")[2]))
    return {collection.name for collection in client.list_collections()}


def test_vectors_live_on_the_server_and_are_found_there(
    tmp_path: Path, server: str, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(), embedder, tmp_path, server=server)

    index = HybridIndex(tmp_path, embedder, server=server)
    found = index.search("working the dough")

    assert index.manifest.generation in _collections(server)
    assert "d2" == found.hits[0].passage.doc_id
    assert found.hits == HybridIndex(tmp_path, embedder).search("working the dough").hits
    assert not list(tmp_path.rglob("chroma"))


def test_a_replaced_generation_leaves_nothing_on_the_server(
    tmp_path: Path, server: str, embedder: MiniLMEmbedder
) -> None:
    others = _collections(server)
    build_index(passages_of(), embedder, tmp_path, server=server)
    opened = HybridIndex(tmp_path, embedder, server=server)
    build_index(passages_of(TEXTS[:3]), embedder, tmp_path, server=server)

    index = HybridIndex(tmp_path, embedder, server=server)

    assert others | {index.manifest.generation} == _collections(server)
    assert "d2" == index.search("dough").hits[0].passage.doc_id
    assert "d2" == opened.search("dough").hits[0].passage.doc_id


def test_a_build_that_fails_leaves_nothing_on_the_server(
    tmp_path: Path, server: str, embedder: MiniLMEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    others = _collections(server)
    monkeypatch.setattr("coach.adapters.index.build.publish", full)

    with pytest.raises(GuidanceIndexError, match="No space left"):
        build_index(passages_of(), embedder, tmp_path, server=server)

    assert others == _collections(server)


def test_the_coach_uses_the_server_that_the_settings_name(
    tmp_path: Path, small_library: Path, server: str, embedder: MiniLMEmbedder
) -> None:
    settings = CoachSettings(home=tmp_path / "home", library=small_library, chroma_url=server)

    coach = open_coach(settings, embedder=embedder)

    assert "after-a-long-gap" == coach.search("we have not met for months").hits[0].passage.doc_id
    assert coach.index.manifest.generation in _collections(server)


def test_a_server_that_is_not_there_is_said_by_every_command(
    tmp_path: Path, run_coach: Command, embedder: MiniLMEmbedder
) -> None:
    url = f"http://127.0.0.1:{_free_port()}"
    source = write_lines(tmp_path / "texts.jsonl")
    build_index(passages_of(), embedder, tmp_path / "index")

    built = run_coach(
        "index", "build", "--source", str(source), "--into", "new", env={"COACH_CHROMA_URL": url}
    )
    searched = run_coach("search", "dough", "--index", "index", env={"COACH_CHROMA_URL": url})

    for done in (built, searched):
        assert 1 == done.returncode
        assert b"does not answer. Start it, or unset COACH_CHROMA_URL" in done.stderr
        assert b"Traceback" not in done.stderr


def test_a_server_that_goes_away_is_said(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    process, url = _start(folder)
    try:
        build_index(passages_of(), embedder, tmp_path / "index", server=url)
        index = HybridIndex(tmp_path / "index", embedder, server=url)
        index.search("dough")
    finally:
        _end(process)

    with pytest.raises(GuidanceIndexError, match="cannot be searched"):
        index.search("dough")
    with pytest.raises(GuidanceIndexError, match="does not answer"):
        build_index(passages_of(TEXTS[:2]), embedder, tmp_path / "index", server=url)

    assert "d2" == HybridIndex(tmp_path / "index", embedder).search("dough").hits[0].passage.doc_id


def test_vectors_that_the_server_lost_are_said(
    tmp_path: Path, server: str, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(), embedder, tmp_path)

    with pytest.raises(GuidanceIndexError, match="coach index build --force"):
        HybridIndex(tmp_path, embedder, server=server).search("dough")
    with pytest.raises(GuidanceIndexError, match="coach index build --force"):
        ChromaVectors.open(tmp_path, server)


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://x", "http://", "chroma"])
def test_an_address_that_is_none_is_a_setting_to_mend(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_CHROMA_URL", address)

    with pytest.raises(SettingsError, match="COACH_CHROMA_URL"):
        read_settings()
