"""Chroma leaves room for vectors to come; nothing that this process has read may stay in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.adapters.index.dense import COLLECTION, ChromaVectors, blank_spare_room, write_collection
from coach.errors import GuidanceIndexError

_FILES = {"data_level0.bin": None, "length.bin": 4}


@pytest.mark.parametrize("count", [1, 3, 150, 2_300])
def test_chromas_files_hold_vectors_and_nothing_else(count: int, tmp_path: Path) -> None:
    vectors = _vectors(count)
    _write(tmp_path, vectors)
    assert not any(b"".join(_spare(tmp_path).values()))

    found = ChromaVectors.open(tmp_path, None).nearest(vectors[0], 1)

    assert {0: pytest.approx(1.0, abs=1e-5)} == found
    assert not any(b"".join(_spare(tmp_path).values()))


def test_what_lies_in_the_room_goes_and_the_vectors_stay(tmp_path: Path) -> None:
    vectors = _vectors(3)
    _write(tmp_path, vectors)
    graph = _graph(tmp_path)
    for name, spare in _spare(tmp_path).items():
        kept = (graph / name).read_bytes()[: -len(spare)]
        (graph / name).write_bytes(kept + b"zeppelin".ljust(len(spare), b"."))

    blank_spare_room(graph)

    assert not any(b"zeppelin" in file.read_bytes() for file in graph.iterdir())
    found = ChromaVectors.open(tmp_path, None).nearest(vectors[1], 1)
    assert {1: pytest.approx(1.0, abs=1e-5)} == found


def test_another_layout_of_the_files_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.adapters.index.dense._LENGTH", 3)

    with pytest.raises(GuidanceIndexError, match=r"length\.bin is laid out in a way"):
        _write(tmp_path, _vectors(3))


def _vectors(count: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(1).normal(size=(count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _write(generation: Path, vectors: NDArray[np.float32]) -> None:
    ids = [f"p{row}" for row in range(len(vectors))]
    write_collection(generation, COLLECTION, vectors, ids, None)


def _graph(generation: Path) -> Path:
    (header,) = (generation / "chroma").glob("*/header.bin")
    return header.parent


def _spare(generation: Path) -> dict[str, bytes]:
    """What each file holds beyond the vectors, all of which are in the graph."""
    graph = _graph(generation)
    # After the layout's number: an offset, the room, the vectors, the bytes of each.
    _, _, count, size = np.frombuffer((graph / "header.bin").read_bytes()[4:36], dtype="<u8")
    return {
        name: (graph / name).read_bytes()[int(count) * (of or int(size)) :]
        for name, of in _FILES.items()
    }
