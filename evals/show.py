"""Plain text for a terminal: tables, shares, and what machine this ran on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the first to the left, the others to the right."""
    lines = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_aligned(line, widths) for line in lines)


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole``, 0 to 1; ``None`` of nothing, which is neither good nor bad."""
    return part / whole if whole else None


def rate(value: float | None) -> str:
    """A share with three places, or a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def heading(text: str) -> str:
    """A title over its own line, after an empty one."""
    return f"\n{text}\n{'-' * len(text)}"


def machine() -> dict[str, str]:
    """What a reader needs to judge a time: cores, Python, system, and how busy it is."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts = {
        "cores": f"{usable} usable of {os.cpu_count()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
    }
    if hasattr(os, "getloadavg"):
        facts["load"] = f"{os.getloadavg()[0]:.1f} over the last minute"
    return facts


def machine_line() -> str:
    """The machine's facts on one line."""
    return "; ".join(f"{name} {fact}" for name, fact in machine().items())


def bullets(title: str, lines: Sequence[str]) -> Iterator[str]:
    """``lines`` as a list under ``title`` with their number; just the title if there are none."""
    yield f"{title}: {len(lines)}"
    yield from (f"  - {line}" for line in lines)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if place == 0 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join((first, *others)).rstrip()
