"""For "Is it OK to do this?": how the other feels about just that act."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.grammar import Reading
from coach.phrasing.inflecting import gerund
from coach.phrasing.question_kinds import CUES

_WHOM = {"i": "me", "we": "us", "they": "them", "one": ""}
_BEING = {"am", "are", "is", "was", "were", "'m", "'re", "’m", "’re"}
_NO_ACTS = {"not", "never", "can", "could", "would", "will", "do", "did", "don't", "didn't"}
_MOST_WORDS = 14


def forms_of_permission(reading: Reading, sentence: str) -> Iterator[str]:
    """Open questions about the act; nothing where none is asked about."""
    found = CUES.cue("permitted").match(sentence)
    if found is None:
        return
    named = {name.rstrip("23456"): text for name, text in found.groupdict().items() if text}
    act = named["act"].split("?")[0].split(" or ")[0].strip(" .,!")
    verb, _, rest = act.partition(" ")
    if not rest or len(act.split()) > _MOST_WORDS or verb.lower() in _NO_ACTS:
        return
    read = {word.lower: word.lemma for word in reading.words if word.part in {"VERB", "AUX"}}
    base = "be" if verb.lower() in _BEING else read.get(verb.lower(), verb.lower())
    who = named.get("who", "").lower()
    whom = _WHOM.get(who, who)
    doing = f"{whom} {gerund(base)} {rest}".strip()
    yield f"How do you feel about {doing}?"
    yield f"What speaks for {doing} in your eyes, and what against it?"
