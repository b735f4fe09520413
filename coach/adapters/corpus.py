"""Any collection of texts as passages: a folder of Markdown, or JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.adapters.documents import cut
from coach.domain.guidance import Passage
from coach.errors import LibraryError
from coach.library.load import load_library, split_sections

_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n---\s*\n", re.DOTALL)


@dataclass(frozen=True)
class Corpus:
    """The passages that could be read, and a message for each line or file that could not."""

    passages: tuple[Passage, ...]
    faults: tuple[str, ...]


def read_corpus(source: Path) -> Corpus:
    """The passages of ``source``: a library, a folder of Markdown, or lines ``{id, title?, text}``.

    Raises:
        LibraryError: there is nothing at ``source`` that can be read at all.
    """
    if source.is_dir() and (source / "sources.yaml").is_file():
        return Corpus(tuple(load_library(source).passages()), ())
    if source.is_dir():
        return _of_folder(source)
    if source.is_file():
        return _of_lines(source)
    raise LibraryError(
        f"There is nothing at {str(source)!r}. Give a folder of Markdown cards, or a file with one "
        "JSON object {id, title, text} a line."
    )


def _of_folder(folder: Path) -> Corpus:
    passages: list[Passage] = []
    faults: list[str] = []
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            text = _FRONT_MATTER.sub("", path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            faults.append(f"{name}.md: not readable UTF-8 text")
            continue
        sections = split_sections(text)
        heads = [(" · ".join(section.path), section.text) for section in sections] or [("", text)]
        passages.extend(_cut_up(name, path.stem.replace("-", " "), heads))
    if not passages:
        raise LibraryError(f"No Markdown text was found in {str(folder)!r}. Add .md files there.")
    return Corpus(tuple(passages), tuple(faults))


def _of_lines(path: Path) -> Corpus:
    passages: list[Passage] = []
    faults: list[str] = []
    seen: set[str] = set()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path.name}: not readable UTF-8 text.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            parts = (fields["id"], fields.get("title") or "", fields.get("text") or "")
            # Half a character, as JSON's escapes can hold, is no text.
            name, title, text = (str(part).encode("utf-8", "replace").decode() for part in parts)
        except (ValueError, KeyError, TypeError, AttributeError):
            faults.append(f"line {number}: not a JSON object with 'id' and 'text'")
            continue
        if name in seen:
            faults.append(f"line {number}: the id {name[:40]!r} was there before")
        elif not (title.strip() or text.strip()):
            faults.append(f"line {number}: {name[:40]!r} has no text")
        else:
            seen.add(name)
            passages.extend(_cut_up(name, title, [("", text)]))
    if not passages:
        raise LibraryError(
            f"{path.name} holds no usable line. Each line is a JSON object such as "
            '{"id": "a1", "title": "…", "text": "…"}.'
        )
    return Corpus(tuple(passages), tuple(faults))


def _cut_up(name: str, title: str, parts: list[tuple[str, str]]) -> Iterator[Passage]:
    number = 0
    for heading, text in parts:
        for piece in cut(text):
            number += 1
            yield Passage(
                id=f"{name}#{number}", doc_id=name, title=title, heading=heading, text=piece
            )
