"""The library's ways of saying a hard thing, as candidates for each rung."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from coach.domain.grammar import Reading
from coach.domain.guidance import Frozen
from coach.domain.phrasing import Level
from coach.phrasing.asking import (
    BALANCED_ASKS,
    DIRECT_ASKS,
    GENTLE_ASKS,
    WISHED_ASKS,
    asked,
)
from coach.phrasing.cleaned import Cleaned
from coach.phrasing.framing import SOMETHING
from coach.phrasing.refusing import refuses
from coach.phrasing.sentences import lowered
from coach.phrasing.technique import (
    ASK_FIRST,
    FRAME,
    HUMBLE,
    MOMENT,
    OBSERVED,
    PLAIN,
    RECEPTIVE,
    REQUEST,
    SEEK_ADVICE,
    Technique,
)
from coach.ports import Grammar

SEEN = "[…what did you see or hear?]"
EFFECT = "[…what did it change for you?]"
UNDERSTAND = "I hope that you can understand it."
_ME = re.compile(r"\b(?:I|I'm|I've|I'd|I’ve|I’d|me|my|mine|we|us|our|ours)\b")
_YOU = re.compile(r"\byour?\b|\byou['’]", re.IGNORECASE)
#: Nobody asks for advice on what the other did, or to be able to refuse.
_NO_ADVICE = re.compile(
    r"^(?:I noticed that )?you\b"
    r"|\bI (?:do not|did not|didn['’]t|don['’]t|can['’]?t|cannot|won['’]t|will not|am not)\b",
    re.IGNORECASE,
)
_FRAMED = re.compile(
    r"^(?:I|It matters to me|When|If|As|After|Before|Since|While|Because|Although)\b"
)

_FIRST_SENTENCE = re.compile(r"[^.!?]*[.!?]*")


class Draft(Frozen):
    """A candidate for a rung, before it is judged."""

    level: Level
    text: str
    technique: Technique


class Drafting:
    """Writes candidates from a message's sayable parts.

    ``seen`` is what happened, in the person's own words; without it a frame has a blank for it.
    """

    def __init__(self, grammar: Grammar, cleaned: Cleaned, seen: str = "") -> None:
        self._seen = seen
        self._grammar = grammar
        self._clean = cleaned
        self._facts = cleaned.facts

    @property
    def is_frame(self) -> bool:
        """Whether the drafts only say what it is about, and leave what happened blank."""
        return bool(self._clean.topic)

    @cached_property
    def said(self) -> str:
        """What every draft of every level says of the message, without what frames it.

        The frames are fixed sentences of ours, so the floor need only read this once.
        """
        asks = self._asks(*DIRECT_ASKS)
        parts = (*self._facts, *self._clean.wants, *self._clean.questions, *asks)
        return self._addressed(" ".join(parts))

    def drafts(self, level: Level) -> Iterator[Draft]:
        """Candidates for a level, the preferred one first."""
        if self.is_frame:
            yield from self._each_addressed(self._on_topic(level))
            return
        match level:
            case Level.GENTLE:
                found = self._gentle()
            case Level.BALANCED:
                found = self._balanced()
            case Level.DIRECT:
                found = self._direct()
        yield from self._each_addressed(found)

    def _each_addressed(self, drafts: Iterator[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            yield draft.model_copy(update={"text": self._addressed(draft.text)})

    def _addressed(self, text: str) -> str:
        """Whom the message called by name is called by name."""
        who = self._clean.address
        if not who:
            return text
        who = who[0].upper() + who[1:]
        # Drafts share their first sentences, and only the first word is in question.
        return f"{who}, {lowered(text, self._read(_FIRST_SENTENCE.findall(text)[0]))}"

    def _on_topic(self, level: Level) -> Iterator[Draft]:
        """Where mostly verdicts stood: what it is about, what is asked, and blanks for the rest."""
        topic = self._clean.topic
        wanted = (*self._clean.details, *self._clean.wants, *self._clean.questions)
        noticed = self._seen or f"What I noticed was {SEEN}."
        humble, moment, plain = (HUMBLE, MOMENT, OBSERVED) if self._seen else (FRAME, FRAME, FRAME)
        match level:
            case Level.GENTLE:
                asks = self._asks(*GENTLE_ASKS)
                rest = (noticed, *wanted, *asks)
                asked = asks or self._clean.wants or self._clean.questions
                side = "" if asked else self._seen_by_you
                yield _draft(level, humble, f"Could I ask you about {topic}?", *rest, side)
                begin = f"I'd like to understand {topic} better."
                yield _draft(level, humble, begin, *rest, side)
            case Level.BALANCED:
                matter = f"I'd like to talk with you about {topic}."
                effect = f"The effect on me was {EFFECT}."
                yield _draft(
                    level, moment, matter, noticed, effect, *wanted, *self._asks(*BALANCED_ASKS)
                )
            case Level.DIRECT:
                rest = (*wanted, *self._asks(*DIRECT_ASKS))
                matter = "" if topic == SOMETHING else f"This is about {topic}"
                what = f". {self._seen}" if self._seen else f": {SEEN}."
                yield _draft(level, plain, f"{matter}{what}".removeprefix(". "), *rest)
                rest = (*wanted, *self._asks(*WISHED_ASKS))
                begin = f"I want to talk with you about {topic}."
                yield _draft(level, plain, begin, noticed, *rest)

    def _gentle(self) -> Iterator[Draft]:
        level = Level.GENTLE
        body = self._observed("")
        ask = self._asks(*GENTLE_ASKS)
        side = "" if self._clean.questions else self._side()
        if self._facts or self._clean.wants:
            parts = ("May I share something with you?", *body, *self._clean.wants, *ask)
            closing = () if ask or self._clean.questions else (side,)
            yield _draft(level, ASK_FIRST, *parts, *self._clean.questions, *closing)
            yield _draft(
                level,
                HUMBLE,
                *self._observed("The way I see it,"),
                *self._clean.wants,
                *self._clean.questions,
                *ask,
                side,
            )
        if self._clean.empty_of_facts:
            yield _draft(level, ASK_FIRST, "May I ask you something?", *self._flat(ask))
        begin = "There is something that I find hard to say."
        yield _draft(
            level, RECEPTIVE, begin, *body, *self._clean.wants, *self._clean.questions, *ask, side
        )
        if not any(_NO_ADVICE.search(fact) for fact in self._facts):
            yield _draft(
                level,
                SEEK_ADVICE,
                "Could I ask for your advice on something?",
                *body,
                *self._clean.wants,
                *self._clean.questions,
                *ask,
                "" if ask or self._clean.questions else "What would you suggest?",
            )

    def _balanced(self) -> Iterator[Draft]:
        level = Level.BALANCED
        ask = self._asks(*BALANCED_ASKS)
        wants = self._clean.wants
        touches = any(_ME.search(text) for text in self._facts)
        about_you = bool(self._facts) and _YOU.search(self._facts[0]) is not None
        effect = () if touches or not about_you else (f"The effect on me was {EFFECT}.",)
        closing: tuple[str, ...] = ()
        if not (ask or wants or self._clean.questions):
            closing = (
                self._reason or (UNDERSTAND if self._refuses else "Could we talk about it?"),
            )
        rest = (*wants, *self._clean.questions, *ask, *closing)
        if self._seen and self._seen not in self._facts:
            yield _draft(level, MOMENT, self._seen, *self._facts, *effect, *rest)
        if self._facts and (effect or ask):
            yield _draft(level, MOMENT, *self._facts, *effect, *rest)
        own = self._refuses or not any(_YOU.search(fact) for fact in self._facts)
        if self._facts and not (own and touches):
            open_to = "There may be reasons that I don't know of."
            yield _draft(level, RECEPTIVE, *self._facts, open_to, *rest)
        possible = (
            ("Would that be possible?",) if wants and not (ask or self._clean.questions) else ()
        )
        yield _draft(level, REQUEST, *self._facts, *rest, *possible)
        if self._clean.questions:
            begin = "I may not have the whole picture."
            yield _draft(level, RECEPTIVE, begin, *self._facts, *rest)

    def _direct(self) -> Iterator[Draft]:
        level = Level.DIRECT
        ask = self._asks(*DIRECT_ASKS)
        technique = PLAIN if ask or self._clean.wants else OBSERVED
        why = "I'd like to know how that came about." if self._reason else ""
        yield _draft(
            level, technique, *self._facts, *self._clean.wants, *self._clean.questions, *ask, why
        )
        yield _draft(
            level,
            technique,
            *self._facts,
            *self._clean.wants,
            *self._clean.questions,
            *self._asks(*WISHED_ASKS),
        )
        if not self._clean.asks:
            parts = (*self._facts, *self._clean.wants, *self._clean.questions)
            if not self._refuses:
                yield _draft(level, technique, *parts, "I would like us to talk about it.")
            yield _draft(level, technique, "I'd like to be direct with you.", *parts)

    def _flat(self, asks: tuple[str, ...]) -> tuple[str, ...]:
        return (*asks, *self._facts, *self._clean.wants, *self._clean.questions)

    def _observed(self, otherwise: str) -> tuple[str, ...]:
        """The facts, the first one as what I noticed, or after ``otherwise``."""
        if not self._facts:
            return ()
        first = self._facts[0]
        if _FRAMED.match(first) or first.endswith("?"):
            return self._facts
        you = re.match(r"(?:you|your)\b", first, re.IGNORECASE)
        frame = "I noticed that" if you and self._past else otherwise
        if not frame:
            return self._facts
        return (f"{frame} {lowered(first, self._read(first))}", *self._facts[1:])

    def _asks(self, form: str, negated: str, ours: str) -> tuple[str, ...]:
        found = []
        for number, ask in enumerate(self._clean.asks):
            found.append(asked(ask, form, negated, ours, again=number > 0))
        return (*found, self._clean.reason) if found and self._clean.reason else tuple(found)

    @property
    def _reason(self) -> str:
        """Somebody who asked why still asks, without the reproach in it."""
        asks_on = self._clean.asks or self._clean.wants or self._clean.questions
        if not (self._clean.why and self._facts) or asks_on:
            return ""
        return "Could you tell me how that came about?"

    @property
    def _seen_by_you(self) -> str:
        return UNDERSTAND if refuses(self._seen) else "How did it look from your side?"

    def _side(self) -> str:
        if self._reason:
            return self._reason
        if self._clean.wants:
            return "Would that be possible?"
        if self._refuses:
            return UNDERSTAND
        return "How did it look from your side?" if self._past else "What is your view of it?"

    @cached_property
    def _refuses(self) -> bool:
        """Whether it is a refusal, which is not up for talk."""
        return any(refuses(fact) for fact in self._facts)

    @cached_property
    def _past(self) -> bool:
        """Whether the first fact tells what happened."""
        if not self._facts:
            return False
        # The floor reads the same text.
        words = self._read(self.said).words
        end = self.said.lower().find(self._facts[0].lower()) + len(self._facts[0])
        return any(word.form == "VBD" and word.start < end for word in words)

    def _read(self, text: str) -> Reading:
        return self._grammar.read(text)


def _draft(level: Level, technique: Technique, *parts: str) -> Draft:
    return Draft(level=level, technique=technique, text=" ".join(part for part in parts if part))
