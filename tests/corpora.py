"""Small things to index, and how the tests call the command line."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.request import urlopen

from coach.domain.guidance import Passage

#: The command that was installed beside this Python.
SCRIPT = shutil.which("coach", path=str(Path(sys.executable).parent)) or "coach"
#: Short texts about different things, so that a search can only mean one of them.
TEXTS = (
    "Water the tomatoes in the early morning, never at noon.",
    "The night train to Vienna leaves from platform nine.",
    "Knead the dough until it no longer sticks to your hands.",
    "Tune the lowest string of the guitar first.",
    "A falling barometer announces a storm at sea.",
)


class Command(Protocol):
    """Runs ``coach``, here or as another process."""

    def __call__(
        self, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """The finished process."""
        ...


def passages_of(texts: Sequence[str] = TEXTS) -> tuple[Passage, ...]:
    """One document per text, called d0, d1, …"""
    return tuple(
        Passage(id=f"d{number}#1", doc_id=f"d{number}", title="", heading="", text=text)
        for number, text in enumerate(texts)
    )


def write_lines(path: Path, texts: Sequence[str] = TEXTS) -> Path:
    """The texts as JSON Lines, with the same identifiers."""
    lines = [json.dumps({"id": f"d{number}", "text": text}) for number, text in enumerate(texts)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def generations_in(index: Path) -> list[str]:
    """The names of what builds have left in an index, finished or not."""
    return sorted(path.name for path in index.iterdir() if path.name.startswith("g-"))


def replies(output: bytes) -> list[dict[str, object]]:
    """What a batch command wrote, one object a line."""
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def said_address(process: subprocess.Popen[str]) -> str:
    """The address that ``coach start`` prints."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if found := re.search(r"The coach is at (http://\S+)", line):
            return found.group(1)
    raise AssertionError(f"coach start ended without an address: {''.join(seen)}")


def healthy(address: str, *, patience: float = 60.0) -> bool:
    """Whether Streamlit answers there within so many seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2) as reply:  # noqa: S310 - loopback
                return bool(reply.status == 200)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.1)
