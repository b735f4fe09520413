"""Whether a text denies anything."""

from __future__ import annotations

import re

#: "Don't you think", "isn't it": a question's form, which denies nothing; nor does a choice, or
#: "If you don't answer, I will …", which asks for an answer.
_ASKED = re.compile(
    r"\b\w+n['’]t (?:you|we|they|it|he|she|i|that|there)\b|\byes or no\b"
    r"|\bif you (?:don['’]t|do not|won['’]t)\b(?=[^.!?]*\bi(?:['’]m| am|['’]ll| will)\b)",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|cannot|without|neither|nor)\b|n['’]t\b", re.IGNORECASE
)


def denies(text: str) -> bool:
    """Whether a "not" or its like stands in ``text``, other than to press for a yes."""
    return _DENIES.search(_ASKED.sub(" ", text)) is not None
