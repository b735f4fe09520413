"""Where plain words speak against the likeliest kind of a sentence."""

from __future__ import annotations

import re

from coach.domain.reflection import ItemKind
from coach.reflecting.undertaken import COUNTED, UNCOUNTED

_GOOD_DENIED = re.compile(
    r"\b(?:nothing|nobody|no one|not|never|hardly|\w+n['’]t)\b[^.,;]*\b(?:well|work(?:ed|ing)?|good"
    r"|helpful|easy|succeed(?:ed)?)\b",
    re.IGNORECASE,
)
_COULD_NOT_BE_BETTER = re.compile(
    r"\bcould(?:n['’]t| not) have (?:\w+ )?(?:better|happier|nicer)\b", re.IGNORECASE
)
_AT_LAST = re.compile(
    r"^(?!.*\b(?:not|never|hardly|nobody|\w+n['’]t)\b).*(?:\bgot (?:it|this|that|them|the \w+)"
    r" (?:to work|to run|to open|to load|working|running)\b|\bmanaged to\b)",
    re.IGNORECASE,
)
#: Sounds and answers that tell nothing by themselves; "Meh." is a feeling.
_SOUND = re.compile(
    r"^\W*(?:huh|fair(?: enough|s)?|right|ok(?:ay)?|hm+|uh|let['’]?s see"
    r"|(?:we|i)(?:['’]ll| will) see|anyway|so|well|noted|done|sure|whatever|never mind)\W*$",
    re.IGNORECASE,
)


def corrected(kind: str, text: str) -> str:
    """``kind``, or the one that the words of ``text`` ask for; ``context`` for no item."""
    if _SOUND.match(text):
        return "context"
    if kind == ItemKind.COMMITMENT:
        return next((other for pattern, other in UNCOUNTED if pattern.search(text)), kind)
    if any(pattern.search(text) for pattern in COUNTED):
        return ItemKind.COMMITMENT.value
    if kind == ItemKind.CHALLENGE and (_COULD_NOT_BE_BETTER.search(text) or _AT_LAST.match(text)):
        return ItemKind.WIN.value
    if kind == ItemKind.WIN and _GOOD_DENIED.search(text) and not _COULD_NOT_BE_BETTER.search(text):
        return ItemKind.CHALLENGE.value
    return kind
