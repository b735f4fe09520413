"""Where a text threatens face and how gravely, without a score: quick enough for every clause."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.domain.guidance import Frozen
from coach.domain.phrasing import Threat
from coach.phrasing.spotting import spots
from coach.phrasing.threats import ABOUT


class Mark(Frozen):
    """A span in characters, its kind, and its severity from 0 to 1."""

    start: int
    end: int
    kind: Threat
    severity: float


#: What somebody is said to have called somebody or something: a rude word in it is not the
#: speaker's own, and the complaint means nothing without it.
REPORTED = re.compile(
    r"\b(?:call(?:ed|s|ing)?(?= (?:me|us|him|her|them|you|it|my|our|his|their|your|this|that|the"
    r"|an?|everyone|everybody|people|someone|somebody|(?-i:[A-Z])[\w'’-]*)\b)"
    r"|describ(?:ed|es|ing)|labell?(?:ed|s|ing)|referr?(?:ed|ing) to"
    r"|you (?:said|say|wrote|told (?:me|us|them|him|her|(?-i:[A-Z])[\w'’-]*)))\b"
    r"[^.;!?]*?(?=,? you\b|[.;!?]|$)",
    re.IGNORECASE,
)
#: Where something was done: part of a complaint, while "as all of you saw" exposes.
_BEFORE = re.compile(r"in front of|before (?:the|my|our)\b", re.IGNORECASE)
#: What one says of oneself, or says that one did not say: no word about the other.
_OWN = re.compile(
    r"\bI(?:['’]m| am| was)(?: not| only| just| so| no| an?)*\s*$"
    r"|\bI(?: did not|['’]m not| am not| never| didn['’]t)(?: ever)? "
    r"(?:say|said|saying|mean|meant)\b[^.;!?]*$",
    re.IGNORECASE,
)
_WORDS = {Threat.INSULT, Threat.CRITICISM_OF_PERSON, Threat.CONDESCENSION}
_ABOUT_OTHERS = {*_WORDS, Threat.HEARSAY, Threat.MIND_READING, Threat.DISMISSAL}
Marker = Callable[[str], tuple[Mark, ...]]


def marks_of(text: str) -> tuple[Mark, ...]:
    """The marks of ``text``, by position."""
    told = [found.span() for found in REPORTED.finditer(text)]
    return tuple(
        Mark(start=one.start, end=one.end, kind=one.kind, severity=ABOUT[one.kind].severity)
        for one in spots(text)
        if not (one.kind is Threat.PUBLIC_EXPOSURE and _BEFORE.match(text, one.start))
        and not (one.kind in _ABOUT_OTHERS and _OWN.search(text[: one.start]))
        and (
            one.kind not in _ABOUT_OTHERS
            or not any(start <= one.start and one.end <= end for start, end in told)
        )
    )
