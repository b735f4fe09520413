"""Build an index: embed what changed, write both halves, publish the generation."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.index.dense import drop_collection, write_collection
from coach.adapters.index.generations import (
    FORMAT,
    Manifest,
    begin,
    building,
    current,
    publish,
    read_manifest,
    reading,
    saying_why,
)
from coach.adapters.index.lexical import LexicalIndex
from coach.domain.guidance import Frozen, Passage
from coach.errors import GuidanceIndexError
from coach.ports import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Passages embedded between two reports of progress.
_STEP = 64

Progress = Callable[[int, int], None]


class BuildReport(Frozen):
    """What a build did. ``embedded`` and ``reused`` count texts, a passage's hints included."""

    documents: int
    passages: int
    embedded: int
    reused: int
    seconds: float
    message: str = ""


def fingerprint(passages: Iterable[Passage]) -> str:
    """Identifies the texts of an index: it changes when any of them does."""
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(passage.model_dump_json().encode())
        digest.update(b"\n")
    return digest.hexdigest()


def build_index(  # noqa: PLR0913 - keyword options of one operation
    passages: Sequence[Passage],
    embedder: Embedder,
    into: Path,
    *,
    server: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
    source: str = "",
    beside: Mapping[str, str] = MappingProxyType({}),
) -> BuildReport:
    """Make ``into`` the index of exactly these passages.

    Only texts that are new are embedded; ``force`` embeds all again.
    ``progress`` is called with (embedded so far, to embed). ``source`` is kept in
    the manifest, and ``beside`` holds files, by name, to publish with the
    generation. Processes that
    build at once wait for one another; one that is killed leaves the index as
    it was.

    Raises:
        GuidanceIndexError: the folder cannot be written, or there is no passage.
        EmbedderError: the embedder fails.
    """
    if not passages:
        raise GuidanceIndexError("There is no text to index. Add a card or a document first.")
    started = time.perf_counter()
    wanted = fingerprint(passages)
    documents = len({passage.doc_id for passage in passages})
    with building(into):
        old = current(into)
        before = read_manifest(old) if old else None
        same_space = before is not None and before.embedder == embedder.identity
        current_source = before is not None and before.source == source
        if before and same_space and current_source and before.fingerprint == wanted and not force:
            seconds = time.perf_counter() - started
            return BuildReport(
                documents=documents,
                passages=len(passages),
                embedded=0,
                reused=len(texts_to_embed(passages)),
                seconds=seconds,
                message="The index is up to date.",
            )
        kept = _vectors_by_text(old) if old and same_space and not force else {}
        vectors, embedded = _embed(passages, kept, embedder, progress)
        generation = begin()
        partial = into / f"{generation}.partial"
        with saying_why(into):
            try:
                _write(partial, passages, vectors, generation, server)
                for name, text in beside.items():
                    (partial / name).write_text(text, encoding="utf-8")
                manifest = Manifest(
                    format=FORMAT,
                    generation=generation,
                    embedder=embedder.identity,
                    fingerprint=wanted,
                    source=source,
                    passages=len(passages),
                    documents=documents,
                )
                (partial / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
                publish(into, partial, generation)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                if server and current(into) != into / generation:
                    with suppress(GuidanceIndexError):  # what went wrong first is what to say
                        drop_collection(generation, server)
                raise
        if server and old:
            drop_collection(old.name, server)
    message = ""
    if before and not same_space:
        message = (
            f"The embedder changed from {before.embedder!r} to {embedder.identity!r}: "
            "every passage was embedded again."
        )
    return BuildReport(
        documents=documents,
        passages=len(passages),
        embedded=embedded,
        reused=len(vectors) - embedded,
        seconds=time.perf_counter() - started,
        message=message,
    )


def rebuild_for(into: Path, embedder: Embedder, *, server: str | None = None) -> BuildReport | None:
    """Embed an index again, from its own passages, if its vectors are another embedder's."""
    generation = current(into)
    manifest = read_manifest(generation) if generation else None
    if not (generation and manifest) or manifest.embedder == embedder.identity:
        return None
    with reading(generation):
        passages = read_passages(generation)
    return build_index(passages, embedder, into, server=server, source=manifest.source)


def text_of(passage: Passage) -> str:
    """Title and heading give a short passage the context that it was written in."""
    parts = (passage.title, passage.heading, passage.text)
    return ". ".join(part for part in parts if part)


def texts_to_embed(passages: Sequence[Passage]) -> list[tuple[int, str]]:
    """Every text that gets a vector, with its passage's position: each passage, then its hints.

    A hint has a vector of its own, because a short question is nearest to a short text.
    """
    own = [(position, text_of(passage)) for position, passage in enumerate(passages)]
    hints = [
        (position, hint) for position, passage in enumerate(passages) for hint in passage.hints
    ]
    return own + hints


def read_passages(generation: Path) -> tuple[Passage, ...]:
    """The passages of a published generation, by row."""
    lines = (generation / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Passage.model_validate_json(line) for line in lines)


def _embed(
    passages: Sequence[Passage],
    kept: dict[str, NDArray[np.float32]],
    embedder: Embedder,
    progress: Progress | None,
) -> tuple[NDArray[np.float32], int]:
    texts = [text for _, text in texts_to_embed(passages)]
    rows: dict[str, NDArray[np.float32]] = dict(kept)
    # Like lengths together: the embedder spends least on padding.
    missing = sorted(
        {text for text in texts if text not in rows}, key=lambda text: (len(text), text)
    )
    for start in range(0, len(missing), _STEP):
        step = missing[start : start + _STEP]
        rows.update(zip(step, embedder.embed(step), strict=True))
        if progress:
            progress(min(start + _STEP, len(missing)), len(missing))
    return np.stack([rows[text] for text in texts]).astype(np.float32), len(missing)


def _vectors_by_text(generation: Path) -> dict[str, NDArray[np.float32]]:
    try:
        vectors = np.load(generation / "vectors.npy")
        passages = read_passages(generation)
    except (OSError, ValueError, EOFError):
        return {}  # damaged: everything is embedded again
    texts = (text for _, text in texts_to_embed(passages))
    return dict(zip(texts, vectors, strict=False))


def _write(
    partial: Path,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    generation: str,
    server: str | None,
) -> None:
    partial.mkdir(parents=True)
    np.save(partial / "vectors.npy", vectors)
    with (partial / "passages.jsonl").open("w", encoding="utf-8") as lines:
        # ASCII escapes keep U+2028 and its like from ending a line early.
        lines.writelines(json.dumps(passage.model_dump(mode="json")) + "\n" for passage in passages)
    lexical = [" ".join((text_of(passage), *passage.hints)) for passage in passages]
    LexicalIndex.build(lexical, partial / "bm25")
    owners = [passages[position].id for position, _ in texts_to_embed(passages)]
    write_collection(partial, generation, vectors, owners, server)
