"""Barbs that a rewrite brings in: insults, sneers, threats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.domain.phrasing import Threat
from coach.phrasing.floor_words import cue_of
from coach.phrasing.spotting import Spot, spots

if TYPE_CHECKING:
    from coach.phrasing.floor_pieces import Said

_DENIED = re.compile(r"(?:\b(?:not|no|never|nor|nobody)|n['’]t)(?: [\w'’-]+){0,2}$", re.IGNORECASE)
#: "Not unreliable" praises, if faintly.
_TWICE_DENIED = re.compile(r"(?:\bnot|n['’]t) (?:un|in|im|ir|dis)", re.IGNORECASE)
#: What the message may say in other words, so that the kind is not new.
_ALSO = {
    Threat.INSULT: {Threat.INSULT},
    Threat.CRITICISM_OF_PERSON: {Threat.CRITICISM_OF_PERSON, Threat.INSULT},
    Threat.ULTIMATUM: {Threat.ULTIMATUM},
}
_CHOICE = re.compile(r"\b(?:or|otherwise|else|don['’]t want)\b", re.IGNORECASE)
_CALLED = {
    Threat.INSULT: "an insult",
    Threat.CRITICISM_OF_PERSON: "a judgement of the person",
    Threat.ULTIMATUM: "a threat",
}


def new_barb(before: Said, after: Said) -> str:
    """An insult, sneer, slur or threat that the message does not have; empty if none is."""
    for name, called in (("slurs", "an insult"), ("sneers", "a sneer")):
        for found in cue_of(name).finditer(after.text):
            if not _stood(found[0], before) and not _DENIED.search(after.text[: found.start()]):
                return f"it adds {called}: “{found[0]}”"
    had = {spot.kind for spot in spots(before.text)}
    for spot in spots(after.text):
        if spot.kind in _ALSO and not had & _ALSO[spot.kind] and _bites(spot, before, after):
            return f"it adds {_CALLED[spot.kind]}: “{after.text[spot.start : spot.end].strip()}”"
    return ""


def _stood(words: str, before: Said) -> bool:
    """Whether the message has it already, or one of the same list that begins alike."""
    return words.lower()[:4] in before.text.lower()


def _bites(spot: Spot, before: Said, after: Said) -> bool:
    """Whether a spot is more than the message's own word, a denial or a choice."""
    said = after.text[spot.start : spot.end].strip()
    if said.lower() in before.text.lower():
        return False
    if re.search(r"\b(?:not|no|n['’]t)\b", said) and spot.kind is Threat.INSULT:
        return False
    if _DENIED.search(after.text[: spot.start].rstrip()) or _TWICE_DENIED.search(said):
        return False
    if spot.kind is Threat.ULTIMATUM:
        return not _CHOICE.search(before.text)
    if spot.kind is Threat.CRITICISM_OF_PERSON:
        # A rewrite of abuse may say plainly what the abuse meant.
        return not cue_of("rudeness").search(before.text)
    return True
