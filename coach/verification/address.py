"""Does it speak as its slot does: an opening from one to the other, a purpose to the mentor?"""

from __future__ import annotations

import re

from coach.domain.proposal import Refusal, Slot

_QUOTED = re.compile(r"[\"“‘].*?[\"”’]")
_SPEAKING = re.compile(
    r"\b(?:I|me|my|mine|you|your|yours|yourself|we|us|our|ours|let['’]s)\b", re.IGNORECASE
)
_AS_SOMEBODY = re.compile(r"\bI\b")


def check_address(slot: Slot, text: str, draft: str) -> tuple[Refusal, str] | None:
    """An opening in which nobody speaks, or a purpose in which somebody does.

    What stands in quotation marks is said by another, and does not count.
    """
    own = _QUOTED.sub(" ", text)
    if slot is Slot.OPENING and not _SPEAKING.search(own):
        return Refusal.ROLES, "nobody speaks in it"
    if slot is Slot.PURPOSE and _AS_SOMEBODY.search(own) and not _AS_SOMEBODY.search(draft):
        return Refusal.ROLES, "somebody speaks in it"
    return None
