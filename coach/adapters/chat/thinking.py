"""Leave out what a reasoning model thinks aloud before it answers."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class AnswerOnly:
    """Takes a reply piece by piece, and gives what follows a leading ``<think>…</think>``."""

    def __init__(self) -> None:
        self._held = ""
        self._state = "start"

    def take(self, piece: str) -> str:
        """As much of the answer as is certain now."""
        if self._state == "answer":
            return piece
        self._held += piece
        if self._state == "start":
            begun = self._held.lstrip()
            if not begun or (_OPEN.startswith(begun) and begun != _OPEN):
                return ""
            self._state = "thinking" if begun.startswith(_OPEN) else "answer"
        if self._state == "thinking":
            _, closed, answer = self._held.partition(_CLOSE)
            if not closed:
                # The mark may be cut in two; all before that is of no use.
                self._held = _OPEN + self._held[-len(_CLOSE) :]
                return ""
            self._held = answer.lstrip()
            # Blank lines may follow in the next piece.
            self._state = "answer" if self._held else "gap"
        elif self._state == "gap":
            self._held = self._held.lstrip()
            self._state = "answer" if self._held else "gap"
        answer, self._held = self._held, ""
        return answer

    def rest(self) -> str:
        """What was held back because it might have become a mark."""
        held = self._held if self._state == "start" else ""
        self._held = ""
        return held
