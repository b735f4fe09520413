"""The batch half of themes: texts stripped and embedded, vectors grouped; here, or on Ray."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from coach.bootstrap.judges import choose_embedder
from coach.bootstrap.statements import open_stripper
from coach.errors import EmbedderError
from coach.ports import Clusterer, Embedder
from coach.settings import read_settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coach.themes.stripping import Stripper


@dataclass(frozen=True)
class Prepared:
    """Texts without what tells who, and a vector of each text as it was.

    ``embedder`` is the identity of what made the vectors.
    """

    stripped: tuple[str, ...]
    vectors: NDArray[np.float32]
    embedder: str


@dataclass(frozen=True)
class Batches:
    """Where the batch half runs; the same texts give the same results, wherever."""

    prepare: Callable[[Sequence[str]], Prepared]
    clusterer: Clusterer


@contextmanager
def open_batches(ray: str | None, embedder: Embedder) -> Iterator[Batches]:
    """The batch half in this process, or on the Ray cluster at ``ray``.

    Raises ``SettingsError`` if there is no such cluster.
    """
    if ray is None:
        from coach.adapters.clustering import VectorGroups

        yield Batches(lambda texts: _prepared(texts, open_stripper(), embedder), VectorGroups())
        return
    from coach.adapters.ray_batches import RayBatches

    with RayBatches(ray) as cluster:
        yield Batches(
            lambda texts: _joined(cluster.each(prepared_on_a_node, texts), embedder), cluster
        )


def prepared_on_a_node(texts: Sequence[str]) -> Prepared:
    """``texts`` prepared with this machine's own settings, so that no key travels."""
    return _prepared(texts, *_tools())


@cache
def _tools() -> tuple[Stripper, Embedder]:
    # A process of a node prepares many parts, and opens its models for the first.
    return open_stripper(), choose_embedder(read_settings())


def _prepared(texts: Sequence[str], stripper: Stripper, embedder: Embedder) -> Prepared:
    stripped = tuple(one.text for one in stripper.strip_many(texts))
    return Prepared(stripped, embedder.embed(texts), embedder.identity)


def _joined(parts: Sequence[Prepared], embedder: Embedder) -> Prepared:
    strange = {one.embedder for one in parts} - {embedder.identity}
    if strange:
        raise EmbedderError(
            f"A node of the Ray cluster embeds with {min(strange)}, and this machine with "
            f"{embedder.identity}. Give all of them the same COACH_EMBEDDINGS_BASE_URL and "
            "COACH_EMBEDDINGS_MODEL."
        )
    return Prepared(
        tuple(text for one in parts for text in one.stripped),
        np.concatenate([one.vectors for one in parts]),
        embedder.identity,
    )
