"""Certain harm, by rule, and what it is called for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.phrasing.floor_pieces import flip, tokens_of
from coach.phrasing.floor_turned import near_turn
from coach.phrasing.floor_words import words_of

if TYPE_CHECKING:
    from coach.phrasing.floor_pieces import Said

#: Parts of a day that a clock time may say as well, and days that "today" may be.
_VAGUE = {"today", "morning", "afternoon", "evening", "tonight", "weekend", "lunchtime"}
_FILLERS = {"am", "are", "is", "was", "were", "be", "been", "s", "re", "m"}


def changed_fact(before: Said, after: Said) -> str:
    """A figure, name or date that is lost or new; empty if none is."""
    text = after.text.lower()
    for value, said in before.numbers.items():
        if value not in after.numbers and not _stands(said, text):
            return f"it loses a figure: “{said}”"
    for value, said in after.numbers.items():
        # "The two of us" counts nobody; "twice" does.
        if value not in before.numbers and not (value == 2 and said in {"two", "both", "couple"}):
            return f"it has a figure that the message does not have: “{said}”"
        if (
            value not in before.numbers
            and said == "two"
            and not re.search(
                r"\b(?:the|us|you) two\b|\btwo of (?:us|you|them)\b|\bthe two\b", text
            )
        ):
            return f"it has a figure that the message does not have: “{said}”"
    for name, said in before.names.items():
        if name not in after.names and name not in text:
            return f"it loses a name: “{said}”"
    for name, said in after.names.items():
        if name not in before.names and name not in before.text.lower():
            return f"it has a name that the message does not have: “{said}”"
    return _changed_date(before, after)


def _stands(said: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text))


def _changed_date(before: Said, after: Said) -> str:
    for key, said in before.dates.items():
        if key in _VAGUE and after.numbers:
            continue
        if key not in after.dates and not _stands(key.rsplit(" ", 1)[-1], after.text.lower()):
            return f"it loses when: “{said}”"
    for key, said in after.dates.items():
        if key not in before.dates and key not in _VAGUE:
            return f"it says when, and the message does not: “{said}”"
    return ""


def flat_turn(before: Said, after: Said) -> str:
    """The message with its persons swapped, or with a denial more or less, and nothing else."""
    said, kept = before.tokens, after.tokens
    swapped = [word for word in tokens_of(flip(before.text)) if word not in _FILLERS]
    if _bare(swapped) == _bare(kept) and _bare(said) != _bare(kept):
        return f"it turns round who did it: “{' '.join(after.text.split())[:90]}”"
    denials = words_of("denial")
    plain, other = (
        [w for w in words if w not in denials | {"do", "did", "does"}] for words in (said, kept)
    )
    odd = sum(w in denials for w in said) % 2 != sum(w in denials for w in kept) % 2
    if odd and _bare(plain) == _bare(other):
        return f"it turns a yes into a no: “{' '.join(after.text.split())[:90]}”"
    turned = near_turn(before, after)
    if turned:
        named = {"roles": "it turns round who did it", "polarity": "it says the opposite"}
        return f"{named[turned]}: “{' '.join(after.text.split())[:90]}”"
    return ""


def _bare(words: list[str]) -> list[str]:
    soft = {"please", "could", "can", "would", "thanks", *_FILLERS}
    same = {"me": "i", "my": "my", "myself": "i", "mine": "my", "yours": "your"}
    return [same.get(word, word) for word in words if word not in soft]
