"""Says in other words what can be mended: rude words, absolutes, what one takes others to think."""

from __future__ import annotations

import re
from functools import cache

from coach.phrasing.rung_marks import REPORTED
from coach.phrasing.sentences import CUES, bare, tidy
from coach.ports import Grammar

_MIND = re.compile(
    r"^(?:so |and |but )?you (?:\w+ )?(?:don't|don’t|do not|didn't|never|can't) (?:even |really |actually |just )*"  # noqa: E501 - one pattern or sentence
    r"(?P<verb>understand|know|get|grasp|realise|realize|see|care(?: about| if| whether)?|listen(?: to)?)"  # noqa: E501 - one pattern or sentence
    r"(?: (?P<rest>.+))?$",
    re.IGNORECASE,
)
_UNHEARD = re.compile(
    r"^(?:so |and |but )?you (?:\w+ )?(?:do|did)(?:n't|n’t| not) (?:even |really )*(?:want|care)"
    r" to (?:hear|listen to|know)(?: about)? (?P<rest>.+)$",
    re.IGNORECASE,
)
#: A hard word for oneself is no verdict on the other.
_OF_MYSELF = re.compile(
    r"\bI(?:['’]m| am| was|(?: \w+)? (?:feel|felt|looked?|sound(?:ed)?|seem(?:ed)?))"
    r"(?: not| only| just| so| no| an?| very| quite| really| like an?)* "
    r"(?:stupid|dumb|silly|slow|lazy|useless|hopeless|idiot|fool)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\byou (?:just |simply |really )*never (?:ever |even |once )?(?P<verb>\w+)", re.IGNORECASE
)


@cache
def _mends() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for line in CUES.lines("mends"):
        left, _, right = line.partition(" =>")
        found.append((re.compile(left, re.IGNORECASE), right.removeprefix(" ")))
    return tuple(found)


def mended(clause: str) -> str:
    """A clause with the words mended that can be, by the list of mends."""
    told = REPORTED.search(clause)
    if told is not None:
        # "You called my plan rubbish" is nothing without its last word.
        before = clause[: told.start()].rstrip()
        # The comma says where "When I was ill, you said …" turns to what was said.
        joint = ", " if before.endswith(",") else " "
        return tidy(f"{mended(before)}{joint}{clause[told.start() :]}")
    for pattern, instead in _mends():
        changed = tidy(pattern.sub(instead, clause)) if pattern.search(clause) else clause
        if not _OF_MYSELF.search(clause) or _OF_MYSELF.search(changed):
            clause = changed
    return tidy(clause)


def own_view(text: str) -> str:
    """What one takes the other to think, as one's own view."""
    unheard = _UNHEARD.match(bare(text))
    if unheard is not None:
        return f"I did not feel heard on {unheard['rest']}"
    found = _MIND.match(bare(text))
    if found is None or not found["rest"]:
        return text
    verb = found["verb"].lower().split()[0]
    rest = found["rest"]
    if verb == "care":
        return f"it matters to me {rest}" if not re.match(r"\w+ing\b", rest) else text
    if verb == "listen":
        return f"I don't feel heard: {rest}" if len(rest.split()) > 6 else "I don't feel heard"
    return f"I am not sure that we see {rest} in the same way"


def without_never(text: str, grammar: Grammar) -> str:
    """``text`` with "you never" as what happened, or happens often."""
    found = _NEVER.search(text)
    if found is None:
        return text
    reading = grammar.read(text)
    word = next((w for w in reading.words if w.start == found.start("verb")), None)
    if word is None:
        return text
    if word.form in {"VBD", "VBN"} and word.lemma != word.lower:
        return f"{text[: found.start()]}you didn't {word.lemma}{text[found.end() :]}"
    return f"{text[: found.start()]}you often don't {word.lower}{text[found.end() :]}"
