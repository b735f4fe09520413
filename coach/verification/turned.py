"""Is it the draft's own sentence, turned round by a word or two?"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from coach.domain.proposal import Refusal
from coach.verification.lists import word_list

#: From here on two sentences are one, with a few words changed.
_SAME = 0.75
_FEWEST_WORDS = 4
_DENIALS = {"not", "never", "no", "nobody", "nothing", "none", "without", "hardly"}
_PERSONS = {"i", "you", "me", "my", "your", "yours", "mine"}
_FORMS = {"am", "are", "is", "was", "were"}
_SPLIT = re.compile(r"(?<=[.!?:;])\s+")
_SHORT = (
    (r"\bcan(?:['’]t|not)\b", "can not"),
    (r"\bwon['’]t\b", "will not"),
    (r"n['’]t\b", " not"),
)


def check_turned(text: str, draft: str) -> tuple[Refusal, str] | None:
    """A sentence that denies what the draft's says, swaps the persons, or takes an opposite.

    Only sentences that are the draft's but for a few words are looked at: there nothing but the
    turn itself can have been meant.
    """
    drafted = [words for sentence in _SPLIT.split(draft) if (words := _words(sentence))]
    for sentence in _SPLIT.split(text):
        words = _words(sentence)
        if len(words) < _FEWEST_WORDS:
            continue
        for before in drafted:
            matched = SequenceMatcher(None, before, words, autojunk=False)
            if matched.ratio() >= _SAME and (fault := _fault(before, words)):
                return fault, sentence.strip()[:80]
    return None


def _fault(before: list[str], after: list[str]) -> Refusal | None:
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if not gone and not new:
        moved = {
            word
            for one, other in zip(before, after, strict=True)
            if one != other
            for word in (one, other)
        }
        return Refusal.ROLES if moved and moved <= _PERSONS else None
    denied = abs(_count(new, _DENIALS) - _count(gone, _DENIALS)) % 2
    others = sum((gone + new).values()) - _count(gone, _DENIALS) - _count(new, _DENIALS)
    if denied and others <= 1:
        return Refusal.MEANING
    if gone.keys() & _PERSONS and new.keys() & _PERSONS and not _beside(gone + new):
        return Refusal.ROLES
    opposites = (pair.split("/") for pair in word_list("opposites"))
    turned = any(
        (one in gone and other in new) or (other in gone and one in new) for one, other in opposites
    )
    return Refusal.MEANING if turned else None


def _beside(changed: Counter[str]) -> set[str]:
    return changed.keys() - _PERSONS - _FORMS


def _count(words: Counter[str], kind: set[str]) -> int:
    return sum(count for word, count in words.items() if word in kind)


def _words(sentence: str) -> list[str]:
    lower = sentence.lower()
    for short, long in _SHORT:
        lower = re.sub(short, long, lower)
    return re.findall(r"[a-z]+(?:['’][a-z]+)?", lower)
