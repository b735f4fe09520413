"""The code of conduct that a program starts with."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def default_conduct() -> str:
    """The default; a program's lead may change it."""
    return (Path(__file__).parent / "conduct.md").read_text(encoding="utf-8").strip()
