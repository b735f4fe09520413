"""Clauses that ask for something: what is asked, so that it can be asked well."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading
from coach.domain.guidance import Frozen
from coach.phrasing.sentences import CUES, bare, lowered, tidy

_SMALL = (
    r"(?:really |simply |just |please |kindly |also |now |always |seriously |actually |at least )*"
)
_TIMES = (
    r"(?P<when>(?:(?:next|this) (?:time|week|month|sprint|year)|from now on|in future|tomorrow|today|"  # noqa: E501 - one pattern or sentence
    r"tonight|on \w+day|by \w+day|\w+day|for now|before \w+day|when \w+(?: \w+){1,6})),? "
)
_TOLD = re.compile(
    rf"^(?:{_TIMES})?{_SMALL}(?:"
    r"you(?:'d|’d| had| would)? (?:all )?(?:really |just |simply |seriously )*"
    r"(?:need to|have to|have got to|'ve got to|got to|must|better|best|ought to|are to|should"
    r"|might want to|may want to|want to)"
    r"|i (?:need|want|expect|require) you to|i(?:'d| would) (?:like|need|want) you to"
    r"|i(?:'d| would) (?:suggest|advise)(?: that)? you|if i (?:were|was) you,? i(?:'d| would|’d)"
    r"|(?:perhaps|maybe) you (?:could|can|should|might|will)"
    r"|(?:can|could|would|will) (?:you|u)(?: at least| maybe| just)?"
    r"|(?:would|do) you mind"
    rf") {_SMALL}(?P<rest>.+)$",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"^(?:{_TIMES})?{_SMALL}(?P<rest>.+)$", re.IGNORECASE)
#: "If you cancel again, tell me": asked for on a condition, which must not be lost.
_GIVEN = re.compile(
    r"^(?P<given>(?:if|unless|when(?:ever)?|before|after|once|until|as soon as|as long as|"
    r"every time)\b[^,]+),\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"^(?:do not|don't|don’t|never|not|not ever|dont) (?:you )?(?:dare (?:to )?|ever )?",
    re.IGNORECASE,
)
_OF_YOU = re.compile(
    r"^(?:do|don't|don’t|did|does|are|is|have|has|can|could|would) (?:you|i|we|he|she|they|it)\b",
    re.IGNORECASE,
)
_LETS = re.compile(
    r"^(?:(?:let's|let’s|let us|lets)|(?:perhaps|maybe) we (?:could|can|should|might)"
    r"|(?:how|what) about we|what if we|why don['’]t we|shall we|should we) "
    r"(?!.* for you$)",
    re.IGNORECASE,
)
_WANT = re.compile(
    r"^(?:and |but |so )?i (?:want|need|demand|expect)(?= )(?! you to)", re.IGNORECASE
)
#: A wish that is put well already.
_WISHED = re.compile(
    r"(?:and |but |so )?(?:i(?:['’]d| would) (?:\w+ )?(?:appreciate|love|like|prefer) it"
    r"(?: a lot)? if you"
    r"|i(?:['’]d| would) be (?:\w+ )?(?:grateful|happy|glad|thankful) if you"
    r"|i(?:['’]d| would) rather (?:that )?you\b|i wish (?:that )?you (?:would|could)"
    r"|it would (?:\w+ )?help(?: me| us)?(?: a lot)? if you"
    r"|it would be (?:\w+ )?(?:good|great|nice|lovely|helpful|kind) if you)\b",
    re.IGNORECASE,
)
_EXPECT = re.compile(r"^(?:and |but |so )?i expect\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|will|would|that|you|it|they|still)\b", re.IGNORECASE
)
_TAIL = re.compile(
    r",? (?:or|otherwise|or else)(?:,? \b(?:i|we|don't|\w+'s|\w+ will|there|half|someone)\b.*)?$"
    r"|,? (?:thanks|thank you|please|okay|ok|yeah|right|now-now)$"
    r"|, (?:will|won't|won’t|would|can|could) you$",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"^have you (?:ever )?(?:tried|considered|thought (?:of|about)) (?P<rest>.+)$", re.IGNORECASE
)
_MENTAL = re.compile(
    r"(?:think|know|love|feel|want|hate|enjoy|be (?:joking|kidding|so|very)|realise|have)\b(?! (?:about|what))",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^(?:[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|sir|madam|ma'am|boss),\s+|,\s*(?:sir|madam|ma'am|boss|nuh|man|mate|"  # noqa: E501 - one pattern or sentence
    r"dear|my dear|pet|hen|hon|honey|sweetheart|sweetie|buddy|pal|kid|girl|lad|love)(?=[,.!?]|$)"
)
_CHATTY = {
    "guess",
    "look",
    "wait",
    "listen",
    "welcome",
    "mind",
    "imagine",
    "forget",
    "thank",
    "have",
}


_OPEN = re.compile(
    r"be (?:open|willing|happy|able|ready|up|prepared|okay|ok|fine)"
    r"(?: to(?: us| me)?| for| with) (?P<verb>\w+)",
    re.IGNORECASE,
)


class Ask(Frozen):
    """What is asked: ``act`` begins with a plain verb. ``ours`` is asked of both."""

    act: str
    negated: bool = False
    ours: bool = False


def ask_of(clause: str, reading: Reading) -> Ask | None:  # noqa: PLR0911 - a case a line
    """What a clause asks for, or ``None`` where it only tells."""
    text = _CALLED.sub("", bare(clause)).strip(" ,")
    text = _TAIL.sub("", text)
    if (given := _GIVEN.match(text)) is not None:
        ask = ask_of(given["rest"], reading)
        condition = _small(given["given"])
        return ask and ask.model_copy(update={"act": f"{ask.act} {condition}"})
    if _LETS.match(text):
        return Ask(act=_LETS.sub("", text), ours=True)
    tried = _TRIED.match(text)
    if tried is not None:
        return Ask(act=f"consider {tried['rest']}")
    told = _TOLD.match(text)
    if told is None:
        told = _PLAIN.match(text)
        if told is None or _OF_YOU.match(text) or not _tells(told["rest"], reading):
            return None
    act = told["rest"]
    when = told["when"] or ""
    negated = _NOT.match(act) is not None
    act = _NOT.sub("", act)
    if _stressed(act, reading):
        act = act.partition(" ")[2]
    if (told.re is _PLAIN and act.split()[0].lower() in _CHATTY) or (
        act.lower().startswith("be ") and "surprised" in act
    ):
        return None
    if _MENTAL.match(act):
        return None
    act = _without_open(act, reading)
    if told.re is _TOLD and re.match(r"^\w*\W*(?:would|do) you mind", text, re.IGNORECASE):
        return Ask(act=f"consider {act}")
    act = f"{act} {_small(when)}" if when and when.lower() not in act.lower() else act
    return Ask(
        act=lowered(tidy(act), reading) if not act[:1].isupper() else _small(act), negated=negated
    )


def _without_open(act: str, reading: Reading) -> str:
    """What one is asked to be open to or able to do: it is asked for once."""
    found = _OPEN.match(act)
    if found is None:
        return act
    verb = next((word for word in reading.words if word.text == found["verb"]), None)
    return f"{verb.lemma if verb else found['verb']}{act[found.end() :]}"


def _stressed(act: str, reading: Reading) -> bool:
    """Whether it begins with a "do" that only gives weight: "do apply in July"."""
    if not act.lower().startswith("do "):
        return False
    do = next((word for word in reading.words if word.lower == "do"), None)
    return do is not None and do.relation == "aux"


def _tells(text: str, reading: Reading) -> bool:
    """Whether it begins with a verb in its plain form, used as one."""
    plain = _NOT.sub("", text)
    first = plain.split()[0].lower().strip(",.") if plain.split() else ""
    if first not in CUES.word_list("verbs"):
        return False
    word = next((w for w in reading.words if w.lower == first), None)
    if word is None or word.form in {"VBD", "VBN", "VBG", "VBZ", "JJ", "RB"}:
        return False
    return word.form in {"VB", "VBP"} or first in {
        "stop",
        "put",
        "cut",
        "let",
        "fix",
        "split",
        "mail",
        "send",
        "sign",
    }


def _small(text: str) -> str:
    """Days keep their capital."""
    if re.match(r"[A-Z]\w+day\b", text):
        return f"on {text}"
    return text[:1].lower() + text[1:]


def want_of(clause: str) -> str | None:
    """What somebody says that they want, asked for politely; ``None`` for any other clause."""
    text = _TAIL.sub("", bare(clause))
    if _WISHED.match(text):
        return text
    found = _WANT.sub("I'd like", text)
    if found == text or (_EXPECT.match(text) and _CLAUSE.search(text)):
        return None
    return found
