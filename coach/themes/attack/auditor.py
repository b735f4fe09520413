"""Reads a release as a stranger would, and says what in its words could tell of somebody.

Every word of a release comes from the library, which is nobody's, or was used by at least K pairs.
The auditor takes nothing on trust: it knows neither how names were found nor how words were chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from coach.domain.identifiers import Identifier
from coach.domain.themes import Statement, Theme, ThemeReport
from coach.ports import IdentifierFinder

#: Words in a row that a release and a statement may share.
_QUOTED = 4
_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_SHAPE = re.compile(r"\S*(?:\d|[@#€£$¥₹%\\/_]|\w\.\w)\S*")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
#: Where a capital tells nothing.
_BEGINS = re.compile(r"(?:^|[.!?:…])[\W_]*$")
_ENDINGS = ("ings", "ing", "ies", "ied", "edly", "ed", "es", "ly", "s")
_LEAST_ROOT = 3


@dataclass(frozen=True)
class Finding:
    """``text`` in a theme's label or sentence that should not be there, and ``why``."""

    theme: str
    text: str
    why: str


class Auditor:
    """Audits releases. ``library`` are texts whose words are nobody's; ``finder`` may be left out.

    Raises ``IdentifierError`` where names cannot be looked for.
    """

    def __init__(self, library: Iterable[str], finder: IdentifierFinder | None = None) -> None:
        texts = tuple(library)
        #: What the library says as a whole sentence is nobody's, whoever else says such words.
        self._lines = frozenset(texts)
        words = [found for text in texts for found in _words(text)]
        self._library = frozenset(root(word.text) for word in words if not word.is_named)
        self._named = frozenset(word.text for word in words if word.is_named)
        self._finder = finder

    def audit(self, report: ThemeReport, statements: Sequence[Statement]) -> tuple[Finding, ...]:
        """What in ``report`` could tell of one of those who wrote ``statements``."""
        lines = [line for theme in report.themes for line in (theme.label, theme.sentence)]
        runs = {run for line in lines for run in _runs(_words(line))}
        said = _Said(statements, report.min_pairs, runs)
        found = {
            Finding(theme.id, text, why): None
            for theme in report.themes
            for line in (theme.label, theme.sentence)
            for text, why in self._of(line, said, theme)
        }
        return tuple(found)

    def _of(self, line: str, said: _Said, theme: Theme) -> Iterator[tuple[str, str]]:
        line = self._own(line)
        yield from _shapes(line)
        words = [(word.text, self._why(word, said)) for word in _words(line)]
        yield from ((text, why) for text, why in words if why)
        yield from ((run, "it is a quotation") for run in said.quoted(line))
        for span in self._identifiers(line):
            text = line[span.start : span.end]
            if not all(word.text in self._named for word in _words(text)):
                yield text, f"it names a {span.kind.value}"
        for own in theme.words:
            if any(said.pairs(word.text) < said.least for word in _words(own)):
                yield own, "fewer pairs than the threshold used it"

    def _own(self, line: str) -> str:
        """``line`` without the sentences that are the library's, whole and word by word."""
        if line in self._lines:
            return ""
        return " ".join(one for one in _SENTENCE_ENDS.split(line) if one not in self._lines)

    def _why(self, word: _Word, said: _Said) -> str | None:
        if not _is_latin(word.text):
            return "it is in another script"
        if word.is_named and word.text not in self._named:
            return "it is written as a name"
        if root(word.text) not in self._library and said.pairs(word.text) < said.least:
            return "fewer pairs than the threshold used it"
        if said.is_name(word.text):
            return "somebody used it as a name, and hardly anybody as a word"
        return None

    def _identifiers(self, line: str) -> tuple[Identifier, ...]:
        return self._finder.find(line) if self._finder else ()


class _Said:
    """Who used which words, and which of ``runs`` of words stand in a statement."""

    def __init__(
        self, statements: Sequence[Statement], least: int, runs: AbstractSet[tuple[str, ...]]
    ) -> None:
        self.least = least
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        self._plain: defaultdict[str, set[str]] = defaultdict(set)
        self._named: set[str] = set()
        self._runs: set[tuple[str, ...]] = set()
        for statement in statements:
            words = _words(statement.text)
            for word in words:
                self._users[root(word.text)].add(statement.pair)
                if word.is_named:
                    self._named.add(word.text.casefold())
                elif word.text.islower():
                    self._plain[word.text].add(statement.pair)
            self._runs.update(run for run in _runs(words) if run in runs)

    def pairs(self, word: str) -> int:
        """How many pairs used it, in any form."""
        return len(self._users.get(root(word), ()))

    def is_name(self, word: str) -> bool:
        """Whether somebody wrote it with a capital where none need be, and fewer than K without."""
        plain = word.casefold()
        return plain in self._named and len(self._plain.get(plain, ())) < self.least

    def quoted(self, line: str) -> list[str]:
        """The runs of words that a statement has too."""
        return [" ".join(run) for run in _runs(_words(line)) if run in self._runs]


@dataclass(frozen=True)
class _Word:
    """``is_named``: it has a capital where none need be."""

    text: str
    is_named: bool


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What the forms of a word share: "calendars" and "calendar", "cancelled" and "cancel"."""
    plain = word.replace("’", "'").casefold().removesuffix("'s")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST_ROOT:
            plain = plain.removesuffix(ending)
            break
    if len(plain) > _LEAST_ROOT and plain[-1] == plain[-2]:
        plain = plain[:-1]
    return plain.removesuffix("e").removesuffix("i").removesuffix("y")


def roots(text: str) -> frozenset[str]:
    """The roots of all words of a text."""
    return frozenset(root(word.text) for word in _words(text))


def _shapes(line: str) -> Iterator[tuple[str, str]]:
    for match in _SHAPE.finditer(unicodedata.normalize("NFKC", line)):
        yield match[0], "it looks like a number, a contact or a code"
    for letter in filter(_is_hidden, line):
        yield f"U+{ord(letter):04X}", "it holds a character that cannot be seen"


def _words(text: str) -> list[_Word]:
    seen = text
    if not (text.isascii() and text.isprintable()):
        seen = unicodedata.normalize("NFKC", "".join(c for c in text if not _is_hidden(c)))
    return [
        _Word(found[0], found[0] != found[0].lower() and not _may_begin(seen, found))
        for found in _WORD.finditer(seen)
    ]


def _may_begin(text: str, found: re.Match[str]) -> bool:
    rest = found[0][1:]
    return rest == rest.lower() and bool(_BEGINS.search(text[: found.start()]))


def _runs(words: Sequence[_Word]) -> Iterator[tuple[str, ...]]:
    plain = [word.text.casefold() for word in words]
    return zip(*(plain[start:] for start in range(_QUOTED)), strict=False)


def _is_latin(word: str) -> bool:
    return all(
        unicodedata.name(letter, "").startswith("LATIN") for letter in word if letter.isalpha()
    )


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cf", "Cc", "Co", "Cn", "Mn"}
