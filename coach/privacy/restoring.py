"""Names come back while a reply still streams."""

from __future__ import annotations

from coach.privacy.placeholders import Placeholders
from coach.privacy.shapes import EXACT, MEANT, held_back


class Restorer:
    """Restores a reply piece by piece, and holds back only what may begin a placeholder."""

    def __init__(self, placeholders: Placeholders) -> None:
        self._placeholders = placeholders
        self._held = ""
        self._seen: list[str] = []

    @property
    def seen(self) -> str:
        """The placeholders met so far, one after another."""
        return "".join(self._seen)

    def feed(self, piece: str) -> str:
        """What of the reply can be shown by now. Raises ``ModelReplyError``."""
        self._held += piece
        whole = [match.end() for match in EXACT.finditer(self._held)]
        return self._take(held_back(self._held, whole[-1] if whole else 0))

    def end(self) -> str:
        """The rest of the reply. Raises ``ModelReplyError``."""
        return self._take(len(self._held))

    def _take(self, safe: int) -> str:
        shown: list[str] = []
        position = 0
        for match in MEANT.finditer(self._held):
            if match.end() > safe:
                safe = min(safe, match.start())
                break
            shown += [self._held[position : match.start()], self._placeholders.original(match[0])]
            self._seen.append(match[0])
            position = match.end()
        shown.append(self._held[position:safe])
        self._held = self._held[safe:]
        return "".join(shown)
