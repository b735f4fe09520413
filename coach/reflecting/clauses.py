"""Where several promises stand in one sentence, and what a promise depends on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen

_WHO = r"(?:i|we|he|she|they|my \w+|(?-i:[A-ZÀ-Þ])[\w’-]+(?: and i)?)"
_GIVES = (
    r"(?:['’]ll| will| shall| promised| agreed to| offered to"
    r"|(?: have|['’]ve| has|['’]s) undertaken to|(?: am|['’]m| is|['’]s| are|['’]re)"
    r" (?:gonna|(?:going )?to)| gonna|['’]d(?! (?:like|love|rather|better)))"
)
#: What nobody does on purpose: "and she will like it".
_HAPPENS = r"(?! (?:be|see|know|like|love|need|understand|think|feel|want|remember)\b)"
_PROMISE = rf"\b{_WHO}{_GIVES}(?: \w+ly| also| then)?{_HAPPENS} \w"
_PERSONS = frozenset({"i", "we", "he", "she", "they"})
_BEFORE_NEXT = re.compile(
    rf"(?:\s*[,;]\s*(?:(?:and|but|while|whereas|then)\s+)?|\s+(?:and|but|while|whereas)\s+"
    rf"|\s+[–—-]\s+)(?={_PROMISE})",
    re.IGNORECASE,
)
_GIVEN = re.compile(_PROMISE, re.IGNORECASE)
_ON_CONDITION = re.compile(
    rf"^\W*(?P<when>(?P<word>if|when|once|as soon as|unless|after|before|until)\b[^,;]{{3,150}}?)"
    rf"(?:,\s*(?:then\s+)?|\s+)(?={_PROMISE})",
    re.IGNORECASE,
)
#: What stands before a promise and belongs to it: who gives it, what is owed, a label.
_UNDERTAKES = re.compile(
    r"\b(?:will|shall|promis\w+|agreed|offer\w*|undert\w+|going to|owes?|homework|to-?do"
    r"|task|job)\b|['’]ll\b|['’]d\b(?! (?:like|love|rather))|:"
    r"|\b(?:said|says|told \w+|asked|wrote)\W*$",
    re.IGNORECASE,
)
#: Without these a promise is not the same; what only says when is read as a day.
_CHANGES = frozenset({"if", "unless", "once", "as soon as"})


#: Before who does something: "Ravi drafts it, I check it on Friday".
_JOINS = re.compile(
    r"(?:\s*[,;]\s*(?:(?:and|but|while)\s+)?|\s+(?:and|but|while)\s+)$", re.IGNORECASE
)
#: What nobody does by a day.
_NO_ACTS = frozenset(
    [
        *("be", "have", "do", "know", "think", "like", "need", "want", "hope", "feel", "see"),
        *("understand", "love", "mean", "guess", "say", "believe", "wish", "wonder", "find"),
        *("agree", "promise", "sound", "look", "seem", "remember", "owe"),
    ]
)


class Clause(Frozen):
    """Characters ``start`` to ``end``, excluded, with a promise, whose own words begin at ``main``.

    ``condition`` is what it depends on, as it is written.
    """

    start: int
    end: int
    main: int
    condition: str = ""


def promising(sentence: Reading) -> Iterator[Clause]:
    """Each part of ``sentence`` with a promise of its own; the whole if it has one at most."""
    text, start = sentence.text, 0
    acting = _acting(sentence)
    places = {(found.start(), found.end()) for found in _BEFORE_NEXT.finditer(text)}
    places |= {(joined.start(), at) for at in acting if (joined := _JOINS.search(text[:at]))}
    for before, after in sorted(places):
        given = _GIVEN.search(_main(text[start:before]))
        if given or any(start <= at < before for at in acting):
            yield _clause(text, start, before)
            start = after
    yield _clause(text, start, len(text))


def _acting(sentence: Reading) -> tuple[int, ...]:
    """Where somebody is named who does something, told in the present as if it were done."""
    by_place = {word.place: word for word in sentence.words}
    return tuple(
        word.start
        for word in sentence.words
        if word.relation == "nsubj"
        and (word.lower in _PERSONS or word.part == "PROPN" or word.start == 0)
        and _acts(sentence, by_place[word.head])
    )


def _acts(sentence: Reading, verb: Word) -> bool:
    # "I cut it tomorrow": the same form as in the past.
    present = verb.form in {"VBP", "VBZ"} or (verb.form == "VBD" and verb.lower == verb.lemma)
    helped = any(
        one.relation in {"aux", "mark"} or one.form == "WRB" for one in sentence.children(verb)
    )
    return present and not helped and verb.part == "VERB" and verb.lemma not in _NO_ACTS


def _main(text: str) -> str:
    found = _ON_CONDITION.match(text)
    return text[found.end() :] if found else text


def _clause(text: str, start: int, end: int) -> Clause:
    found = _ON_CONDITION.match(text[start:end])
    if not found:
        return Clause(start=start, end=end, main=start + _told_before(text[start:end]))
    when = found["when"][:1].lower() + found["when"][1:]
    condition = when if found["word"].lower() in _CHANGES else ""
    return Clause(start=start, end=end, main=start + found.end(), condition=condition)


def _told_before(text: str) -> int:
    """Where a promise begins behind a statement: "The slides are ready, and I'll send them"."""
    found = _BEFORE_NEXT.search(text)
    if found is None or _UNDERTAKES.search(text[: found.start()]):
        return 0
    return found.end()
