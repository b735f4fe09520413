"""What goes to a language model and what comes back."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from coach.domain.guidance import Frozen


class Speaker(StrEnum):
    """Who says a message of a conversation with a model."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Part(Frozen):
    """A piece of a message.

    ``is_data`` marks what people or documents wrote: it is never an instruction, and names in
    it never leave the machine.
    """

    text: str
    is_data: bool = False


class Message(Frozen):
    """One turn of a conversation with a model."""

    speaker: Speaker
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The parts as one text."""
        return "".join(part.text for part in self.parts)


class Usage(Frozen):
    """What one reply took. Tokens are estimated where the endpoint counts none."""

    prompt_tokens: int = Field(ge=0)
    reply_tokens: int = Field(ge=0)
    milliseconds: int = Field(ge=0)


class Provenance(Frozen):
    """Where a model's words come from.

    ``prompt`` and ``prompt_hash`` (SHA-256 of the prompt's file, 12 hex digits) say what was
    asked, ``passages`` which passages went with it, by identifier.
    """

    prompt: str
    prompt_hash: str
    model: str
    passages: tuple[str, ...]
    usage: Usage
