"""Where plain words speak against the likeliest kind of a sentence."""

from __future__ import annotations

import re

from coach.domain.reflection import ItemKind

_GOOD_DENIED = re.compile(
    r"\b(?:nothing|nobody|no one|not|never|hardly|\w+n['’]t)\b[^.,;]*\b(?:well|work(?:ed|ing)?|good"
    r"|helpful|easy|succeed(?:ed)?)\b",
    re.IGNORECASE,
)
_COULD_NOT_BE_BETTER = re.compile(
    r"\bcould(?:n['’]t| not) have (?:\w+ )?(?:better|happier|nicer)\b", re.IGNORECASE
)
_UNSURE = re.compile(r"^\W*(?:if|maybe|perhaps)\b|\b(?:could|might)\b", re.IGNORECASE)
_UNDERTAKEN = re.compile(
    r"\b(?:will|shall|promis\w+|agreed|offered|undert\w+|going to)\b|['’]ll\b", re.IGNORECASE
)
#: Where somebody will be, and "we will see": neither is anything to do.
_NO_DEED = re.compile(
    r"(?:\bwill|['’]ll|\bshall|\bgoing to)(?: (?:also|then|not|probably|still))? be (?:away|out|off"
    r"|abroad|busy|travell?ing|in (?:hospital|meetings|(?-i:[A-Z])\w+)"
    r"|on (?:leave|holidays?|vacation|a (?:plane|train|trip)))\b"
    r"|^\W*(?:we|time|i)(?:['’]ll| will| shall)(?: \w+)? see[\s.!…]*$",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:yesterday|last (?:week|month|time|year|session))\b", re.IGNORECASE)


def corrected(kind: str, text: str) -> str:
    """``kind``, or the one that the words of ``text`` ask for; ``context`` for no item."""
    if kind == ItemKind.CHALLENGE and _COULD_NOT_BE_BETTER.search(text):
        return ItemKind.WIN.value
    if kind == ItemKind.WIN and _GOOD_DENIED.search(text) and not _COULD_NOT_BE_BETTER.search(text):
        return ItemKind.CHALLENGE.value
    if kind == ItemKind.COMMITMENT and _NO_DEED.search(text):
        return "context"
    if kind == ItemKind.COMMITMENT and not _UNDERTAKEN.search(text):
        if _UNSURE.search(text):
            return ItemKind.NEXT_STEP.value
        if _OVER.search(text):
            return "context"
    return kind
