"""The same placeholder for the same name throughout a conversation, and the way back."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

from coach.domain.identifiers import Identifier, IdentifierKind
from coach.errors import IdentifierError, ModelReplyError
from coach.ports import IdentifierFinder
from coach.privacy.shapes import EXACT, LITERAL, MEANT, MOST

_POSSESSIVES = ("'s", "’s")


class Placeholders:
    """Hides what tells who somebody is, and restores it. Safe to share between threads.

    A person's names share a number: ``[PERSON_1]`` is the first spelling that was met, such as
    "Priya Natarajan", and ``[PERSON_1.2]`` the next, such as "Priya", so that a model sees one
    person and each spelling comes back exactly as it was. Text that looks like a placeholder
    gets one of its own, ``[TEXT_1]``.
    """

    def __init__(self, finder: IdentifierFinder, participants: Collection[str] = ()) -> None:
        self._finder = finder
        self._participants = tuple(participants)
        self._given: dict[tuple[str, str], str] = {}
        self._originals: dict[str, str] = {}
        self._people: dict[str, list[_OneName]] = {
            # Known before they are met, so that a participant's first and last name are one person.
            IdentifierKind.PERSON.name: [_OneName([_words(name)]) for name in self._participants]
        }
        self._count: Counter[str] = Counter()
        self._lock = Lock()

    def hide(self, text: str) -> str:
        """``text`` with placeholders. Raises ``IdentifierError``: then nothing may be sent."""
        return self.hide_with_spans(text)[0]

    def hide_with_spans(self, text: str) -> tuple[str, tuple[Identifier, ...]]:
        """``text`` with placeholders, and what of the original they stand for.

        Text that only looks like a placeholder is hidden too, and is in no span.
        """
        if not text:
            return text, ()
        found = self._finder.find(text, participants=self._participants)
        with self._lock:
            pieces, position = [], 0
            for start, end, kind in _merged(text, found):
                pieces += [text[position:start], self._placeholder(text[start:end], kind)]
                position = end
            hidden = "".join((*pieces, text[position:]))
        if not self._comes_back(hidden, text):
            raise IdentifierError(
                "A text could not be hidden so that it comes back unchanged, so it is not sent. "
                "Leave out what is in square brackets, and try again."
            )
        return hidden, tuple(found)

    def restore(self, text: str) -> str:
        """``text`` with the names back.

        Raises:
            ModelReplyError: it holds a placeholder that was never given out, or a misspelt one.
        """
        return MEANT.sub(lambda match: self.original(match[0]), text)

    def _comes_back(self, hidden: str, text: str) -> bool:
        try:
            return self.restore(hidden) == text
        except ModelReplyError:
            return False

    def original(self, placeholder: str) -> str:
        """What one placeholder stands for. Raises ``ModelReplyError``."""
        try:
            return self._originals[placeholder]
        except KeyError:
            raise ModelReplyError(
                f"The model invented the placeholder {placeholder!r}, which stands for nobody, so "
                "its reply is not used. Try again, or use another model."
            ) from None

    def missing(self, hidden: str, reply: str) -> tuple[str, ...]:
        """The placeholders of ``hidden`` that ``reply``, not yet restored, dropped.

        Another spelling of the same name is as good.
        """
        there = {_group(match[0]) for match in EXACT.finditer(reply)}
        wanted = dict.fromkeys(match[0] for match in EXACT.finditer(hidden))
        return tuple(name for name in wanted if _group(name) not in there)

    def _placeholder(self, surface: str, kind: str) -> str:
        known = self._given.get((kind, surface))
        if known:
            return known
        name = self._name(surface, kind)
        if not name.number:
            self._count[kind] += 1
            name.number = self._count[kind]
        name.spellings += 1
        if max(name.number, name.spellings) > MOST:
            raise IdentifierError(
                f"The text holds more than {MOST:,} names, so it is not sent. Shorten it."
            )
        spelling = f".{name.spellings}" if name.spellings > 1 else ""
        made = f"[{kind}_{name.number}{spelling}]"
        self._given[kind, surface] = made
        self._originals[made] = surface
        return made

    def _name(self, surface: str, kind: str) -> _OneName:
        """The only name that this is a spelling of; two persons named Priya stay apart."""
        known = self._people.setdefault(kind, [])
        words = _words(surface)
        if words and kind != LITERAL:
            same = [name for name in known if words in name.forms][:1]
            if not same and kind == IdentifierKind.PERSON.name:
                same = [name for name in known if name.may_be(words)]
            if len(same) == 1:
                same[0].forms.append(words)
                return same[0]
        known.append(_OneName([words]))
        return known[-1]


@dataclass
class _OneName:
    """Somebody's name in the forms met so far; ``number`` is 0 until the first is met."""

    forms: list[tuple[str, ...]]
    number: int = 0
    spellings: int = 0

    def may_be(self, words: tuple[str, ...]) -> bool:
        """Whether the words are a part of a form, or a whole that every form is a part of."""
        mine = set(words)
        return any(mine <= set(form) for form in self.forms) or all(
            set(form) <= mine for form in self.forms
        )


def _merged(text: str, found: Collection[Identifier]) -> list[tuple[int, int, str]]:
    """Identifiers and look-alikes by position; what overlaps becomes one, so that none shows."""
    spans = [(one.start, _before_possessive(text, one), one.kind.name) for one in found]
    spans += [(*match.span(), LITERAL) for match in MEANT.finditer(text)]
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans):
        if merged and start < merged[-1][1]:
            first, last, earlier = merged[-1]
            both = earlier if earlier == kind else LITERAL
            merged[-1] = (first, max(last, end), both)
        else:
            merged.append((start, end, kind))
    return merged


def _before_possessive(text: str, one: Identifier) -> int:
    # "Priya's" is Priya's placeholder with the ending left to the sentence.
    name = text[one.start : one.end]
    if one.kind is IdentifierKind.PERSON and name.endswith(_POSSESSIVES) and len(name) > 2:
        return one.end - 2
    return one.end


def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(
        mark if mark.isalnum() else "" if unicodedata.combining(mark) else " " for mark in plain
    )
    return tuple(letters.split())


def _group(placeholder: str) -> str:
    return placeholder.strip("[]").partition(".")[0]
