"""Find what a text says that nothing it stands on does: numbers, money, names, rules.

Written apart from ``coach.verification``, with nothing of it, so that the two can disagree. It
reads no grammar and weighs nothing: a word is in the sources, or it is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from coach.domain.brief import Brief
from coach.resources import shipped

_CASES = Path(__file__).parent / "cases"
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_VALUES = {
    word: str(value)
    for value, word in enumerate(
        re.findall(
            r"\w+",
            """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen twenty""",
        ),
        start=2,
    )
} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "hundred": "100", "thousand": "1000", "million": "1000000",
}  # fmt: skip
_COUNTS = re.compile(
    r"\b(?:billions?|dozens?|hundreds|thousands|millions|percent(?:age)?|per\ cent|"
    r"(?:half|quarter|third|majority)\ of|(?:twice|double|triple)\ (?:as|the))\b|[%‰$€£¥]",
    re.IGNORECASE | re.VERBOSE,
)
#: The pair themselves, and the shortest time: no figure that anyone could check.
_OF_THE_PAIR = re.compile(
    r"\b(?:the|you|us|we|between)\s+two\b|\btwo\s+of\s+(?:you|us)\b", re.IGNORECASE
)
_RULES = re.compile(
    r"\b(?:polic(?:y|ies)|regulat\w+|complian\w+|comply|mandat\w+|compulsory|requir(?:ed|ement\w*)|"
    r"oblig(?:ed|ation\w*|atory)|forbid\w*|forbade|prohibit\w*|entitle\w*|approv\w+|permit\w*|"
    r"permission|guidelines?|handbook|statut\w+|law|legal|legally|rules?|allowed|banned|gdpr|hr|"
    r"contract\w*|licen[cs]\w+|guarantee\w*|promotion|bonus|raise|salary|deadline|"
    r"stud(?:y|ies)|research\w*|survey\w*|according|statistics?|experts?|proven)\b",
    re.IGNORECASE | re.VERBOSE,
)
_DATES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|april|june|july|"
    r"august|september|october|november|december)\b|\b(?:tomorrow|yesterday|tonight)\b",
    re.IGNORECASE | re.VERBOSE,
)
_GREETINGS = frozenset({"hi", "hello", "hey", "thanks", "welcome", "sorry", "yes"})
_ALWAYS = frozenset(
    re.findall(r"\S+", "I I’m I'm I’ll I'll I’d I'd I’ve I've AI OK English British")
)


def unsupported(text: str, known: str) -> tuple[str, ...]:
    """What ``text`` says that ``known`` does not, each with its kind; empty if nothing."""
    said = known.lower()
    return (
        *(f"number: {found}" for found in _numbers(text, known)),
        *(f"count: {one[0]}" for one in _COUNTS.finditer(text) if one[0].lower() not in said),
        *(f"date: {one[0]}" for one in _DATES.finditer(text) if one[0].lower() not in said),
        *(f"rule: {one[0]}" for one in _RULES.finditer(text) if one[0].lower()[:6] not in said),
        *(f"name: {found}" for found in _names(text, known)),
    )


def known_of(brief: Brief, draft: str, passages: tuple[str, ...]) -> str:
    """All that a text for a slot may stand on, as one text."""
    figures = f"{brief.minutes} minutes, session {brief.session} of {brief.planned_sessions}"
    people = (brief.mentor_role, brief.mentee_role, brief.setting.value)
    return "\n".join((brief.topic, *people, *brief.carried_over, figures, draft, *passages))


def _numbers(text: str, known: str) -> list[str]:
    plain = _OF_THE_PAIR.sub(" ", text)
    values = set(_DIGITS.findall(known)) | {
        _VALUES[word.lower()]
        for word in _WORDS.findall(known.replace("-", " "))
        if word.lower() in _VALUES
    }
    found = [digits for digits in _DIGITS.findall(plain) if digits not in values]
    pieces = _WORDS.findall(plain.replace("-", " "))
    return found + [word for word in pieces if _VALUES.get(word.lower(), "") not in {"", *values}]


def _names(text: str, known: str) -> list[str]:
    said = {word.lower() for word in _pieces(known)}
    found = []
    # A quotation begins with a capital too, wherever it stands.
    for sentence in re.split(r"(?<=[.!?:…])[\s\"“”‘’)]+|[\"“‘]", text):
        for place, word in enumerate(_pieces(sentence)):
            lower = word.lower()
            bare = re.sub(r"['’]\w+$", "", lower)
            if not word[:1].isupper() or word in _ALWAYS or {lower, bare} & said:
                continue
            if place == 0 and ({lower, bare} & (_ordinary() | _GREETINGS)):
                continue
            found.append(word)
    return found


def _pieces(text: str) -> list[str]:
    return [piece for word in _WORDS.findall(text) for piece in word.split("-") if piece]


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words that the library or a labelled case writes small: no names."""
    files = [*shipped("knowledge").rglob("*.md"), *_CASES.rglob("*.yaml"), *_CASES.rglob("*.jsonl")]
    texts = (file.read_text(encoding="utf-8") for file in files)
    return frozenset(word for text in texts for word in _WORDS.findall(text) if word.islower())
