"""What a language model has done for the coach, in counts without any text."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from coach.domain.guidance import Frozen


class Share(Frozen):
    """How many of the verified texts for one slot, or of one model, were accepted."""

    name: str
    accepted: int = Field(ge=0)
    verified: int = Field(ge=1)

    @property
    def share(self) -> float:
        """The accepted part, 0 to 1."""
        return self.accepted / self.verified


class ModelReport(Frozen):
    """Counts since a day, or of all time where ``since`` is ``None``.

    ``refused`` and ``errors`` count by reason and by kind, the most frequent first.
    ``median_milliseconds`` is ``None`` where no reply came.
    """

    since: date | None
    accepted: int = Field(ge=0)
    refused: dict[str, int]
    errors: dict[str, int]
    prompt_tokens: int = Field(ge=0)
    reply_tokens: int = Field(ge=0)
    median_milliseconds: int | None
    by_slot: tuple[Share, ...]
    by_model: tuple[Share, ...]

    @property
    def verified(self) -> int:
        """How many texts were judged."""
        return self.accepted + sum(self.refused.values())


#: What an edge says once where there is no model; it is no fault.
NO_MODEL = (
    "No language model is set: the coach composes from the guidance library alone. To set one, "
    "give COACH_LLM_MODEL (with COACH_LLM_BASE_URL for any server but OpenAI's own), or "
    "COACH_LOCAL_GGUF for a file on this machine; docs/models.md has lines to copy."
)


class Check(Frozen):
    """One thing that an endpoint can do, cannot (``works`` is false), or that is only said."""

    name: str
    works: bool | None
    says: str


class ModelCheck(Frozen):
    """What an endpoint can do; ``usable`` is whether the coach can use it at all."""

    model: str
    endpoint: str
    usable: bool
    tokens_per_second: float | None
    checks: tuple[Check, ...]
