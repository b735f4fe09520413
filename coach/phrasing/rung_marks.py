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
#: What somebody is quoted with, between quotation marks: none of it is the speaker's own.
QUOTED = re.compile(
    r"\b(?:say(?:s|ing)?|said|repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|writ(?:e|es|ing)|wrote"
    r"|typ(?:e|es|ed|ing)|ask(?:s|ed|ing)?|tell(?:s|ing)?|told|shout(?:s|ed|ing)?|call(?:s|ed|ing)?"
    r"|jok(?:e|es|ed|ing)|comment(?:s|ed|ing)?|introduc(?:e|es|ed|ing))\b[^.;!?\"“”\n]{0,40}"
    r"(?P<words>[\"“][^\"“”\n]+[\"”]|(?<!\w)['‘](?=\w)[^\"“”\n]*?['’](?!\w))",
    re.IGNORECASE,
)
_QUOTE_MARK = re.compile(r"[\"“‘]|(?<!\w)'")
#: What the other does before people, complained of: "stop cc'ing my manager" exposes nobody.
_DONE_BY_YOU = re.compile(
    r"\b(?:you|your|stop|stopped|quit)\b(?:(?!\b(?:i|we)\b)[^.;!?])*$", re.IGNORECASE
)
_YOU_DID = re.compile(r"\byou (?:\w+ly |also |then |just )?$", re.IGNORECASE)
_DOING = re.compile(
    r"(?:cc|copy|put|shar|post|forward|send|add|loop|read|tell|announc|mention|discuss)['’]?ing\b",
    re.IGNORECASE,
)
#: "You said it for the fifth time" counts; "For the fifth time, …" is out of patience.
_COUNTED = re.compile(r"\byou\b(?:(?!\b(?:i|we)\b)[^.;!?,])*$", re.IGNORECASE)
_FOR_TIMES = re.compile(r"for the [\w-]+ time\b", re.IGNORECASE)
#: Where something was done: part of a complaint, while "as all of you saw" exposes.
_BEFORE = re.compile(r"in front of|before (?:the|my|our)\b", re.IGNORECASE)
#: What one says of oneself, or says that one did not say: no word about the other.
_OWN = re.compile(
    r"\bI(?:['’]m| am| was)(?: not| only| just| so| no| an?)*\s*$"
    r"|\bI(?: did not|['’]m not| am not| never| didn['’]t)(?: ever)? "
    r"(?:say|said|saying|mean|meant)\b[^.;!?]*$",
    re.IGNORECASE,
)
#: What somebody knows from others, or speaks of as a case, is read in nobody's mind.
_KNOWN = re.compile(
    r"\b(?:told|heard?|learn(?:t|ed))(?: from [\w ]+?)?(?: that)? $|\b(?:when(?:ever)?|in case) $",
    re.IGNORECASE,
)
_WORDS = {Threat.INSULT, Threat.CRITICISM_OF_PERSON, Threat.CONDESCENSION}
_ABOUT_OTHERS = {*_WORDS, Threat.HEARSAY, Threat.MIND_READING, Threat.DISMISSAL}
Marker = Callable[[str], tuple[Mark, ...]]


def marks_of(text: str) -> tuple[Mark, ...]:
    """The marks of ``text``, by position."""
    told = [found.span() for found in REPORTED.finditer(text)]
    # Most messages quote nobody.
    quotes = QUOTED.finditer(text) if _QUOTE_MARK.search(text) else ()
    quoted = [found.span("words") for found in quotes]
    return tuple(
        Mark(start=one.start, end=one.end, kind=one.kind, severity=ABOUT[one.kind].severity)
        for one in spots(text)
        if not any(start <= one.start and one.end <= end for start, end in quoted)
        and not (one.kind is Threat.PUBLIC_EXPOSURE and _told_of(text, one.start))
        and not (one.kind is Threat.MIND_READING and _KNOWN.search(text[: one.start]))
        and not (
            one.kind is Threat.IMPATIENCE
            and _FOR_TIMES.match(text, one.start)
            and _COUNTED.search(QUOTED.sub("you said", text[: one.start]))
        )
        and not (one.kind in _ABOUT_OTHERS and _OWN.search(text[: one.start]))
        and (
            one.kind not in _ABOUT_OTHERS
            or not any(start <= one.start and one.end <= end for start, end in told)
        )
    )


def _told_of(text: str, start: int) -> bool:
    """Whether an exposure at ``start`` is the other's, and complained of."""
    if _YOU_DID.search(text[:start]):
        return True
    by_you = _DOING.match(text, start) and _DONE_BY_YOU.search(text[:start])
    return bool(by_you or _BEFORE.match(text, start))
