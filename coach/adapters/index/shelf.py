"""The coach's own index: the library and the added documents, kept up to date by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach.adapters.documents import DocumentShelf
from coach.adapters.index.build import BuildReport, Progress, build_index
from coach.adapters.index.generations import current, read_manifest, reading, settled
from coach.adapters.index.hybrid import HybridIndex
from coach.domain.library import GuidanceLibrary
from coach.errors import GuidanceIndexError, LibraryError
from coach.library.load import library_files, load_library
from coach.ports import Embedder

_LIBRARY = "library.json"

Say = Callable[[str], None]


@dataclass(frozen=True)
class OpenShelf:
    """A library and the index over it, of one generation."""

    generation: str
    library: GuidanceLibrary
    index: HybridIndex


class GuidanceShelf:
    """Builds the index when it is missing or no longer matches, and opens it."""

    def __init__(  # noqa: PLR0913 - wired once, by bootstrap
        self,
        library: Path,
        index: Path,
        documents: DocumentShelf,
        embedder: Embedder,
        *,
        chroma: bool = False,
        server: str | None = None,
    ) -> None:
        self._library = library
        self._index = index
        self._documents = documents
        self._embedder = embedder
        self._chroma = chroma
        self._server = server

    def open(self, say: Say, progress: Progress | None = None) -> OpenShelf:
        """The shelf as it should be now.

        A stale index that cannot be rebuilt is used as it is, and said so; a
        damaged one is built again; a missing one raises ``GuidanceIndexError``.
        """
        if self._is_fresh():
            try:
                return self._open()
            except GuidanceIndexError:
                say("The guidance index is damaged. Building it again …")
                self.build(force=True, progress=progress)
        else:
            first = current(self._index) is None
            say(
                "Building the guidance index (once) …" if first else "Updating the guidance index …"
            )
            try:
                report = self.build(progress=progress)
            except (GuidanceIndexError, LibraryError) as error:
                if self._usable() is None:
                    raise
                say(f"{error} Using the index as it was.")
            else:
                if report.message and report.embedded:
                    say(report.message)
        return self._open()

    def build(self, *, force: bool = False, progress: Progress | None = None) -> BuildReport:
        """Bring the index up to date. Raises ``LibraryError`` or ``GuidanceIndexError``."""
        source = self._digest()
        library = load_library(self._library)
        passages = [*library.passages()]
        for document in self._documents.list():
            passages.extend(document.passages)
        return build_index(
            passages,
            self._embedder,
            self._index,
            server=self._server,
            force=force,
            progress=progress,
            source=source,
            beside={_LIBRARY: library.model_dump_json()},
        )

    def current_generation(self) -> str:
        """The name of the published generation; cheap, for noticing a new one."""
        generation = current(self._index)
        return generation.name if generation else ""

    def _open(self) -> OpenShelf:
        return settled(self._index, self._read)

    def _read(self) -> OpenShelf:
        index = HybridIndex(self._index, self._embedder, chroma=self._chroma, server=self._server)
        generation = index.manifest.generation
        with reading(self._index / generation):
            text = (self._index / generation / _LIBRARY).read_text("utf-8")
            library = GuidanceLibrary.model_validate_json(text)
        return OpenShelf(generation=generation, library=library, index=index)

    def _is_fresh(self) -> bool:
        manifest = self._usable()
        return manifest == self._digest()

    def _usable(self) -> str | None:
        generation = current(self._index)
        manifest = read_manifest(generation) if generation else None
        if manifest is None or manifest.embedder != self._embedder.identity:
            return None
        return manifest.source

    def _digest(self) -> str:
        digest = hashlib.sha256(self._documents.digest().encode())
        for path in library_files(self._library):
            digest.update(path.name.encode())
            try:
                digest.update(path.read_bytes())
            except OSError:
                digest.update(b"missing")  # load_library says what is wrong with it
        return digest.hexdigest()
