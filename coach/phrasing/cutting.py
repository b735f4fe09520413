"""Cuts out of a text what threatens face, where what is left still says something."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading
from coach.domain.phrasing import Threat
from coach.phrasing.rung_marks import Mark, Marker
from coach.phrasing.sentences import bare, is_clause, is_topic, pieces, tidy
from coach.ports import Grammar

#: Findings from this severity on do not stay in a rung.
GRAVE = 0.5
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
NEVER_QUOTED = {
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
#: A comparison that only hangs on what is said: "use the drive like a normal person".
_HUNG_ON = re.compile(r"(?:unlike|like|compared (?:to|with)) ", re.IGNORECASE)
#: A threat of what will happen otherwise.
ULTIMATUM = re.compile(
    r"(?:or|otherwise)(?: else)?,? (?:(?:i|we|deb|half|someone|somebody)\b(?! (?:will )?(?:lose|miss|risk|pay)\b| (?:can['’]?t|cannot|have to|need to)\b| won['’]t (?:be able|get|make|have)\b)|\w+['’](?:s|ll)|don't|the \w+ will)",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)
#: Words that a sentence does not end or begin with once something was cut out beside them.
_LOOSE_END = re.compile(
    r"(?:,|\b(?:and|but|so|or|because|since|with|for|as|if|that|which|who|when|to|of|the|a|an|my|your|like|by|from|in|on|at|is|are|was|be|you're|you are|it's|such))[,\s]*$",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\W*(?:if|unless|once|as long as|provided)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’]+")


class Cutter:
    """Knows what in a text is grave, and what is left without it."""

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
                if len(marked) * 2 > len(part) or ULTIMATUM.match(part):
                    kept.append("." if part[-1:] in ".!?" else "")
                    continue
                kept.append("".join(mark for at, mark in enumerate(part) if at not in marked))
        return tidy(re.sub(r"(?:\s*\.){2,}", ".", " ".join(kept)))

    def with_facts(self, message: str) -> str:
        """``message`` without verdicts and comparisons whose figures and names may go with them."""
        spans = [one for one in self._marks(message) if one.kind in NEVER_QUOTED]
        gone = {at for one in spans for at in range(one.start, one.end)}
        return "".join(" " if at in gone else mark for at, mark in enumerate(message))

    def without(self, text: str) -> str:
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
        # "… the whole team you" is cut out of no "you're".
        hung_on = found.kind is Threat.COMPARISON and _HUNG_ON.match(text, found.start)
        inserted = found.kind in _INSERTED or hung_on
        if inserted and text[found.end : found.end + 1] not in {"'", "’"}:
            tries.append(text[: found.start] + " " + text[found.end :])
        # Whole parts between commas: a span's edges seldom are a statement's edges.
        at, kept = 0, []
        for part in re.split(r"(?<=[,;:])\s", text):
            begins = text.index(part, at)
            at = begins + len(part)
            if at <= found.start or begins >= found.end:
                kept.append(part)
            elif begins == 0 and _CONDITION.match(part) and found.kind is not Threat.ULTIMATUM:
                # What holds only if something else does is another claim without it.
                return ""
        tries.append(" ".join(kept))
        for left in tries:
            left = bare(left)  # noqa: PLW2901 - mended in place
            if len(_WORD.findall(left)) > 2 and not _LOOSE_END.search(left):
                reading = self._grammar.read(left)
                if hung_on and reading.words[-1].part == "VERB":
                    # "Talk like a human" asks for nothing without it.
                    continue
                if (is_clause(reading) and not _hangs(reading)) or is_topic(reading):
                    return left
        return ""


def _hangs(reading: Reading) -> bool:
    """Whether all of it hangs on where or when: "in there when compliance has a version"."""
    root = next((word for word in reading.words if word.relation == "ROOT"), None)
    return root is not None and root.form in {"IN", "RB"}
