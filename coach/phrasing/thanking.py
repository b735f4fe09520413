"""Messages that only thank or praise: there is nothing in them to be put another way."""

from __future__ import annotations

import re

_PRAISE = re.compile(
    r"(?:(?:and|but|also|again|hi \w+|dear \w+|[A-Z]\w+)?,? ?(?:thank(?:s| you)\b(?! but)"
    r"|many thanks|well done|great (?:job|talk|session)|good job|congratulations"
    r"|i(?:['’]m| am)(?: so| very| really)? (?:grateful|glad|thankful|happy (?:that|about))"
    r"|i(?: really| very much| so| truly)? (?:enjoyed|liked|loved|appreciated?)"
    r"|(?:that|it|this)(?: session| talk| hour)? (?:was|has been)(?: so| really| very| great)?"
    r" (?:fun|great|good|helpful|kind|useful|lovely|nice|interesting)"
    r"|(?:it|that|this)(?: really)? (?:helped|meant)))\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:but|however|though|although|yet|except|only|just|next time|could you|would you|can you"
    r"|please|should|wish|instead|not|never|no)\b|\?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def only_thanks(message: str) -> bool:
    """Whether every sentence of ``message`` thanks or praises, and nothing in it turns or asks."""
    said = [found[0].strip() for found in _SENTENCE.finditer(message) if found[0].strip()]
    return bool(said) and all(_PRAISE.match(one) for one in said) and not _TURNS.search(message)
