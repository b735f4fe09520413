"""Takes out of a message what threatens face, and keeps what it says."""

from __future__ import annotations

import re
from functools import cache

from coach.domain.guidance import Frozen
from coach.domain.phrasing import Threat
from coach.phrasing.rung_asks import Ask, ask_of, is_testing, told_by_question, want_of
from coach.phrasing.rung_marks import Mark, Marker
from coach.phrasing.rung_topics import is_time, names_something, topics
from coach.phrasing.sentences import (
    CUES,
    bare,
    is_clause,
    is_topic,
    lowered,
    pieces,
    sentence,
    tidy,
)
from coach.ports import Grammar

#: Findings from this severity on do not stay in a rung.
GRAVE = 0.5
_WORD = re.compile(r"[\w'’]+")
#: What is a verdict on a person or only there to hurt: nothing in it has to be kept.
_EMPTY = {
    Threat.INSULT,
    Threat.CRITICISM_OF_PERSON,
    Threat.SARCASM,
    Threat.COMPARISON,
    Threat.CONDESCENSION,
    Threat.AGE_OR_GENERATION,
    Threat.RANK_PULLING,
    Threat.APOLOGY_THAT_UNDOES_ITSELF,
    Threat.GROVELLING,
    Threat.BURIED_POINT,
    Threat.HEARSAY,
    Threat.BACKHANDED_PRAISE,
    Threat.DISMISSAL,
    Threat.TESTING_QUESTION,
    Threat.PUBLIC_EXPOSURE,
    Threat.ULTIMATUM,
    Threat.MIND_READING,
    Threat.OBVIOUSNESS,
}
#: Spans whose words are never taken up again, not even for a figure in them.
_NEVER_QUOTED = {
    Threat.INSULT,
    Threat.CRITICISM_OF_PERSON,
    Threat.COMPARISON,
    Threat.AGE_OR_GENERATION,
    Threat.RANK_PULLING,
    Threat.ULTIMATUM,
    Threat.GROVELLING,
    Threat.ABSOLUTE,
    Threat.HEARSAY,
}
#: What can be cut out of the middle of a statement.
_INSERTED = {
    Threat.INSULT,
    Threat.OBVIOUSNESS,
    Threat.BLAME,
    Threat.IMPATIENCE,
    Threat.APOLOGY_THAT_UNDOES_ITSELF,
    Threat.BURIED_POINT,
    Threat.PUBLIC_EXPOSURE,
}
_MIND = re.compile(
    r"^(?:so |and |but )?you (?:\w+ )?(?:don't|don’t|do not|didn't|never|can't) (?:even |really |actually |just )*"  # noqa: E501 - one pattern or sentence
    r"(?P<verb>understand|know|get|grasp|realise|realize|see|care(?: about| if| whether)?|listen(?: to)?)"  # noqa: E501 - one pattern or sentence
    r"(?: (?P<rest>.+))?$",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\byou never (?:ever |even |once )?(?P<verb>\w+)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^(?i:(?:hi|hey|hello|dear|respected|good morning|well),? )?(?P<who>(?:Mr|Mrs|Ms|Miss|Mama|Dr|Auntie|Uncle)\.? [A-Z][\w'’-]+|[A-Z][\w'’-]+|[Ss]ir|[Mm]adam|[Mm]a'am|[Bb]oss)"  # noqa: E501 - one pattern or sentence
    r"(?: dear)?,\s+(?=\S)",
)
_THREAT = re.compile(
    r"don['’]t be surprised|\b(?:or|otherwise) (?:else|i|we)\b|reference", re.IGNORECASE
)
_ULTIMATUM = re.compile(
    r"(?:or|otherwise)(?: else)?,? (?:(?:i|we|deb|half|someone|somebody)\b|\w+['’](?:s|ll)|don't|the \w+ will)",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:if|before|after|when|while|although|though|unless|until|that \w+ \w+ who|whether|as) ",
    re.IGNORECASE,
)
#: What makes a thing that is only named something that is asked for.
_WISHED = re.compile(r",? (?:please|maybe|perhaps|thanks|thank you)$", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:why|how|what|which|who|whose|when|where|do|does|did|don't|don’t|didn't|is|are|isn't|aren't|was|were|can|could|"
    r"can't|couldn't|would|wouldn't|will|won't|should|shouldn't|have|has|haven't|must)\b(?! (?:i|we) )",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)
#: Words that a sentence does not end or begin with once something was cut out beside them.
_LOOSE_END = re.compile(
    r"(?:,|\b(?:and|but|so|or|because|since|with|for|as|if|that|which|who|when|to|of|the|a|an|my|your|like|by|from|in|on|at|is|are|was|be|you're|you are|it's|such))[,\s]*$",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)


