"""Forms of English words: the -ing form, and who speaks to whom turned round."""

from __future__ import annotations

import re

from coach.domain.grammar import Word

_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
#: Longer verbs that double their last letter, in British spelling.
_STRESSED = {
    "admit", "begin", "cancel", "commit", "control", "forget", "label", "model", "occur", "prefer",
    "refer", "regret", "signal", "submit", "transfer", "travel", "permit", "belittle",
} - {"belittle"}  # fmt: skip
_IRREGULAR = {"be": "is", "have": "has"}
_TURNED = {
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "i": "you", "me": "you",
    "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you", "our": "your",
    "ours": "yours", "ourselves": "yourselves",
}  # fmt: skip


def gerund(verb: str) -> str:
    """The -ing form of a verb in its base form."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return f"{verb[:-1]}ing"
    vowels = len(re.findall(r"[aeiou]+", verb))
    if verb in _STRESSED or (vowels == 1 and _DOUBLED.search(verb)):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def third_person(verb: str) -> str:
    """The form after "she" of a verb in its base form."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def turned(word: Word, *, subject: bool = False) -> str:
    """A word as the one who was told it says it back: "your" becomes "my".

    "You" becomes "me" unless it is a subject.
    """
    if word.lower == "you":
        return "I" if subject or word.relation in {"nsubj", "nsubjpass"} else "me"
    return _TURNED.get(word.lower, word.text)
