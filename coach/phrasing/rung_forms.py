"""The same point as one question, in a chat and in an e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.phrasing import Level, Rung
from coach.phrasing.sentences import sentence

#: Words of a chat message.
MOST_CHAT = 30


def question_of(rungs: Sequence[Rung], asked: Sequence[str]) -> str:
    """The point as a question: what is asked, or the gentle rung's own question."""
    if asked:
        return asked[0]
    gentle = next((rung for rung in rungs if rung.level is Level.GENTLE), None)
    return gentle.text if gentle and gentle.text.endswith("?") else ""


def chat_of(rungs: Sequence[Rung]) -> str:
    """The most direct rung that fits into a chat; empty if none does."""
    for level in (Level.BALANCED, Level.DIRECT, Level.GENTLE):
        text = next((rung.text for rung in rungs if rung.level is level), "")
        if text and len(text.split()) <= MOST_CHAT and "[…" not in text:
            return text
    return ""


def email_of(rungs: Sequence[Rung]) -> str:
    """A short e-mail; the name is left to the person."""
    chosen = next((rung for rung in rungs if rung.level is Level.BALANCED), None)
    chosen = chosen or (rungs[0] if rungs else None)
    if chosen is None:
        return ""
    body = sentence(chosen.text)
    return f"Hello […name],\n\n{body}\n\nIf it is easier to talk, I am glad to.\n\nBest wishes\n[…your name]"  # noqa: E501 - one pattern or sentence
