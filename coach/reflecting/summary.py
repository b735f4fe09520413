"""What a reflection comes to: items in the writer's own words, and a short paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.grammar import Reading
from coach.domain.reflection import (
    MOST_REFLECTION,
    Evidence,
    ItemKind,
    ReflectionSummary,
    SummaryItem,
)
from coach.errors import ReflectionError
from coach.reflecting.acts import act_of
from coach.reflecting.choosing import chosen
from coach.reflecting.due_days import due_day
from coach.reflecting.foreign import foreign_ones
from coach.reflecting.kinds import CONTEXT
from coach.reflecting.promises import ME, People, who_promised
from coach.reflecting.read import Reader, Sentence
from coach.reflecting.trimming import trimmed
from coach.screening.ordering import may_order, orders_plainly

if TYPE_CHECKING:
    from coach.ports import Embedder, Grammar, LanguageFinder, Screen

#: Cosine from which two items of one kind say the same.
_SAME = 0.88
#: Items of one kind that are listed; a transcript of an hour has hundreds of sentences.
_MOST_OF_A_KIND = 15
#: Share of letters and spaces below which a line is code or numbers, and no sentence.
_LETTERS = 0.6
NOT_ENGLISH = "Only English is labelled: your words are kept, and a few are shown, without points."
FOREIGN = "Only English is labelled: {sentences} in another language {are} kept, and not sorted."
LONG = (
    "This is much to read: of {count:,} sentences, those {read:,} were read closely whose words "
    "say most. All of your words are kept."
)
ORDERS = (
    "{count} of your sentences read like an order to a language model. They are left out of the "
    "summary; nothing follows them, and they stay in your text."
)
NOTHING = "There is no sentence to summarise. Your words are kept as they are."


class Summariser:
    """Summarises reflections without a language model; keeps none of them."""

    def __init__(
        self, grammar: Grammar, embedder: Embedder, languages: LanguageFinder, screen: Screen
    ) -> None:
        self._reader = Reader(grammar, embedder)
        self._languages = languages
        self._screen = screen

    def summarise(
        self,
        texts: Sequence[str],
        *,
        author: str = "",
        session_date: date | None = None,
        partner: str = "",
    ) -> ReflectionSummary:
        """The summary of ``texts``, which one person or many wrote.

        ``author`` and ``partner`` are names; days are resolved against ``session_date``, today
        without one. Raises ``ReflectionError`` for more than can be read.
        """
        length = sum(map(len, texts))
        if length > MOST_REFLECTION:
            raise ReflectionError(
                f"The texts have {length:,} characters; at most {MOST_REFLECTION:,} are read. "
                "Summarise them in parts."
            )
        read, count = self._reader.read_all(texts)
        said = [sentence for sentence in read if _is_prose(sentence.span.text)]
        sound = [sentence for sentence in said if not self._is_order(sentence.span.text)]
        if not sound:
            return ReflectionSummary(note=_note(NOTHING, len(said)))
        whole = "\n".join(texts)
        words = sum(len(text.split()) for text in texts)
        foreign = foreign_ones(sound, whole, self._languages)
        labelled = [one.unlabelled() if at in foreign else one for at, one in enumerate(sound)]
        names = Reading(text=whole, words=tuple(w for one in sound for w in one.reading.words))
        day = session_date or date.today()  # noqa: DTZ011
        notes = [LONG.format(count=count, read=len(read))] if len(read) < count else []
        if foreign:
            notes.append(_foreign(len(foreign), len(sound)))
        return ReflectionSummary(
            sentences=chosen(labelled, words),
            items=_items(labelled, People(names, partner), author, day),
            note=_note(" ".join(notes), len(said) - len(sound)),
        )

    def _is_order(self, text: str) -> bool:
        return orders_plainly(text) or (may_order(text) and self._screen.is_instruction(text))


def _note(note: str, orders: int) -> str:
    said = ORDERS.format(count=orders) if orders else ""
    return " ".join(part for part in (note, said) if part)


def _foreign(count: int, of: int) -> str:
    if count == of:
        return NOT_ENGLISH
    sentences = "1 sentence" if count == 1 else f"{count:,} sentences"
    return FOREIGN.format(sentences=sentences, are="is" if count == 1 else "are")


def _is_prose(text: str) -> bool:
    letters = sum(mark.isalpha() or mark.isspace() for mark in text)
    return letters >= _LETTERS * len(text)


def _items(
    said: Sequence[Sentence], people: People, author: str, today: date
) -> tuple[SummaryItem, ...]:
    told = [sentence for sentence in said if sentence.kind != CONTEXT]
    kept: list[Sentence] = []
    for kind in ItemKind:
        alike = [one for one in told if one.kind == kind.value]
        alike.sort(key=lambda one: -one.weight)
        distinct: list[Sentence] = []
        for one in alike:
            if len(distinct) < _MOST_OF_A_KIND and not any(_same(one, two) for two in distinct):
                distinct.append(one)
        kept += distinct
    kept.sort(key=lambda one: (one.text_index, one.span.start))
    items = []
    before: date | None = None
    for one in kept:
        item = _item(one, people, author, today, before)
        before = item.when or before
        items.append(item)
    return tuple(items)


def _item(
    one: Sentence, people: People, author: str, today: date, before: date | None
) -> SummaryItem:
    kind = ItemKind(one.kind)
    evidence = (evidence_of(one),)
    text = trimmed(one.span.text)
    if kind is not ItemKind.COMMITMENT:
        return SummaryItem(kind=kind, text=text, evidence=evidence)
    due = due_day(one.span.text, today, before=before)
    who = who_promised(one.reading, people)
    return SummaryItem(
        kind=kind,
        text=text,
        evidence=evidence,
        who=ME if who in {author, author.partition(" ")[0]} else who,
        what=act_of(one.reading, due),
        when=due.day if due else None,
        when_words=due.words if due else "",
    )


def evidence_of(one: Sentence) -> Evidence:
    """Where the sentence stands."""
    return Evidence(text_index=one.text_index, start=one.span.start, end=one.span.end)


def _same(one: Sentence, two: Sentence) -> bool:
    return float(np.dot(one.vector, two.vector)) >= _SAME
