"""Find questions that can be answered yes or no.

Written apart from the library's own check, which looks only at a question's
first word, so that the two can disagree.
"""

from __future__ import annotations

import re

_AUXILIARY = frozenset(
    re.findall(
        r"\w+",
        """am is are was were be do does did has have had can could ca will would wo shall should
        may might must need""",
    )
)
_ASKS = frozenset({"what", "how", "which", "who", "whom", "whose", "where", "why"})
_BEFORE = frozenset({"and", "or", "but", "so", "then"})
_TAGS = frozenset({"right", "correct", "yes", "no", "okay", "ok", "agreed"})


def is_closed(text: str) -> bool:
    """Whether any sentence of ``text`` asks for a yes or a no.

    A clause that begins with an auxiliary verb does ("After that, would you …?"),
    unless a question word came before it.
    """
    sentences = re.split(r"(?<=[.!?])[\s\"”’]+", text)
    return any(_closed(sentence) for sentence in sentences if "?" in sentence)


def _closed(sentence: str) -> bool:
    for clause in re.split(r"[,;:–—]\s*", sentence.lower()):
        words = [re.sub(r"n['’]t$", "", word) for word in re.findall(r"[a-z'’]+", clause)]
        while words and words[0] in _BEFORE:
            words = words[1:]
        if _ASKS & set(words) or (words[:1] == ["when"] and _AUXILIARY & set(words[1:2])):
            return False
        if words and (words[0] in _AUXILIARY or words[0] == "any" or set(words) <= _TAGS):
            return True
    return False
