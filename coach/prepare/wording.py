"""Small choices of words that agendas and questions share."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^(?:a|an|the|my|our)\s+", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LIST_MARK = re.compile(r"\s*(?:[-*]|\d+\.)\s+")
_SHOWN = 80
#: A topic that is a sentence: it begins with who does something, or speaks of the other.
_ABOUT_SOMEBODY = re.compile(
    r"^\W*(?:i|we|you|they|nobody|no one|everybody|everyone)\b[ '’]|\b(?:he|she|him|his|her|hers)\b"
    r"|\bmy (?:mentee|mentor|boss|partner|manager|director)\b",
    re.IGNORECASE,
)


def quoted(text: str) -> str:
    """``text`` in quotation marks, shortened to 80 characters.

    Right-to-left text is isolated, so that it cannot reorder the sentence around it
    (Unicode Standard Annex 9).
    """
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
    if _RIGHT_TO_LEFT.search(shown):
        shown = f"\u2068{shown}\u2069"
    return f"“{shown}”"


def spoken(topic: str) -> str:
    """``topic`` in quotation marks, as it can be said aloud to the other.

    "This subject" where it is a sentence about somebody, such as "he never gives feedback".
    """
    return "this subject" if _ABOUT_SOMEBODY.search(topic) else quoted(topic)


def the_role(role: str, fallback: str) -> str:
    """How to name a person by role: ``the finance director``, or ``fallback`` without one."""
    bare = _ARTICLE.sub("", role).strip()
    if not bare:
        return fallback
    isolated = f"\u2068{bare}\u2069" if _RIGHT_TO_LEFT.search(bare) else bare
    # "Finance Director" reads oddly in a sentence; "CFO" and "VP Sales" must stay.
    words = [
        word if word.isupper() or not word.istitle() else word.lower() for word in isolated.split()
    ]
    return f"the {' '.join(words)}"


def capital(text: str) -> str:
    """``text`` with a capital first letter and the rest unchanged."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower case at the start, but not in "AI" or "I"."""
    head = text.split(" ", 1)[0]
    stays = head.isupper() and head != "A"
    return text if stays or not head else text[0].lower() + text[1:]


def sentences(text: str) -> list[str]:
    """The sentences of a short passage, each on its own; items of a list stay whole."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)", text.strip()):
        item = _LIST_MARK.match(block)
        flat = " ".join(block[item.end() if item else 0 :].split())
        parts = [flat] if item else re.split(r"(?<=[.!?])\s+(?=[A-Z])", flat)
        found += [part for part in parts if part]
    return found
