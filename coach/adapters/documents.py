"""An organisation's own documents: read, kept as plain text, listed, and really removed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from coach.adapters.readers import content_of, text_of_file
from coach.domain.guidance import Frozen, Passage, slugify
from coach.errors import DocumentError

#: Characters of one document's text.
_MAX_TEXT = 2_000_000
#: Characters of one passage; about what the embedder reads at once.
_PASSAGE, _OVERLAP = 900, 120
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class AddedDocument(Frozen):
    """A document that someone added. ``source`` is its file name; the file itself is not kept."""

    id: str
    source: str
    added: date
    sha256: str
    passages: tuple[Passage, ...]


class DocumentShelf:
    """The added documents, one JSON file each in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, path: Path) -> AddedDocument:
        """Read ``path`` (Markdown, text, PDF or DOCX) and keep its text.

        The same file twice changes nothing. Raises ``DocumentError``.
        """
        content = content_of(path)
        sha256 = hashlib.sha256(content).hexdigest()
        name = f"doc-{slugify(path.stem)[:40] or 'file'}-{sha256[:8]}"
        source = " ".join(_CONTROL.sub("", path.name).split())
        title = Path(source).stem.replace("_", " ")[:120]
        text = _CONTROL.sub("", text_of_file(path))
        if not re.search(r"\w", text):
            raise DocumentError(
                f"{path.name}: no text was found in it. "
                "A scanned PDF must be recognised (OCR) first."
            )
        if len(text) > _MAX_TEXT:
            raise DocumentError(
                f"{path.name}: {len(text):,} characters; at most {_MAX_TEXT:,}. Split it."
            )
        document = AddedDocument(
            id=name,
            source=source,
            added=date.today(),  # noqa: DTZ011 - the person's own calendar day
            sha256=sha256,
            passages=tuple(_passages(name, title, source, text)),
        )
        self._write(document)
        return document

    def list(self) -> tuple[AddedDocument, ...]:
        """All of them by identifier. Raises ``DocumentError`` for a damaged one."""
        return tuple(self._read(path) for path in sorted(self._folder.glob("doc-*.json")))

    def remove(self, name: str) -> AddedDocument:
        """Delete the document with this identifier or file name. Raises ``DocumentError``."""
        matching = [doc for doc in self.list() if name in (doc.id, doc.source)]
        if not matching:
            raise DocumentError(
                f"No added document is called {name!r}. See them with: coach library list"
            )
        if len(matching) > 1:
            raise DocumentError(
                f"{len(matching)} documents are called {name!r}; name one by its identifier: "
                f"{', '.join(doc.id for doc in matching)}"
            )
        kept = self._folder / f"{matching[0].id}.json"
        try:
            kept.with_suffix(".partial").unlink(missing_ok=True)  # of an addition that was killed
            kept.unlink(missing_ok=True)
        except OSError as error:
            raise DocumentError(
                f"{matching[0].source}: it cannot be removed from {str(self._folder)!r} "
                f"({error.strerror}). Make that folder writable, and try again."
            ) from error
        return matching[0]

    def digest(self) -> str:
        """Changes whenever a document is added or removed."""
        names = sorted(path.name for path in self._folder.glob("doc-*.json"))
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    def _read(self, path: Path) -> AddedDocument:
        try:
            return AddedDocument.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError) as error:
            raise DocumentError(
                f"The added document {path.name} is damaged. Delete that file in "
                f"{str(path.parent)!r} and add the document again."
            ) from error

    def _write(self, document: AddedDocument) -> None:
        target = self._folder / f"{document.id}.json"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = target.with_suffix(".partial")
            partial.write_text(document.model_dump_json(), encoding="utf-8")
            partial.chmod(0o600)
            partial.replace(target)
        except OSError as error:
            raise DocumentError(
                f"{document.source}: it cannot be kept in {str(self._folder)!r} "
                f"({error.strerror}). Make room or set COACH_HOME to another folder."
            ) from error


def cut(text: str) -> list[str]:
    """``text`` in passages of at most 900 characters, at paragraphs and sentences where it can."""
    if len(text) <= _PASSAGE:
        return [text]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_PASSAGE, chunk_overlap=_OVERLAP, separators=["\n\n", "\n", ". ", " ", ""]
    )
    return splitter.split_text(text)


def _passages(name: str, title: str, source: str, text: str) -> Iterator[Passage]:
    number = 0
    parts = _HEADING.split(text)
    for heading, body in zip(["", *parts[1::2]], parts[0::2], strict=True):
        for piece in cut(body.strip()):
            if re.search(r"\w", piece):
                number += 1
                yield Passage(
                    id=f"{name}#{number}",
                    doc_id=name,
                    title=title,
                    heading=heading[:120],
                    text=piece,
                    origin=source,
                )