_MOST_TOPICS = 3


class Cleaned(Frozen):
    """A message's sayable parts, in its own order. ``gone`` is what was taken out.

    ``topic`` is what it is about where nothing else is left; ``address`` whom it calls by name.
    """

    facts: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    wants: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    address: str = ""
    topic: str = ""

    @property
    def empty_of_facts(self) -> bool:
        """Whether there is only something to ask for."""
        return not (self.facts or self.wants)

    @property
    def empty(self) -> bool:
        """Whether nothing is left to say."""
        return not (self.facts or self.asks or self.wants or self.questions or self.topic)


@cache
def _mends() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for line in CUES.lines("mends"):
        left, _, right = line.partition(" =>")
        found.append((re.compile(left, re.IGNORECASE), right.removeprefix(" ")))
    return tuple(found)


def mended(clause: str) -> str:
    """A clause with the words mended that can be, by the list of mends."""
    for pattern, instead in _mends():
        clause = tidy(pattern.sub(instead, clause)) if pattern.search(clause) else clause
    return tidy(clause)


class Cleaner:
    """Reads a message clause by clause, mends what can be mended and takes out the rest."""

    def __init__(self, marks: Marker, grammar: Grammar) -> None:
        self._marks = marks
        self._grammar = grammar

    def sound(self, text: str) -> bool:
        """Whether nothing grave stands in ``text``."""
        return all(found.severity < GRAVE for found in self._marks(text))

    def sayable(self, message: str) -> str:
        """``message`` without what is no part of its point: verdicts, rank, comparisons, threats.

        A clause that is mostly such words goes as a whole.
        """
        kept = []
        for parts in pieces(self._grammar.read(message)):
            for part in parts:
                spans = [one for one in self._marks(part) if one.kind in _EMPTY]
                marked = {at for one in spans for at in range(one.start, one.end)}
                if len(marked) * 2 > len(part) or _ULTIMATUM.match(part):
                    kept.append("." if part[-1:] in ".!?" else "")
                    continue
                kept.append("".join(mark for at, mark in enumerate(part) if at not in marked))
        return tidy(re.sub(r"(?:\s*\.){2,}", ".", " ".join(kept)))

    def clean(self, message: str) -> Cleaned:
        """The sayable parts of ``message``."""
        facts: list[str] = []
        asks: list[Ask] = []
        wants: list[str] = []
        questions: list[str] = []
        gone: list[str] = []
        address, message = self._addressed(message)
        for parts in pieces(self._grammar.read(message)):
            run: list[str] = []
            asks_at = _asking(parts)
            for number, part in enumerate(parts):
                asking = number == asks_at
                kind, text = self._part(part, asking=asking)
                if kind == "gone":
                    gone.append(part)
                elif kind == "want":
                    wants.append(sentence(text))
                elif kind == "question":
                    questions.append(f"{sentence(text).rstrip('.?!')}?")
                elif isinstance(kind, Ask):
                    asks.append(kind)
                else:
                    run.append(text)
            facts += _joined(run)
        said = (*facts, *wants, *questions, *(ask.act for ask in asks))
        about = self._about(message, gone, said)
        if said and about:
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
        )

    def _addressed(self, message: str) -> tuple[str, str]:
        """Whom the message calls by name at its beginning, and the rest."""
        found = _ADDRESS.match(message)
        if found is None:
            return "", message
        who = found["who"].strip()
        words = self._grammar.read(message).words
        first = next((word for word in words if word.start == found.start("who")), None)
        titled = re.match(
            r"(?:Mr|Mrs|Ms|Miss|Mama|Dr|Auntie|Uncle|sir|madam|boss)\b", who, re.IGNORECASE
        )
        if not titled and (first is None or first.part != "PROPN"):
            return "", message
        rest = message[found.end() :]
        return who, rest[0].upper() + rest[1:]

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
            spans = tuple(one for one in spans if one.kind in _NEVER_QUOTED)
        found = topics(reading, spans)
        lost = [topic for topic in found if topic.lower() not in kept]
        if said:
            lost = [topic for topic in lost if names_something(topic, reading)]
        return " and ".join(lost[:_MOST_TOPICS])

    def _part(self, part: str, *, asking: bool) -> tuple[str | Ask, str]:  # noqa: C901, PLR0911 - a case a line
        """What a clause is, and its mended words."""
        if _ULTIMATUM.match(part):
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
                act = self._without(ask.act)
                return (ask.model_copy(update={"act": act}), act) if act else ("gone", "")
        text = self._mind(told or text)
        text = self._never(text)
        kept = self._without(text)
        if not kept or len(_WORD.findall(bare(kept))) < 3 - asking:
            return "gone", ""
        reading = self._grammar.read(bare(kept))
        if (
            _WISHED.search(text.rstrip(".!?"))
            and not is_clause(reading)
            and len(bare(kept).split()) > 1
        ):
            thing = _WISHED.sub("", bare(kept))
            thing = re.sub(
                r"^(next time|tomorrow|today),? (.+)$", r"\2 \1", thing, flags=re.IGNORECASE
            )
            thing = f"{thing[0]}{thing[1:].replace(' Next', ' next')}"
            return "want", f"I'd like {lowered(thing, reading)}"
        want = want_of(kept)
        if want is not None:
            return "want", want
        if asking and told is None:
            return "question", bare(kept)
        if is_clause(reading):
            return "fact", kept
        if is_topic(reading):
            return "fact", f"this is about {lowered(bare(kept), reading)}"
        whole = kept == text and len(_WORD.findall(kept)) > 3
        return ("fact", kept) if whole and reading.words[0].form != "IN" else ("gone", "")

    def _mind(self, text: str) -> str:
        """What one takes the other to think, as one's own view."""
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

    def _never(self, text: str) -> str:
        found = _NEVER.search(text)
        if found is None:
            return text
        reading = self._grammar.read(text)
        word = next((w for w in reading.words if w.start == found.start("verb")), None)
        if word is None:
            return text
        if word.form in {"VBD", "VBN"} and word.lemma != word.lower:
            return f"{text[: found.start()]}you didn't {word.lemma}{text[found.end() :]}"
        return f"{text[: found.start()]}you often don't {word.lower}{text[found.end() :]}"

    def _without(self, text: str) -> str:
        """``text`` without grave findings; empty where too little is left to stand."""
        for _ in range(4):
            grave = [found for found in self._marks(text) if found.severity >= GRAVE]
            if not grave:
                return text
            worst = max(grave, key=lambda found: (found.kind in _EMPTY, found.end - found.start))
            left = self._cut(text, worst)
            if not left:
                # A hard word for something that happened may yet be said in another frame.
                return "" if worst.kind in _EMPTY else text
            text = left
        return ""

    def _cut(self, text: str, found: Mark) -> str:
        """``text`` without a finding, where what is left is still a statement; else nothing."""
        tries = []
        if found.kind in _INSERTED:
            tries.append(text[: found.start] + " " + text[found.end :])
        # Whole parts between commas: a span's edges seldom are a statement's edges.
        at, kept = 0, []
        for part in re.split(r"(?<=[,;:])\s", text):
            begins = text.index(part, at)
            at = begins + len(part)
            if at <= found.start or begins >= found.end:
                kept.append(part)
        tries.append(" ".join(kept))
        for left in tries:
            left = bare(left)  # noqa: PLW2901 - mended in place
            if len(_WORD.findall(left)) > 2 and not _LOOSE_END.search(left):
                reading = self._grammar.read(left)
                if is_clause(reading) or is_topic(reading):
                    return left
        return ""


