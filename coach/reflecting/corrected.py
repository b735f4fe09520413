"""Where plain words speak against the likeliest kind of a sentence."""

from __future__ import annotations

import re

from coach.domain.reflection import ItemKind
from coach.reflecting.undertaken import COUNTED, UNCOUNTED

_GOOD_DENIED = re.compile(
    r"\b(?:nothing|nobody|no one|not|never|hardly|\w+n['’]t)\b[^.,;]*\b(?:well|work(?:ed|ing)?|good"
    r"|helpful|easy|succeed(?:ed)?)\b",
    re.IGNORECASE,
)
_COULD_NOT_BE_BETTER = re.compile(
    r"\bcould(?:n['’]t| not) have (?:\w+ )?(?:better|happier|nicer)\b", re.IGNORECASE
)
_AT_LAST = re.compile(
    r"^(?!.*\b(?:not|never|hardly|nobody|\w+n['’]t)\b).*(?:\bgot (?:it|this|that|them|the \w+)"
    r" (?:to work|to run|to open|to load|working|running)\b|\bmanaged to\b)",
    re.IGNORECASE,
)
#: Sounds and answers that tell nothing by themselves; "Meh." is a feeling.
_SOUND = re.compile(
    r"^\W*(?:huh|fair(?: enough|s)?|right|ok(?:ay)?|hm+|uh|let['’]?s see"
    r"|(?:we|i)(?:['’]ll| will) see|anyway|so|well|noted|done|sure|there|see"
    r"|thank(?: you|s)(?: \w+)?|please do|whatever|never mind)\W*$",
    re.IGNORECASE,
)
#: Words by which a sentence says itself what it is, and the kinds that they overrule.
_HARD = r"(?:hard|difficult|tough|tricky|worst|awkward)(?:er|est)?"
_MOOD = (
    r"(?:proud|glad|happy|relieved|grateful|nervous|anxious|ashamed|frightened|scared|embarrassed"
    r"|sad|angry|touched|humbled|gutted|disappointed|frustrated|annoyed|exhausted|excited)"
)
_VERY = r"(?:(?:so|very|really|quite|bit|little|a) )*"
_NEVER = r"(?:did not|didn['’]t|never)"
_UNSURE = r"^\W*(?:i|we) (?:(?:still|really|just|also) )*(?:don['’]t|do not|can['’]?t|cannot)"
_SAID_ITSELF: tuple[tuple[frozenset[str], re.Pattern[str], ItemKind], ...] = tuple(
    (frozenset(kinds.split()), re.compile(pattern, re.IGNORECASE), kind)
    for kinds, pattern, kind in (
        (
            "surprise learning feeling win context",
            rf"^\W*(?:the|my|our) (?:\w+ )?{_HARD} (?:part|bit|thing)\b.{{0,20}}?\b(?:is|was)\b",
            ItemKind.CHALLENGE,
        ),
        (
            "learning win",
            rf"{_UNSURE}(?: \w+)? (?:understand|know|see|tell)(?: \w+)? (?:if|whether|how|wh\w+)\b",
            ItemKind.QUESTION,
        ),
        ("learning win", rf"{_UNSURE}(?: \w+)? (?:understand|know)\b", ItemKind.CHALLENGE),
        (
            "challenge surprise learning feeling",
            r"^\W*(?:i|we) (?:(?:do|also|still|often) )*wonder (?:if|whether|why|how|what|who)\b",
            ItemKind.QUESTION,
        ),
        (
            "question surprise learning",
            r"^[^?]*\b(?:i|we) (?:did not|didn['’]t) know how to\b[^?]*$",
            ItemKind.CHALLENGE,
        ),
        (
            "surprise win learning",
            rf"^\W*(?:he|she|they|\w+ ment(?:or|ee)) {_NEVER} (?:show|turn|come|appear)\b",
            ItemKind.CHALLENGE,
        ),
        (
            "learning next_step question context",
            rf"^\W*(?:i(?:['’]m| am| was| feel| felt) )?{_VERY}{_MOOD}(?! (?:part|bit|thing)\b)\b",
            ItemKind.FEELING,
        ),
        (
            "next_step",
            r"^\W*it was (?:\w+ )?(?:good|great|nice|lovely|wonderful) to (?:see|hear|watch)\b",
            ItemKind.WIN,
        ),
    )
)


def corrected(kind: str, text: str) -> str:
    """``kind``, or the one that the words of ``text`` ask for; ``context`` for no item."""
    if _SOUND.match(text):
        return "context"
    if kind == ItemKind.COMMITMENT:
        return next((other for pattern, other in UNCOUNTED if pattern.search(text)), kind)
    if any(pattern.search(text) for pattern in COUNTED):
        return ItemKind.COMMITMENT.value
    for kinds, pattern, other in _SAID_ITSELF:
        if kind in kinds and pattern.search(text):
            return other.value
    return _of_good(kind, text)


def _of_good(kind: str, text: str) -> str:
    if kind == ItemKind.CHALLENGE and (_COULD_NOT_BE_BETTER.search(text) or _AT_LAST.match(text)):
        return ItemKind.WIN.value
    if kind == ItemKind.WIN and _GOOD_DENIED.search(text) and not _COULD_NOT_BE_BETTER.search(text):
        return ItemKind.CHALLENGE.value
    return kind
