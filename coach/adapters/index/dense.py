"""The dense half of the index: vectors in Chroma, and the same vectors mapped from a file.

Chroma serves whatever lives long: the pages, batches, a shared server. A single
command reads the mapped copy instead, because importing Chroma alone takes
longer than the whole command should (docs/decisions/0002). Both return the same
cosines; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from coach.errors import GuidanceIndexError

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLLECTION = "guidance"
#: Chroma's limit for one write is higher; this bounds memory.
_BATCH = 2_000
#: Breadth of Chroma's graph search. At 200 it missed some of the 100 candidates for 8 of 100
#: questions (1,719 vectors), which moved the fused scores; at 400 it missed none.
_BREADTH = 400
#: How the header of Chroma's graph of neighbours begins: the layout's number, an offset, how many
#: vectors there is room for, how many there are, and the bytes of each.
_GRAPH_HEADER = Struct("<i4Q")
#: Bytes of the length of each vector, which has a file of its own.
_LENGTH = 4


class DenseIndex(Protocol):
    """Cosines between a query's vector and passages."""

    def nearest(self, vector: NDArray[np.float32], count: int) -> dict[int, float]:
        """Rows of the ``count`` nearest passages, with their cosines."""
        ...


class MappedVectors:
    """Exact cosines over the vectors' file, mapped into memory."""

    def __init__(self, generation: Path) -> None:
        self._vectors = np.load(generation / "vectors.npy", mmap_mode="r")
        if self._vectors.ndim != 2:
            raise ValueError("not a table of vectors")

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def width(self) -> int:
        """Numbers in one vector."""
        return int(self._vectors.shape[1])

    def nearest(self, vector: NDArray[np.float32], count: int) -> dict[int, float]:
        """Exact: every passage is compared."""
        if not len(self._vectors):
            return {}
        cosines = self._vectors @ vector
        count = min(count, len(cosines))
        rows = np.argpartition(-cosines, count - 1)[:count]
        return {int(row): float(cosines[row]) for row in rows}

    def nearest_of(
        self, vector: NDArray[np.float32], rows: NDArray[np.int64], count: int
    ) -> dict[int, float]:
        """The cosines of the ``count`` nearest among just these."""
        cosines = self._vectors[rows] @ vector
        if len(rows) > count:
            best = np.argpartition(-cosines, count - 1)[:count]
            rows, cosines = rows[best], cosines[best]
        return {int(row): float(cosine) for row, cosine in zip(rows, cosines, strict=True)}


class ChromaVectors:
    """Cosines from a Chroma collection, embedded in this process or on a server."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self._size = int(collection.count())

    @classmethod
    def open(cls, generation: Path, server: str | None) -> ChromaVectors:
        """The collection of a published generation. Raises ``GuidanceIndexError``."""
        name = generation.name if server else COLLECTION
        with _translated(f"The vectors in {server or str(generation)!r} cannot be opened"):
            if not (server or (generation / "chroma").is_dir()):
                raise ValueError("no vectors there")  # Chroma would make an empty folder
            client = _client(generation, server)
            return cls(client.get_collection(name, embedding_function=None))

    def nearest(self, vector: NDArray[np.float32], count: int) -> dict[int, float]:
        """Approximate in principle, exact in practice at this breadth."""
        if not self._size:
            return {}
        with _translated("The vectors cannot be searched"):
            found = self._collection.query(
                query_embeddings=[vector], n_results=min(count, self._size), include=["distances"]
            )
        return {
            int(row): 1.0 - float(distance)
            for row, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        }


def write_collection(
    generation: Path, name: str, vectors: NDArray[np.float32], ids: list[str], server: str | None
) -> None:
    """Write ``vectors`` to Chroma, under their row numbers, with the passages' ids beside them.

    Raises:
        GuidanceIndexError: the server, or the disk, does not take them.
    """
    graph = {
        "space": "cosine",
        "ef_search": _BREADTH,
        "ef_construction": 200,
        # Every vector goes into the graph at once: with some waiting, Chroma would write room for
        # them at each search, after the room was blanked.
        "sync_threshold": 1,
    }
    with _translated(f"The vectors cannot be written to {server or str(generation)!r}"):
        client = _client(generation, server)
        collection = client.create_collection(
            name if server else COLLECTION,
            embedding_function=None,
            configuration={"hnsw": graph},
        )
        for start in range(0, len(vectors), _BATCH):
            rows = range(start, min(start + _BATCH, len(vectors)))
            collection.add(
                ids=[str(row) for row in rows],
                embeddings=vectors[rows.start : rows.stop],
                metadatas=[{"passage": ids[row]} for row in rows],
            )
        if not server:
            _close(client)
            for header in (generation / "chroma").glob("*/header.bin"):
                blank_spare_room(header.parent)


def blank_spare_room(graph: Path) -> None:
    """Zero what the files of one of Chroma's graphs hold beyond its vectors.

    A small graph's files have room for a hundred, as Chroma found it in memory: words of a
    document that was taken out, or of whatever else this process has read, would lie there.

    Raises:
        ValueError: the files are not laid out as they were in Chroma 1.5.
    """
    layout, _, room, vectors, size = _GRAPH_HEADER.unpack_from((graph / "header.bin").read_bytes())
    for name, of in {"data_level0.bin": size, "length.bin": _LENGTH}.items():
        spare = (graph / name).stat().st_size - vectors * of
        if layout != 1 or not 0 <= spare <= (room - vectors) * of:
            raise ValueError(f"its file {name} is laid out in a way that is not known")
        with (graph / name).open("r+b") as file:
            file.seek(vectors * of)
            file.write(bytes(spare))


def drop_collection(name: str, server: str) -> None:
    """Delete a replaced generation's collection from a server, if it is still there."""
    with _translated(f"The replaced vectors cannot be deleted from {server!r}"):
        client = _client(Path(), server)
        if name in {collection.name for collection in client.list_collections()}:
            client.delete_collection(name)


@contextmanager
def _translated(what: str) -> Iterator[None]:
    from chromadb.errors import ChromaError
    from httpx import HTTPError  # what Chroma's client lets through when the server has gone

    try:
        yield
    except (ChromaError, HTTPError, ValueError, OSError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0]
        raise GuidanceIndexError(
            f"{what} ({why}). If the place is there and has room, build the index again: "
            "coach index build --force."
        ) from error


def _client(generation: Path, server: str | None) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not server:
        return chromadb.PersistentClient(str(generation / "chroma"), settings=settings)
    address = urlsplit(server)
    try:
        return chromadb.HttpClient(
            host=address.hostname or "",
            port=address.port or (443 if address.scheme == "https" else 8000),
            ssl=address.scheme == "https",
            settings=settings,
        )
    except ValueError as error:
        raise GuidanceIndexError(
            f"The Chroma server {address.netloc!r} does not answer. Start it, or unset "
            "COACH_CHROMA_URL to keep the vectors on this machine."
        ) from error


def _close(client: Any) -> None:
    # Releases the files, so that the finished folder can be renamed on every system.
    client.close()
