"""A person's own data as a file: once to read, once for another program."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from coach.domain.plain import escape_markdown

_READ_ME = (
    "This archive holds all that the coach keeps about you. data.md is for reading, data.json for "
    "another program; both hold the same.\n"
)
#: Numbers that lead from one record to another mean nothing to a reader.
_INNER = ("id", "version", "program_id", "pair_id", "session_id", "person_id")


def own_data_archive(export: Mapping[str, Any]) -> bytes:
    """A ZIP file with ``data.json`` and the same as readable ``data.md``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _READ_ME)
        archive.writestr("data.json", json.dumps(export, ensure_ascii=False, indent=2))
        archive.writestr("data.md", _readable(export))
    return packed.getvalue()


def _readable(export: Mapping[str, Any]) -> str:
    lines = ["# What the coach keeps about you", ""]
    for kind, held in export.items():
        records = held if isinstance(held, list) else [held]
        lines += [f"## {_words(kind)} ({len(records)})", ""]
        for number, record in enumerate(records, start=1):
            if len(records) > 1:
                lines += [f"### {number}", ""]
            lines += [*_fields(record, 0), ""]
    return "\n".join(lines)


def _fields(record: Mapping[str, Any], depth: int) -> list[str]:
    found = []
    indent = "  " * depth
    for name, value in record.items():
        if value in (None, "", [], {}) or (depth == 0 and name in _INNER):
            continue
        found += [f"{indent}- {_words(name)}:{_said(value)}", *_below(value, depth + 1)]
    return found


def _below(value: Any, depth: int) -> list[str]:
    if isinstance(value, Mapping):
        return _fields(value, depth)
    if not isinstance(value, list):
        return []
    found = []
    for one in value:
        if isinstance(one, Mapping):
            found += [f"{'  ' * depth}-", *_fields(one, depth + 1)]
        else:
            found.append(f"{'  ' * depth}- {escape_markdown(str(one))}")
    return found


def _said(value: Any) -> str:
    if isinstance(value, (Mapping, list)):
        return ""
    text = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return f" {escape_markdown(' '.join(str(text).split()))}"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
