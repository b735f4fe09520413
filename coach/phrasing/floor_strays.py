"""Texts that are no rewrite at all: words for a machine, mere courtesy, another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.phrasing.floor_swaps import Alike
from coach.phrasing.floor_words import cue_of, words_of

if TYPE_CHECKING:
    from coach.phrasing.floor_pieces import Said
    from coach.ports import LanguageFinder

#: The least that a rewrite's vector has of the message's, where no word of it is left.
_APART, _NO_WORD = 0.12, 0.45
#: Below this share of everyday English words a language other than English is believed.
_ENGLISH = 0.2
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def stray(before: Said, after: Said, alike: Alike) -> str:
    """Why the text is no rewrite of the message; empty if it is one."""
    found = cue_of("machine", whole=False).search(after.text)
    if found and found[0].lower() not in before.text.lower():
        return f"it speaks to a machine, not to the person: “{found[0].strip()}”"
    courteous = words_of("courtesy")
    words = [word for word in after.tokens if word not in courteous]
    own = any(word not in courteous for word in before.tokens)
    shared = {*before.tokens} & {*after.tokens} - words_of("english")
    if own and not words and not shared:
        return "it is polite, but says nothing of the message"
    if (
        not any(
            alike(word.lemma, other.lemma) >= _NO_WORD
            for word in before.stated
            for other in after.stated
        )
        and float(before.whole @ after.whole) < _APART
    ):
        return "it is about something else"
    return ""


def is_foreign(text: str, languages: LanguageFinder | None) -> bool:
    """Whether a text is surely in another language than English."""
    words = [word.lower().replace("’", "'") for word in _LETTERS.findall(text)]
    if not words:
        return False
    letters = [mark for word in words for mark in word]
    if sum(bool(_LATIN.match(mark)) for mark in letters) < len(letters) / 2:
        return True
    english = sum(word in words_of("english") for word in words)
    foreign = sum(word in words_of("foreign") for word in words)
    if foreign >= 2 and foreign > 2 * english and foreign >= len(words) / 3:
        return True
    if languages is None or english >= _ENGLISH * len(words):
        return False
    return languages.language(text) not in {None, "en"} and len(words) > 2
