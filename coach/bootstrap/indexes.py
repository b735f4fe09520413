"""Which index is searched, and where it is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap.judges import choose_embedder
from coach.ports import Embedder
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.adapters.documents import DocumentShelf
    from coach.adapters.index.build import BuildReport
    from coach.adapters.index.hybrid import HybridIndex
    from coach.adapters.index.shelf import GuidanceShelf

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


def open_index(path: Path, *, long_lived: bool = False, say: Say = lambda _: None) -> HybridIndex:
    """Any index that was built with ``build_index_of``.

    One whose vectors come from another embedder is embedded again, from the
    passages that it holds, and ``say`` receives why. Raises ``GuidanceIndexError``.
    """
    from coach.adapters.index.build import rebuild_for
    from coach.adapters.index.generations import settled
    from coach.adapters.index.hybrid import HybridIndex

    settings = read_settings()
    embedder = choose_embedder(settings)
    server = settings.chroma_url
    report = settled(path, lambda: rebuild_for(path, embedder, server=server))
    if report:
        say(report.message)
    return settled(path, lambda: HybridIndex(path, embedder, chroma=long_lived, server=server))


def build_index_of(
    source: Path, into: Path, *, force: bool = False, progress: Progress | None = None
) -> tuple[BuildReport, tuple[str, ...]]:
    """Index a folder of Markdown or a file of JSON Lines; also what had to be left out."""
    from coach.adapters.corpus import read_corpus
    from coach.adapters.index.build import build_index

    settings = read_settings()
    corpus = read_corpus(source)
    report = build_index(
        corpus.passages,
        choose_embedder(settings),
        into,
        server=settings.chroma_url,
        force=force,
        progress=progress,
    )
    return report, corpus.faults


def build_own_index(*, force: bool = False, progress: Progress | None = None) -> BuildReport:
    """Bring the coach's own index up to date, whether or not one is there."""
    settings = read_settings()
    return shelf_of(settings, choose_embedder(settings)).build(force=force, progress=progress)


def open_documents() -> DocumentShelf:
    """The added documents, without opening the index."""
    from coach.adapters.documents import DocumentShelf

    return DocumentShelf(read_settings().documents_path)


def shelf_of(
    settings: CoachSettings, embedder: Embedder, *, long_lived: bool = False
) -> GuidanceShelf:
    """The library, the added documents and the index over both."""
    from coach.adapters.documents import DocumentShelf
    from coach.adapters.index.shelf import GuidanceShelf

    return GuidanceShelf(
        settings.library,
        settings.index_path,
        DocumentShelf(settings.documents_path),
        embedder,
        chroma=long_lived,
        server=settings.chroma_url,
    )
