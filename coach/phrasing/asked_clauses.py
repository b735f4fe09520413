"""The clause that asks, taken apart: who, what is done, and open questions about just that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen
from coach.phrasing.inflecting import gerund, third_person
from coach.phrasing.noun_phrases import Topic, joined, phrase_of
from coach.phrasing.placed_topics import placed
from coach.phrasing.question_kinds import CUES

_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
#: Words of a clause that may be taken over as they stand.
_MOST_REST = 12
_FRAMING = {
    "tell",
    "know",
    "say",
    "ask",
    "let",
    "confirm",
    "wonder",
    "check",
    "think",
    "mind",
    "hear",
}
_LEFT_OUT = {"ever", "yet", "already", "even", "actually", "really", "just", "also", "currently"}
_OBJECTS = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them"}
_WEIGHING = {"prefer", "like", "enjoy", "trust", "want", "need"}
_TAKING_IN = {"read", "see", "watch", "get", "receive", "attend", "join"}
_NAMED = re.compile(r"(?:the|my|our|this|that|his|her|their)\b", re.IGNORECASE)
_EMPTY = {"have", "be", "do", "get"}


class AskedClause(Frozen):
    """The clause that asks: who, which auxiliary, which verb, and what follows the verb.

    ``whole`` ones can be said again without loss, as "whether …".
    """

    subject: Word
    helper: str
    verb: Word
    rest: str
    who: str
    passive: bool = False
    whole: bool = False

    @property
    def base(self) -> str:
        """The verb in its base form."""
        return self.verb.lemma

    @property
    def action(self) -> str:
        """The verb in its base form with what follows it."""
        return f"{self.base} {self.rest}".strip()


def asked_clause(reading: Reading, asking: tuple[Word, ...]) -> AskedClause | None:
    """The first clause among ``asking`` that asks; ``None`` where none can be taken over."""
    for verb in asking:
        if verb.part not in {"VERB", "AUX"} or verb.relation in {"aux", "auxpass"}:
            continue
        below = reading.children(verb)
        subject = next((word for word in below if word.relation in _SUBJECTS), None)
        if subject is None or (verb.lemma in _FRAMING and subject.lower in {"you", "i", "me"}):
            continue
        helpers = [word.lower for word in below if word.relation in {"aux", "auxpass"}]
        passive = any(word.relation == "auxpass" for word in below)
        if len(helpers) > (2 if passive and "be" in helpers else 1):
            return None
        if any(word.relation == "neg" for word in below):
            return None
        named = subject.part in {"NOUN", "PROPN"}
        phrase = placed(reading, phrase_of(reading, subject)) if named else None
        who = phrase.text if phrase else _OBJECTS.get(subject.lower, subject.lower)
        rest = _rest(reading, verb, asking)
        return AskedClause(
            subject=subject,
            helper=helpers[0] if helpers else "",
            verb=verb,
            rest=rest,
            who=who,
            passive=passive,
            whole=_is_whole(reading, asking, (who, "" if verb.lemma == "be" else verb.text, rest)),
        )
    return None


def _is_whole(reading: Reading, asking: tuple[Word, ...], parts: tuple[str, ...]) -> bool:
    """Whether the parts stand side by side in a question that has no question word."""
    if any(word.form in {"WDT", "WP", "WRB", "WP$"} for word in asking):
        return False
    said = " ".join(part for part in parts if part).lower()
    return said in " ".join(reading.text.lower().replace(",", " ,").split())


def _rest(reading: Reading, verb: Word, asking: tuple[Word, ...]) -> str:
    """What follows the verb, up to a mark, an alternative or a time, as it was said."""
    dropped = {
        below.place
        for word in reading.under(verb)
        if word.relation in {"advcl", "npadvmod"}
        or (
            word.relation == "prep" and word.lower in {"on", "in", "at"} and _is_time(reading, word)
        )
        for below in reading.under(word)
    }
    found: list[Word] = []
    subjects = {
        below.place
        for word in reading.children(verb)
        if word.relation in _SUBJECTS
        for below in reading.under(word)
    }
    for word in asking:
        if word.place <= verb.place or word.place in subjects:
            continue
        if (not word.is_word and word.text not in {"-", "'", "’"}) or word.lower == "or":
            break
        if word.place in dropped:
            break
        if word.lower not in _LEFT_OUT:
            found.append(word)
    while (
        found
        and found[-1].part in {"ADP", "CCONJ", "DET", "SCONJ", "PART"}
        and found[-1].relation != "prt"
    ):
        found.pop()
    return joined(found) if len(found) <= _MOST_REST else ""


def _is_time(reading: Reading, preposition: Word) -> bool:
    return any(word.entity in {"DATE", "TIME"} for word in reading.children(preposition))


def forms_of_clause(asked: AskedClause | None, topic: Topic | None) -> Iterator[str]:
    """Open questions about what the clause asks; nothing where none is sure to be grammatical."""
    if asked is None:
        return
    if asked.passive:
        yield from _of_passive(asked)
    elif asked.base == "be" and not asked.helper:
        yield from _of_being(asked)
    elif asked.subject.lower == "you":
        yield from _of_you(asked, topic)
    elif asked.rest and asked.base != "be" and asked.subject.lower != "there":
        yield from _of_others(asked)
        yield from _of_whether(asked)


def _of_whether(asked: AskedClause) -> Iterator[str]:
    """Of "Is my camera on in your calls?": what it matters, with all that was asked."""
    if asked.subject.part not in {"NOUN", "PROPN"} or not (asked.rest and asked.whole):
        return
    match asked.helper:
        case "" if asked.base == "be":
            said = f"{asked.verb.lower} {asked.rest}"
        case "do":
            said = asked.action
        case "does":
            said = f"{third_person(asked.base)} {asked.rest}"
        case "has" | "have" | "will":
            said = f"{asked.helper} {asked.verb.lower} {asked.rest}"
        case _:
            return
    yield f"What difference does it make to you whether {asked.who} {said}?"
    yield f"How can you tell whether {asked.who} {said}?"


def _of_passive(asked: AskedClause) -> Iterator[str]:
    """Of "Should phones be banned in meetings?": what would change."""
    if asked.subject.part not in {"NOUN", "PROPN"}:
        return
    said = f"{asked.verb.lower} {asked.rest}".strip()
    match asked.helper:
        case "can" | "could" | "should" | "shall" | "may" | "must":
            yield f"What would change if {asked.who} were {said}?"
            yield f"What speaks for {asked.who} being {said}, and what against it?"
        case "is" | "are" | "was" | "were" if asked.whole:
            yield f"What difference does it make to you whether {asked.who} {asked.helper} {said}?"
            yield f"How can you tell whether {asked.who} {asked.helper} {said}?"


def _of_you(asked: AskedClause, topic: Topic | None) -> Iterator[str]:
    """Of "Did you use it?": how, what led to it, what it needs."""
    match asked.helper:
        case "do" | "does" | "did":
            if asked.helper == "did" and asked.base in _TAKING_IN and _NAMED.match(asked.rest):
                yield f"What stood out to you in {asked.rest}?"
            elif asked.base in CUES.word_list("doing") and asked.rest:
                yield f"How do you {asked.action} at the moment?"
            elif asked.helper == "did" and asked.base in CUES.word_list("turning"):
                yield f"What led you to {asked.action}?"
            elif asked.base in _WEIGHING and topic:
                yield f"What matters most to you when it comes to {topic.text}?"
        case "have" | "has" if asked.rest:
            yield from _of_having(asked)
        case "can" | "could" if asked.rest and asked.base != "be":
            yield f"What would it take for you to {asked.action}?"
        case "would" if asked.rest and asked.base != "rather":
            yield f"What would you need in order to {asked.action}?"


def _of_having(asked: AskedClause) -> Iterator[str]:
    """For "Have you attended one?": what it was like."""
    must = asked.base == "have" and asked.rest.startswith("to ")
    if asked.verb.form == "VBN" and (must or asked.base not in _EMPTY):
        doing = f"{gerund(asked.base)} {asked.rest}"
        yield f"What is your experience of {doing}, if you have any?"
    elif asked.verb.form == "VBG":
        yield f"What have you learnt from {asked.verb.text} {asked.rest}?"


def _of_others(asked: AskedClause) -> Iterator[str]:
    """Of "Should we move it?": what would change."""
    speaker = asked.subject.lower == "i"
    match asked.helper:
        case "can" | "could" | "may" if speaker:
            yield f"What should I bear in mind before I {asked.action}?"
        case "can" | "could":
            yield f"What would it take for {asked.who} to {asked.action}?"
        case "should" | "shall":
            who = {"me": "I", "us": "we"}.get(asked.who, asked.who)
            yield f"What would change if {who} were to {asked.action}?"


def _of_being(asked: AskedClause) -> Iterator[str]:
    """For "Are you comfortable with it?": how comfortable."""
    words = asked.rest.split()
    if not words or words[0].lower() not in CUES.word_list("graded"):
        yield from _of_whether(asked)
        return
    quality, tail = words[0].lower(), " ".join(words[1:])
    if asked.subject.lower == "you":
        yield f"How {quality} are you {tail}".rstrip() + "?"
    elif asked.who not in {"it", "this", "that", "there"}:
        yield f"How {quality} do you find {asked.who} {tail}".rstrip() + "?"
