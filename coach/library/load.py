"""Read cards, topic kits and sources from a library folder of Markdown and YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from coach.domain.guidance import GuidanceCard, Section, Source, TopicKit
from coach.domain.library import GuidanceLibrary
from coach.errors import LibraryError

Card = TypeVar("Card", bound=GuidanceCard)

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)(.*)\Z", re.DOTALL)
#: Cards and sources need three levels.
_MAX_DEPTH = 20
_HEADING = re.compile(r"^(#{2,3})\s+(.+?)\s*$", re.MULTILINE)


def load_library(folder: Path) -> GuidanceLibrary:
    """The library in ``folder`` (``cards/``, ``topics/``, ``sources.yaml``), in key order.

    Raises:
        LibraryError: a file is missing or faulty; the message names the file.
    """
    if not (folder / "sources.yaml").is_file():
        raise LibraryError(
            f"No guidance library in {str(folder)!r}: sources.yaml is missing. "
            "Point COACH_LIBRARY at a folder with cards/, topics/ and sources.yaml."
        )
    return GuidanceLibrary(
        cards=tuple(load_card(path) for path in sorted((folder / "cards").glob("*.md"))),
        kits=tuple(load_kit(path) for path in sorted((folder / "topics").glob("*.md"))),
        sources=load_sources(folder / "sources.yaml"),
    )


def library_files(folder: Path) -> Iterator[Path]:
    """The files that make up a library, in a stable order."""
    yield from sorted((folder / "cards").glob("*.md"))
    yield from sorted((folder / "topics").glob("*.md"))
    yield folder / "sources.yaml"


def load_card(path: Path) -> GuidanceCard:
    """One guidance card. Raises ``LibraryError`` naming the file and the fault."""
    card = _validated(GuidanceCard, path)
    if card.section("What to do") is None:
        # Every suggestion cites this section, so nothing could be composed from the card.
        raise LibraryError(f"{path.name}: the section '## What to do' is missing or empty")
    return card


def load_kit(path: Path) -> TopicKit:
    """One topic kit. Raises ``LibraryError`` naming the file and the fault."""
    return _validated(TopicKit, path)


def load_sources(path: Path) -> dict[str, Source]:
    """The sources of ``sources.yaml`` by key. Raises ``LibraryError``."""
    found = _yaml(_text(path), path)
    sources: dict[str, Source] = {}
    for key, fields in found.items():
        try:
            sources[key] = Source.model_validate({"key": key, **(fields or {})})
        except (ValidationError, TypeError) as error:
            raise LibraryError(f"{path.name}: source {key!r}: {_first_fault(error)}") from error
    return sources


def split_sections(body: str) -> tuple[Section, ...]:
    """The parts under ``##`` and ``###`` headings; a part without text of its own is left out."""
    sections: list[Section] = []
    parent = ""
    heads = list(_HEADING.finditer(body))
    for head, following in zip_longest(heads, heads[1:]):
        text = body[head.end() : following.start() if following else len(body)].strip()
        title = head.group(2)
        path: tuple[str, ...]
        if head.group(1) == "##":
            parent, path = title, (title,)
        else:
            path = (parent, title) if parent else (title,)
        if text:
            sections.append(Section(path=path, text=text))
    return tuple(sections)


def _validated(kind: type[Card], path: Path) -> Card:
    match = _FRONT_MATTER.match(_text(path))
    if not match:
        raise LibraryError(
            f"{path.name}: no front matter. Begin the file with a block between two lines of '---'."
        )
    # A line for the first '---', so that a fault is named by its line in the file.
    fields = _yaml("\n" + match.group(1), path)
    try:
        return kind.model_validate({**fields, "sections": split_sections(match.group(2))})
    except ValidationError as error:
        raise LibraryError(f"{path.name}: {_first_fault(error)}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path.name}: not UTF-8 text. Save it again as UTF-8.") from error
    except OSError as error:
        raise LibraryError(f"{path.name}: cannot be read ({error.strerror}).") from error


def _yaml(text: str, path: Path) -> dict[str, Any]:
    import yaml  # only building and checking need it; a search never does

    # The C loader is the safe one too, and ten times faster where it is there.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                # The C loader would overflow the stack, which no one can catch.
                raise LibraryError(f"{path.name}: the YAML is nested more than {_MAX_DEPTH} deep.")
        found = yaml.load(text, Loader=loader)  # noqa: S506
    # A date such as 2019-99-99 is a bare ValueError to PyYAML.
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise LibraryError(f"{path.name}: the YAML cannot be read{where}.") from error
    if not isinstance(found, dict):
        raise LibraryError(f"{path.name}: expected 'name: value' lines.")
    return found


def _first_fault(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "expected 'name: value' fields"
    fault = error.errors()[0]
    field = ".".join(str(part) for part in fault["loc"]) or "card"
    return f"{field!r}: {fault['msg']}"
