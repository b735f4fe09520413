"""What a person has not finished, kept on this machine until they come back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from coach.errors import DraftError

_NAME = re.compile(r"^[0-9a-f]{32}$")
_MAX_BYTES = 1_000_000


class DraftShelf:
    """One JSON file per draft; the name is 122 random bits, so nobody can guess another's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def new_name() -> str:
        """A name for a new draft."""
        return uuid4().hex

    def read(self, name: str) -> dict[str, Any]:
        """The draft, or an empty one if there is none, or none that can be read."""
        if not _NAME.match(name):
            return {}
        try:
            found = json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, draft: dict[str, Any]) -> None:
        """Keep ``draft``, replacing what was there at once and whole. Raises ``DraftError``."""
        if not _NAME.match(name):
            raise DraftError(
                "The draft's name in the address is not one of ours. Open the page anew."
            )
        text = json.dumps(draft, ensure_ascii=True)
        if len(text) > _MAX_BYTES:
            raise DraftError("This draft has grown too large to be kept. Shorten what you typed.")
        target = self._folder / f"{name}.json"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = self._folder / f"{name}.{uuid4().hex[:8]}.partial"
            partial.touch(mode=0o600)
            partial.write_text(text, encoding="utf-8")
            partial.replace(target)
        except OSError as error:
            raise DraftError(
                f"Your draft cannot be kept in {str(self._folder)!r} ({error.strerror}). "
                "It stays on this page; download it before you close the window."
            ) from error