def _asking(parts: list[str]) -> int:
    """Which clause of a sentence asks: the one in the form of a question, else a whole sentence."""
    if not parts[-1].rstrip("\"'”’) ").endswith("?"):
        return -1
    formed = [at for at, part in enumerate(parts) if _QUESTION.match(bare(part))]
    if formed:
        return formed[-1]
    return 0 if len(parts) == 1 else -1


def _joined(run: list[str]) -> list[str]:
    """Clauses that stood in one sentence, together again where they still fit."""
    if not run:
        return []
    texts = [tidy(part).rstrip(".!? ") for part in run]
    if _HANGING.match(texts[0]) and "," not in texts[0]:
        # "If you can't make nine" says nothing once what followed it is gone.
        texts = texts[1:]
    if not texts:
        return []
    out = [
        re.sub(
            r"^(?:and|but|so|yet|or|because|since|though|although|then)\b,?\s+",
            "",
            texts[0],
            flags=re.IGNORECASE,
        )
    ]
    for text in texts[1:]:
        if re.match(r"^(?:and|but|so|because|since|yet|though|although)\b", text, re.IGNORECASE):
            out[-1] = f"{out[-1]}, {text}" if not out[-1].endswith(":") else f"{out[-1]} {text}"
        elif len(text.split()) > 2:
            out.append(text)
        else:
            out[-1] = f"{out[-1]}, {text}"
    return [sentence(text) for text in out]
