"""Leading questions about what the other does, asked so that any answer will do.

"You use it for everything, don't you?" holds an impression: owned as one, it may be corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.grammar import Reading
from coach.phrasing.question_kinds import CUES

_LEADS = r"(?:(?:so|but|and|well|ok|okay|honestly|frankly),? )*"
_WHY = re.compile(
    _LEADS
    + r"why (?:do|did) (?:you|u)(?: (?:all|guys|lot|really|even|actually|just|still|always))* "
    r"(?P<act>(?!not\b|never\b)\w+\b.*)",
    re.IGNORECASE,
)
_BETTER = re.compile(
    _LEADS
    + r"(?:wouldn't|won't|isn't) (?:it|that) (?:not )?be (?:\w+ )?(?:better|easier|wiser|smarter|"
    r"simpler|quicker|faster|fairer|nicer|good|wise) if (?P<who>you|we|they|everyone|everybody) "
    r"(?:just |simply |only )?(?P<act>.+)",
    re.IGNORECASE,
)
_ASSUMED = re.compile(
    _LEADS + r"(?:i (?:assume|presume|suppose|guess|take it|imagine|bet)(?: that)? )?"
    r"(?P<act>you (?!know\b|agree\b|think\b|see\b|must\b|should\b|do realise\b)\w+ .+)",
    re.IGNORECASE,
)
_OPENED = re.compile(
    _LEADS + r"i (?:assume|presume|suppose|guess|take it|imagine|bet)\b", re.IGNORECASE
)
#: What somebody wants or feels is not done: nothing leads to it.
_NOT_DONE = {
    "want", "like", "love", "hate", "prefer", "need", "feel", "believe", "trust", "care", "expect",
    "hope", "enjoy", "dislike", "fear", "wish",
}  # fmt: skip
_UNSAFE = {
    "never", "nobody", "nothing", "always", "waste", "bother", "refuse", "fail", "insist", "keep",
    "afraid", "ashamed", "scared", "wrong", "hide", "lie", "complain", "avoid", "expect",
}  # fmt: skip
_FEWEST, _MOST = 2, 16


def forms_of_acts(sentence: str, reading: Reading) -> Iterator[str]:
    """Open questions about what ``sentence`` says that the other does; none where it charges.

    ``reading`` is of ``sentence`` alone.
    """
    plain = re.sub(r"\s+", " ", sentence.replace("’", "'")).strip().rstrip("?!. ")
    if found := _WHY.fullmatch(plain):
        act = found["act"]
        if _is_fair(act):
            leads = "makes you" if act.split()[0].lower() in _NOT_DONE else "leads you to"
            yield f"What {leads} {act}?"
    elif found := _BETTER.fullmatch(plain):
        if _is_fair(found["act"]):
            yield f"What would change if {found['who'].lower()} {found['act']}?"
    elif said := _assumed(plain):
        past = any(word.form == "VBD" for word in reading.words)
        yield f"I have the impression that {said}. How {'was' if past else 'is'} it really?"


def _assumed(plain: str) -> str:
    """What is taken for granted of the other, with "you"; empty where it is not fair to say."""
    head, comma, tag = plain.rpartition(", ")
    tagged = bool(comma) and CUES.cue("tags").fullmatch(tag) is not None
    if not tagged and not _OPENED.match(plain):
        return ""
    found = _ASSUMED.fullmatch(head if tagged else plain)
    if found is None or not _is_fair(found["act"]):
        return ""
    act = found["act"]
    return f"you{act[3:]}"


def _is_fair(act: str) -> bool:
    words = re.findall(r"[\w'-]+", act.lower())
    kept_out = _UNSAFE | CUES.word_list("groups") | CUES.word_list("loaded")
    return (
        not kept_out & set(words)
        and not re.search(r"[,;:?!]|\. ", act)
        and _FEWEST <= len(words) <= _MOST
    )
