"""A statement without what tells who said it, where, when, or of whom."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.domain.identifiers import Identifier, IdentifierKind
from coach.domain.themes import MOST_STATEMENT
from coach.language.cues import Cues
from coach.ports import BatchIdentifierFinder

#: What stands in the place of each kind; general enough that no two pairs differ by it.
_SAID = {
    IdentifierKind.PERSON: "somebody",
    IdentifierKind.ROLE: "somebody",
    IdentifierKind.ORGANISATION: "an organisation",
    IdentifierKind.PLACE: "a place",
    IdentifierKind.EMAIL: "a contact",
    IdentifierKind.PHONE: "a contact",
    IdentifierKind.HANDLE: "a contact",
    IdentifierKind.LINK: "a link",
    IdentifierKind.NUMBER: "a number",
}
_SOMETHING, _DAY, _NUMBER, _AMOUNT, _WORDS = (
    "something",
    "a day",
    "a number",
    "an amount",
    "some words",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|thurs?|tues)"
_QUOTED = r"[“\"«„](?=[^”\"»“]*\s)[^”\"»“\n]{3,}[”\"»“]"
_MONEY = (
    r"(?:[£$€¥₹]\s?\d(?:[\d.,]*\d)?(?:\s?(?:k|m|bn|million|thousand|billion)\b)?|\b\d(?:[\d.,]*\d)?"
    r"\s?(?:k\s)?(?:euros?|pounds?|dollars?|eur|gbp|usd|yen|rupees?|francs?)\b)"
)
_DATE = (
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH}|may)(?:\s+\d{{2,4}})?"
    rf"|(?:{_MONTH}|may)\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[:.]\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m"
    r"|q[1-4](?:\s+(?:of\s+)?\d{2,4})?|(?:19|20)\d{2}|\d{1,2}(?:st|nd|rd|th))\b"
)
_NAMED_DAY = rf"\b(?:{_WEEKDAY}|{_MONTH}(?<!mar)(?<!march)(?<!sep)(?<!dec)(?<!jan)(?<!oct))\b"
_FIGURE = r"(?<!\w)[-+]?\d(?:[\d.,:/ ]*\d)?(?:\s?%)?(?!\w)"
_CODE = r"\b(?=[\w./-]*\d)(?=[\w./-]*[^\W\d_])\w(?:[\w./-]*\w)?"
#: In their order: what is found first is not looked at again. "May" and "march" need a number.
_GENERAL = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (_QUOTED, _WORDS),
        (_MONEY, _AMOUNT),
        (_DATE, _DAY),
        (_NAMED_DAY, _DAY),
        (_CODE, _SOMETHING),
        (_FIGURE, _NUMBER),
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Where a capital tells nothing: after the end of a sentence, or at the start of a line.
_BEGINS = re.compile(r"(?:[.!?…:]\s*[\"”’)]*|\n|^)[^\w\n]*$")
_REPEATED = re.compile(
    r"\b((?:some(?:body|thing|\swords))|an?\s(?:organisation|place|contact|link|number|amount|day))"
    r"(?:(?:\s|[,;/&-]|\band\b|\bor\b|\bthe\b)+\1\b)+"
)
_ARTICLES = re.compile(
    r"\b(?:the|an?|my|our|his|her|their)\s+(?=(?:an?\s(?:organisation|place|contact|link|number"
    r"|amount|day)|somebody|something|some words)\b)",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
#: Words that say nothing of a subject.
_SILENT = Cues(Path(__file__).parent).word_list("silent")
#: The share of words that may become general ones before too little is left to say anything.
MOST_GENERALISED = 1 / 3


@dataclass(frozen=True)
class Stripped:
    """A general text; ``changed`` counts the places where words were replaced."""

    text: str
    changed: int


class Stripper:
    """Strips statements; safe to share between threads, and keeps none of them.

    ``is_common`` says whether a word, in lower case, is one of the many thousands of English that
    tell nobody apart; any other becomes "something".
    """

    def __init__(self, finder: BatchIdentifierFinder, is_common: Callable[[str], bool]) -> None:
        self._finder = finder
        self._is_common = is_common

    def strip(self, text: str, names: Collection[str] = ()) -> Stripped:
        """``text`` without identifiers; ``names`` are all that take part in the program.

        What is longer than a statement may be is cut at a sentence. Raises ``IdentifierError``.
        """
        return self.strip_many([text], names)[0]

    def strip_many(self, texts: Sequence[str], names: Collection[str] = ()) -> tuple[Stripped, ...]:
        """``strip`` for each of ``texts``, in order and sooner than one by one."""
        whole = [_cut(unicodedata.normalize("NFKC", text)) for text in texts]
        found = self._finder.find_many(whole, participants=names)
        return tuple(self._stripped(*one) for one in zip(whole, found, strict=True))

    def _stripped(self, text: str, found: Collection[Identifier]) -> Stripped:
        spans = [(one.start, one.end, _SAID[one.kind]) for one in found]
        spans += _others(text, spans, _general(text))
        spans += _others(text, spans, self._rare(text))
        out, at = [], 0
        for start, end, said in sorted(spans):
            out += [text[at:start], said]
            at = end
        return Stripped(_smooth("".join((*out, text[at:]))), len(spans))

    def _rare(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in _WORD.finditer(text):
            word, start = match[0], match.start()
            plain = word.replace("’", "'").casefold()
            if plain in _EVERYBODYS:
                continue
            odd_case = not (word.islower() or word.isupper() or word[1:].islower())
            # A capital where none need be is a name of something, whatever the word.
            named = word[0].isupper() and len(word) > 1 and not _BEGINS.search(text[:start])
            if named or odd_case or not self._is_common(plain):
                yield start, match.end(), _SOMETHING


#: What everybody at work says; a capital that is not here may be one team's own.
_EVERYBODYS = frozenset(
    {"ai", "it", "hr", "ceo", "pdf", "ui", "api", "excel", "word", "powerpoint", "outlook", "teams"}
    | {"slack", "zoom", "google", "linkedin", "instagram", "tiktok", "facebook", "youtube", "gen"}
    | {"whatsapp", "chatgpt", "copilot", "internet", "english", "i'm", "i've", "i'd", "i'll", "ok"}
    | {"app", "apps", "login", "email", "emails"}
)


def generalised(text: str, general: str) -> float:
    """The share of the words of ``text`` that say something and are not in ``general`` any more.

    0 to 1; 0 where ``text`` has no such word.
    """
    said = Counter(_telling(text))
    lost = said - Counter(_telling(general))
    return lost.total() / said.total() if said else 0.0


def _telling(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return (word for word in _WORD.findall(plain) if word not in _SILENT)


def _cut(text: str) -> str:
    if len(text) <= MOST_STATEMENT:
        return text
    head = text[: MOST_STATEMENT - 60]
    end = max(head.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    return head[: end + 1] if end > 0 else head[: max(head.rfind(" "), 1)]


def _general(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, said in _GENERAL:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), said


def _others(
    text: str,
    taken: Collection[tuple[int, int, str]],
    found: Iterator[tuple[int, int, str]],
) -> list[tuple[int, int, str]]:
    """Those of ``found`` that touch none of ``taken``, nor one another."""
    used = [False] * (len(text) + 1)
    for start, end, _ in taken:
        used[start:end] = [True] * (end - start)
    new = []
    for start, end, said in found:
        if not any(used[start:end]):
            used[start:end] = [True] * (end - start)
            new.append((start, end, said))
    return new


def _smooth(text: str) -> str:
    text = _ARTICLES.sub("", _SPACES.sub(" ", text)).strip()
    return _REPEATED.sub(r"\1", text)
