"""Which texts are worth a close look: most hold no word that an order to a model needs."""

from __future__ import annotations

import re

_ORDERING = re.compile(
    r"\b(?:ignore|disregard|forget|override|instruction|prompt|system|assistant|reveal|print|output"
    r"|respond|reply with|pretend|you are now|act as|tell the lead|as an ai|language model"
    r"|translate|summari[sz]e|jailbreak)\b",
    re.IGNORECASE,
)
_PLAINLY = re.compile(
    r"\b(?:ignore|disregard|forget)\s+(?:all\s+)?(?:of\s+)?(?:the|any|your|everything|all)?\s*"
    r"(?:previous|prior|above|earlier|instructions?|rules)\b",
    re.IGNORECASE,
)


def orders_plainly(text: str) -> bool:
    """Whether ``text`` says to ignore what stands above it, whatever a screen makes of it."""
    return bool(_PLAINLY.search(text))


def may_order(text: str) -> bool:
    """Whether ``text`` holds a word that orders to a language model use; a screen decides."""
    return bool(_ORDERING.search(text))
