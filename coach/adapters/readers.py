"""The text of a stranger's file: Markdown, plain text, PDF or Word."""

from __future__ import annotations

import logging
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coach.errors import DocumentError

#: Bytes of one file, and bytes that a Word file may unpack to.
_MAX_FILE, _MAX_UNPACKED = 25_000_000, 200_000_000
#: Elements of a Word file's XML; the longest text that is kept needs about a tenth of it.
_MAX_ELEMENTS = 500_000
#: What libraries raise, beside their own errors, when a file is not what it says it is.
_DAMAGE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)


def content_of(path: Path) -> bytes:
    """The bytes of a file that can be read. Raises ``DocumentError``."""
    if path.suffix.lower() not in _READERS:
        raise DocumentError(
            f"{path.name}: this kind of file cannot be read. Add Markdown (.md), text (.txt), "
            "PDF (.pdf) or Word (.docx)."
        )
    try:
        if path.stat().st_size > _MAX_FILE:
            raise DocumentError(
                f"{path.name}: larger than {_MAX_FILE // 1_000_000} MB. "
                "Split it, or save only its text."
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path.name}: cannot be read ({error.strerror}). Check its name, and that you may "
            "read it."
        ) from error


def text_of_file(path: Path) -> str:
    """The text of a file that ``content_of`` accepts. Raises ``DocumentError``."""
    return _READERS[path.suffix.lower()](path)


def _plain(path: Path) -> str:
    content = path.read_bytes()
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path.name}: not UTF-8 text. Save it again as UTF-8, and add it."
        ) from error


def _pdf(path: Path) -> str:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # What pypdf has to say about a file's faults is not for the person who adds it.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    locked = DocumentError(f"{path.name}: protected by a password. Save it without, and add it.")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
        return "\n\n".join(page.extract_text() for page in reader.pages)
    except DocumentError:
        raise
    except DependencyError as error:  # newer encryption, whatever the password
        raise locked from error
    except (PyPdfError, *_DAMAGE) as error:
        raise DocumentError(
            f"{path.name}: this PDF is damaged and cannot be read. Save it again, or add its text."
        ) from error


def _docx(path: Path) -> str:
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        _must_be_harmless(path)
        return "\n\n".join(_word_lines(Document(str(path))))
    except DocumentError:
        raise
    except (OpcError, zipfile.BadZipFile, SyntaxError, *_DAMAGE) as error:
        raise DocumentError(
            f"{path.name}: this Word file is damaged or protected by a password, and cannot be "
            "read. Save it again, without a password, and add it."
        ) from error


def _must_be_harmless(path: Path) -> None:
    """Refuse, before Word's reader sees them, entity declarations and a few bytes that unpack."""
    from defusedxml.ElementTree import iterparse

    elements = 0
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
            raise DocumentError(
                f"{path.name}: it unpacks to more than {_MAX_UNPACKED // 1_000_000} MB. Split it."
            )
        for name in archive.namelist():
            if not name.lower().endswith((".xml", ".rels")):
                continue
            with archive.open(name) as part:
                for _, element in iterparse(part):
                    element.clear()
                    elements += 1
                    if elements > _MAX_ELEMENTS:
                        raise DocumentError(
                            f"{path.name}: it unpacks to more than a document's text needs. "
                            "Split it, or add its text."
                        )


def _word_lines(document: Any) -> Iterator[str]:
    from docx.table import Table, _Cell

    # Looked up once: the library searches all styles again for each paragraph.
    headings = {
        style.style_id
        for style in document.styles
        if (style.name or "").startswith(("Heading", "Title"))
    }
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part._tbl.tr_lst:  # noqa: SLF001 - Row.cells repeats a merged cell, without limit
                yield " | ".join(_Cell(cell, part).text for cell in row.tc_lst)
        else:
            heading = "# " if part._p.style in headings else ""  # noqa: SLF001 - its own lookup is slow
            yield f"{heading}{part.text}"


_READERS = {
    ".md": _plain,
    ".markdown": _plain,
    ".txt": _plain,
    ".text": _plain,
    ".pdf": _pdf,
    ".docx": _docx,
}
