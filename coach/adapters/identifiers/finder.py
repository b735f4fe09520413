"""Finds people, organisations and contacts with Presidio, spaCy, and what those two miss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from coach.adapters.identifiers.analysis import Analysis, analyse, loaded
from coach.adapters.identifiers.contacts import find_contacts
from coach.adapters.identifiers.organisations import find_organisations
from coach.adapters.identifiers.participants import find_participants
from coach.adapters.identifiers.people import find_people
from coach.adapters.identifiers.places import find_places
from coach.adapters.identifiers.roles import find_roles
from coach.adapters.identifiers.words import words
from coach.domain.identifiers import Identifier
from coach.domain.identifiers import IdentifierKind as Kind

#: Characters that are analysed at once; longer texts are cut at a space. Presidio compares every
#: two of its results, so that twice the text would take four times as long.
_PIECE = 2_000
_HALF = re.compile(r"[\ud800-\udfff]")
#: Among overlapping spans the earlier rank stays whole, and the later keeps the rest.
_CONTACT, _PARTICIPANT, _SURE, _PERSON, _UNSURE = range(5)

_Span = tuple[int, int, int, Kind]


class PresidioFinder:
    """Finds identifiers in text, offline. Safe to share between threads.

    Presidio and spaCy load at the first text that is looked through.
    """

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        """See ``IdentifierFinder.find``. Raises ``IdentifierError``."""
        return self.find_many([text], participants=participants)[0]

    def find_many(
        self, texts: Sequence[str], *, participants: Collection[str] = ()
    ) -> tuple[tuple[Identifier, ...], ...]:
        """See ``BatchIdentifierFinder.find_many``. Raises ``IdentifierError``."""
        found: list[list[_Span]] = [
            [
                (_PARTICIPANT, start, end, Kind.PERSON)
                for start, end in find_participants(text, participants)
            ]
            for text in texts
        ]
        # Half a character, which only a JSON line can bring, is nothing that spaCy can read.
        pieces = [
            (number, offset, piece)
            for number, text in enumerate(texts)
            for offset, piece in _pieces(_HALF.sub("\ufffd", text))
            if any(map(str.isalnum, piece))
        ]
        analyses = analyse([piece for _, _, piece in pieces])
        for (number, offset, piece), analysis in zip(pieces, analyses, strict=True):
            found[number] += [
                (rank, start + offset, end + offset, kind)
                for rank, start, end, kind in _spans(piece, analysis)
            ]
        return tuple(
            tuple(_without_overlaps(text, spans)) for text, spans in zip(texts, found, strict=True)
        )

    def warm(self) -> None:
        """Load what the first ``find`` would wait for. Raises ``IdentifierError``."""
        loaded()


def _spans(text: str, analysis: Analysis) -> Iterator[_Span]:
    for start, end, kind in find_contacts(text, analysis.results):
        yield _CONTACT, start, end, kind
    for start, end in find_roles(text):
        yield _SURE, start, end, Kind.ROLE
    for start, end, sure in find_organisations(text, analysis):
        yield (_SURE if sure else _UNSURE), start, end, Kind.ORGANISATION
    for start, end, sure in find_places(text, analysis):
        yield (_SURE if sure else _UNSURE), start, end, Kind.PLACE
    for start, end in find_people(text, analysis, tuple(words(text))):
        yield _PERSON, start, end, Kind.PERSON


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            # After a space, so that no name is cut; a text without one is cut where it must be.
            space = max(text.rfind(mark, start + _PIECE // 2, end) for mark in ("\n", " "))
            end = space + 1 if space > 0 else end
        yield start, text[start:end]
        start = end


def _without_overlaps(text: str, spans: list[_Span]) -> Iterator[Identifier]:
    owner: dict[int, int] = {}
    ordered = sorted(set(spans), key=lambda span: (span[0], span[1] - span[2], span[1], span[3]))
    for number, (_, start, end, _) in enumerate(ordered):
        for at in range(start, end):
            owner.setdefault(at, number)
    for start, end, number in _runs(owner):
        first, last = _trimmed(text, start, end)
        if last > first and (last - first > 1 or not text[first].isascii()):
            yield Identifier(start=first, end=last, kind=ordered[number][3])


def _runs(owner: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    start = end = number = -1
    for at in sorted(owner):
        if at != end or owner[at] != number:
            if number >= 0:
                yield start, end, number
            start, number = at, owner[at]
        end = at + 1
    if number >= 0:
        yield start, end, number


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not _belongs(text[start]) and text[start] not in "@+<(«":
        start += 1
    while end > start and not _belongs(text[end - 1]) and text[end - 1] not in ").>»/_=-":
        end -= 1
    return start, end


def _belongs(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LMNS"
