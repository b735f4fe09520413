"""Where several promises stand in one sentence, and what a promise depends on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.guidance import Frozen

_WHO = r"(?:i|we|he|she|they|(?-i:[A-ZÀ-Þ])[\w’-]+(?: and i)?)"
_GIVES = (
    r"(?:['’]ll| will| shall| promised| agreed to| offered to|(?: am|['’]m| is|['’]s| are|['’]re)"
    r" (?:going )?to)"
)
#: What nobody does on purpose: "and she will like it".
_HAPPENS = r"(?! (?:be|see|know|like|love|need|understand|think|feel|want|remember)\b)"
_PROMISE = rf"\b{_WHO}{_GIVES}(?: \w+ly| also| then)?{_HAPPENS} \w"
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


class Clause(Frozen):
    """Characters ``start`` to ``end``, excluded, with a promise, whose own words begin at ``main``.

    ``condition`` is what it depends on, as it is written.
    """

    start: int
    end: int
    main: int
    condition: str = ""


def promising(text: str) -> Iterator[Clause]:
    """Each part of ``text`` with a promise of its own; the whole if it has one at most."""
    start = 0
    for found in _BEFORE_NEXT.finditer(text):
        if _GIVEN.search(_main(text[start : found.start()])):
            yield _clause(text, start, found.start())
            start = found.end()
    yield _clause(text, start, len(text))


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
