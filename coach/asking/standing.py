"""Whether a model's sentence says what one sentence of its passage says.

The judge of drafts weighs a slot's text against a draft; an answer has none, and must stay far
nearer to its source. These are bounds on top of that judge, none in its stead.
"""

from __future__ import annotations

import re

from coach.asking.nearness import Nearness
from coach.asking.sentences import sentences_of
from coach.domain.guidance import Passage
from coach.domain.proposal import Refusal

#: How near a sentence must be to one of its passage: below it, in 57 texts that we wrote for
#: this, stood 24 of 31 inventions and inversions, and none of 26 fair rewordings.
_NEAR = 0.85
_DENIES = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_DENIES_SOMEHOW = re.compile(
    r"\b(?:no|nobody|nothing|none|neither|nor|without|rather\ than|instead\ of|avoid|stop|leave)\b",
    re.IGNORECASE,
)
_ROLES = re.compile(r"\b(mentor|mentee|senior|junior|lead|manager|sponsor)s?\b", re.IGNORECASE)
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


class Standing:
    """Compares a sentence with its passage. Safe to share between threads."""

    def __init__(self, nearness: Nearness) -> None:
        self._nearness = nearness

    def source(self, text: str, passage: Passage) -> str:
        """The sentence of the passage that ``text`` puts in other words; empty if it has none."""
        return next(iter(self._sources(text, passage)), (0.0, ""))[1]

    def fault(self, text: str, passage: Passage, question: str) -> tuple[Refusal, str] | None:
        """Why ``text`` does not stand on ``passage``, or ``None``. Raises ``EmbedderError``."""
        known = set(_NUMERAL.findall(f"{passage.text} {question}"))
        strange = [number for number in _NUMERAL.findall(text) if number not in known]
        if strange:
            return Refusal.NUMBER, strange[0]
        sources = self._sources(text, passage)[:2]
        if not sources or sources[0][0] < _NEAR:
            near = sources[0][0] if sources else 0.0
            return Refusal.UNSUPPORTED, f"nearness {near:.2f}"
        nearest = sources[0][1]
        if _denies(text) and not any(_denies(one) or _denies_somehow(one) for _, one in sources):
            return Refusal.MEANING, "it denies what the passage does not"
        if _denies(nearest) and not (_denies(text) or _denies_somehow(text)):
            return Refusal.MEANING, "it does not deny what the passage does"
        theirs, own = _roles(nearest), _roles(text)
        if theirs and own - theirs:
            return Refusal.ROLES, ", ".join(sorted(own - theirs))
        return None

    def _sources(self, text: str, passage: Passage) -> list[tuple[float, str]]:
        own = [sentence.text for sentence in sentences_of(passage)]
        near = self._nearness.of(own, text)
        return sorted(zip(near, own, strict=True), key=lambda pair: -pair[0])


def _denies(text: str) -> bool:
    return bool(_DENIES.search(text))


def _denies_somehow(text: str) -> bool:
    return bool(_DENIES_SOMEHOW.search(text))


def _roles(text: str) -> set[str]:
    return {role.casefold() for role in _ROLES.findall(text)}
