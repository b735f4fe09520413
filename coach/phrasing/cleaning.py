"""Takes out of a message what threatens face, and keeps what it says."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading
from coach.phrasing.addressing import addressed
from coach.phrasing.clause_runs import asking_part, joined, with_conditions
from coach.phrasing.cleaned import Cleaned
from coach.phrasing.cutting import NEVER_QUOTED, ULTIMATUM, Cutter
from coach.phrasing.framing import Framer, listed
from coach.phrasing.mending import mended, own_view, without_never
from coach.phrasing.pressed import is_testing, told_by_question
from coach.phrasing.rung_asks import Ask, ask_of, want_of
from coach.phrasing.rung_marks import Marker
from coach.phrasing.rung_topics import is_time, names_something, topics
from coach.phrasing.sentences import (
    bare,
    is_clause,
    is_topic,
    lowered,
    pieces,
    sentence,
)
from coach.ports import Grammar

_WORD = re.compile(r"[\w'’]+")
_THREAT = re.compile(
    r"don['’]t be surprised|\b(?:or|otherwise) (?:else|i|we(?! (?:lose|miss|risk|pay)))\b"
    r"|reference",
    re.IGNORECASE,
)
#: What makes a thing that is only named something that is asked for.
_WISHED = re.compile(r",? (?:please|maybe|perhaps|thanks|thank you)$", re.IGNORECASE)
#: What was cut off after such a word was what it said.
_UNENDED = re.compile(
    r"\b(?:(?:bad|sorry|sure|afraid|glad|certain|aware|happy|sad|so|such) that"
    r"|because|than|whether|the|an?|my|your|and|or|but)$",
    re.IGNORECASE,
)
_NO_WANT = re.compile(r"I'd like(?: to (?:know|understand|ask|say|hear|see))?", re.IGNORECASE)
_JOINED_ON = re.compile(r"(?:and|but|so|because|since|yet|though|although|not)\b", re.IGNORECASE)
_MOST_TOPICS = 3
_AGAIN = re.compile(
    r"(?:(?<=[.!?] )|^)(?:and |but |so )?for the "
    r"(?P<which>second|third|fourth|fifth|sixth|seventh|tenth|\d+th) time"
    r"(?: now| already| today| this \w+)?\b,?\s*",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:it|this|that)(?:['’]s| is| was)(?: [\w'’-]+){0,3}[.!]?$", re.IGNORECASE)
#: What speaks of what was asked for just before it: "Stop humming, it's unbearable".
_OF_THE_ASK = re.compile(
    r"(?:it|this|that)['’]s\b|it \w"
    r"|(?:this|that) (?:is|was|has|makes?|made|means|costs?|hurts?|takes|keeps|would|will)\b",
    re.IGNORECASE,
)
_OF_THE_WISH = re.compile(r"(?:it|they|there)(?:['’]\w+)? \w", re.IGNORECASE)
#: What only says how something is not: "hourly checks, not two-hourly".
_NOT_SO = re.compile(r"not [\w-]+(?: [\w-]+){0,3}$")
_WELL_DONE = re.compile(r"(?:congratulations|congrats|well done) (?:on|for)\b", re.IGNORECASE)
_WHY = re.compile(r"(?:and |but |so )?why\b(?! not\b)", re.IGNORECASE)
#: What lost its subject with what was cut: "is not true and it hurts us".
_SUBJECTLESS = re.compile(
    r"(?:and |but )?(?:is|are|was|were|has|have|does|isn['’]t|aren['’]t|wasn['’]t|doesn['’]t)\b",
    re.IGNORECASE,
)
#: What is left of a verdict on everything; it says nothing beside a request or a fact.
_VERDICT = re.compile(r"(?:it|that|this)(?:['’]s| is| was) not right, as I see it\.", re.IGNORECASE)
#: Who learnt English late may leave "it" out.
_IT_LEFT_OUT = re.compile(
    r"(?:is|was)(?:n['’]t)? (?:not|too|very|so|always|never|only|also|already|still|true|hard)\b",
    re.IGNORECASE,
)


class Cleaner:
    """Reads a message clause by clause, mends what can be mended and takes out the rest."""

    def __init__(self, marks: Marker, grammar: Grammar, cutter: Cutter, framer: Framer) -> None:
        self._marks = marks
        self._grammar = grammar
        self._cutter = cutter
        self._framer = framer

    def reworded(self, message: str) -> str:
        """``message`` with every clause mended as far as the lists go, and no question pressed."""
        said = []
        for found in pieces(self._grammar.read(message)):
            parts, asks_at = asking_part(with_conditions(found))
            for number, part in enumerate(parts):
                text = mended(part) or part
                told = told_by_question(text) if number == asks_at else None
                said.append(sentence(told) if told else text)
        return " ".join(said)

    def clean(self, message: str) -> Cleaned:
        """The sayable parts of ``message``."""
        facts: list[str] = []
        asks: list[Ask] = []
        wants: list[str] = []
        questions: list[str] = []
        gone: list[str] = []
        address, message = addressed(message, self._grammar)
        why = False
        again = _AGAIN.search(message)
        message = _AGAIN.sub("", message)
        for parts in pieces(self._grammar.read(message)):
            run: list[str] = []
            parts, asks_at = asking_part(with_conditions(parts))  # noqa: PLW2901 - mended in place
            for number, part in enumerate(parts):
                asking = number == asks_at
                kind, text = self._part(part, asking=asking)
                # Once what it corrects is gone, "not two-hourly" says nothing.
                hangs = kind == "fact" and number and not run and _NOT_SO.match(bare(text))
                if kind == "gone" or hangs:
                    gone.append(part)
                elif kind == "want":
                    wants.append(sentence(text))
                elif kind == "question":
                    questions.append(f"{sentence(text).rstrip('.?!')}?")
                elif isinstance(kind, Ask):
                    asks.append(kind)
                else:
                    # What follows it would take its "that".
                    why = asking and _WHY.match(bare(part)) is not None
                    run.append(text)
            # A lone "When I asked you laughed" is as whole as it was written, without a comma.
            whole = len(parts) == len(run) == 1 and len(run[0].split()) >= len(parts[0].split())
            told_here = joined(run, self._grammar, whole=whole)
            facts += [one for one in told_here if not one.endswith("?")]
            questions += [one for one in told_here if one.endswith("?")]
        facts = [fact for fact in facts if not _VERDICT.fullmatch(fact)]
        if gone and facts and _DANGLING.match(facts[0]):
            # "It's exhausting" says nothing once what it was said of is gone.
            facts = facts[1:]
        facts, reason = _with_reason(facts, asks, message)
        facts, wants = _with_more(facts, wants, message)
        again_said = ""
        if again:
            again_said = f"This is the {again['which'].lower()} time that I bring it up."
            facts.append(again_said)
        said = (
            *facts,
            *wants,
            *questions,
            *(ask.act for ask in asks),
            *reason,
        )
        about = self._about(message, gone, said)
        if said and about:
            why = False
            when = is_time(about, self._grammar.read(message))
            facts.append(
                f"{'The time that matters is' if when else 'This has to do with'} {about}."
            )
        return Cleaned(
            facts=tuple(facts),
            asks=tuple(asks),
            wants=tuple(wants),
            questions=tuple(questions),
            gone=tuple(gone),
            address=address,
            topic="" if said else about,
            again=again_said,
            why=why,
            reason="".join(reason),
        )

    def _about(self, message: str, gone: list[str], said: tuple[str, ...]) -> str:
        """What the message is about that ``said`` has lost: figures, names, dates; else topics."""
        for part in gone:
            if _THREAT.search(part):
                message = message.replace(part, "")
        reading = self._grammar.read(message)
        kept = " ".join(said).lower()
        spans = self._marks(message)
        if said:
            # A sneer may hold the only mention of a figure; a verdict's own words stay out.
            spans = tuple(one for one in spans if one.kind in NEVER_QUOTED)
        found = topics(reading, spans)
        lost = [one for one in found if one.lower() not in kept and self._framer.is_sound(one)]
        if said:
            lost = [topic for topic in lost if names_something(topic, reading)]
        return listed(lost[:_MOST_TOPICS])

    def _part(self, part: str, *, asking: bool) -> tuple[str | Ask, str]:  # noqa: C901, PLR0911, PLR0912 - a case a line
        """What a clause is, and its mended words."""
        if ULTIMATUM.match(part):
            return "gone", ""
        text = mended(part)
        if not _WORD.search(bare(text)):
            return "gone", ""
        if asking and is_testing(text):
            return "gone", ""
        told = told_by_question(text)
        if told is None:
            ask = ask_of(text, self._grammar.read(bare(text)))
            if ask is not None:
                act = self._cutter.without(ask.act)
                return (ask.model_copy(update={"act": act}), act) if act else ("gone", "")
        text = own_view(told or text)
        text = without_never(text, self._grammar)
        kept = self._cutter.without(text)
        if not kept or len(_WORD.findall(bare(kept))) < 2 - asking:
            return "gone", ""
        reading = self._grammar.read(bare(kept))
        if _WISHED.search(text.rstrip(".!?")) and not is_clause(reading) and _is_thing(reading):
            thing = _WISHED.sub("", bare(kept))
            thing = re.sub(
                r"^(next time|tomorrow|today),? (.+)$", r"\2 \1", thing, flags=re.IGNORECASE
            )
            thing = f"{thing[0]}{thing[1:].replace(' Next', ' next')}"
            return "want", f"I'd like {lowered(thing, reading)}"
        want = want_of(kept)
        if want is not None:
            return ("gone", "") if _NO_WANT.fullmatch(want) else ("want", want)
        if asking and told is None:
            return "question", bare(kept)
        # Praise is not what somebody means who mocks in the same breath.
        lost_its_sense = _SUBJECTLESS.match(bare(kept)) or _WELL_DONE.match(bare(kept))
        if _UNENDED.search(bare(kept)) or (kept != text and lost_its_sense):
            return "gone", ""
        if not asking and _IT_LEFT_OUT.match(bare(kept)):
            return "fact", f"it {lowered(bare(kept), reading)}"
        if is_clause(reading) or _NOT_SO.match(bare(kept)) or _WELL_DONE.match(bare(kept)):
            return "fact", kept
        if is_topic(reading):
            return "fact", f"this is about {lowered(bare(kept), reading)}"
        whole = kept == text and len(_WORD.findall(kept)) > 3
        return ("fact", kept) if whole and _may_stand(reading) else ("gone", "")


def _with_reason(facts: list[str], asks: list[Ask], message: str) -> tuple[list[str], list[str]]:
    """The facts, and apart the one that says "it" of what ``message`` asked for before it."""
    if not (facts and asks and _OF_THE_ASK.match(facts[0])):
        return facts, []
    low = message.lower()
    place = low.find(facts[0].rstrip(".").lower())
    after = place > low.find(asks[0].act.split(" ", 1)[-1].lower()) >= 0
    return (facts[1:], facts[:1]) if after else (facts, [])


def _with_more(facts: list[str], wants: list[str], message: str) -> tuple[list[str], list[str]]:
    """The facts without one that says "them" of what was wished for, and the wish with it."""
    if not (facts and wants and _OF_THE_WISH.match(facts[0])):
        return facts, wants
    low = message.lower()
    wished = wants[-1].split(" ", 4)[-1].rstrip(".").lower()
    after = low.find(facts[0].rstrip(".").lower()) > low.find(wished) >= 0
    return (facts[1:], [*wants[:-1], f"{wants[-1]} {facts[0]}"]) if after else (facts, wants)


def _may_stand(reading: Reading) -> bool:
    """Whether a text without a clear subject says something: "On Friday Tom from HR left"."""
    first = reading.words[0]
    rooted = any(
        one.relation == "ROOT" and one.form in {"VBD", "VBZ", "VBP"} for one in reading.words
    )
    return first.form != "IN" or (rooted and first.relation == "prep")


def _is_thing(reading: Reading) -> bool:
    """Whether more than one word names a thing, or says how or when: "ten minutes", "by Friday"."""
    words = [word for word in reading.words if word.is_word]
    first = words[0]
    return len(words) > 1 and first.part != "VERB" and first.lower not in {"what", "how", "such"}
