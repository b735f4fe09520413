"""A model's words for one slot of a draft, and what became of them."""

from __future__ import annotations

from pydantic import Field

from coach.domain.chat import Provenance
from coach.domain.guidance import Frozen
from coach.domain.proposal import Refusal, Slot


class Place(Frozen):
    """Which slot of a draft: the item or question at ``position``, counted from 0.

    In an agenda's item, ``number`` says which of its questions.
    """

    slot: Slot
    position: int = Field(ge=0)
    number: int = Field(default=0, ge=0)


class Refined(Frozen):
    """Marks a slot whose words are a model's; ``draft`` are the words that can be put back."""

    slot: Slot
    number: int = 0
    text: str
    draft: str
    provenance: Provenance


class Refinement(Frozen):
    """What came of asking a model for one slot.

    ``text`` is accepted and may take the draft's place. Without it, ``refusal`` or ``error``
    says why the draft stays; ``error`` is a message for people, and ``is_over`` means that the
    model cannot be asked at all, so that the other slots were not.
    """

    place: Place
    draft: str
    text: str | None = None
    refusal: Refusal | None = None
    detail: str = ""
    error: str | None = None
    is_over: bool = False
    provenance: Provenance | None = None
