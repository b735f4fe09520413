"""What a reflection comes to: items in the writer's own words, and a short paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.grammar import Reading
from coach.domain.reflection import (
    MOST_REFLECTION,
    ReflectionSummary,
)
from coach.errors import ReflectionError
from coach.reflecting.choosing import chosen
from coach.reflecting.confided import is_confided
from coach.reflecting.foreign import foreign_ones
from coach.reflecting.items import Setting, items_of
from coach.reflecting.promises import People
from coach.reflecting.read import Reader
from coach.screening.ordering import may_order, orders_plainly

if TYPE_CHECKING:
    from coach.ports import Embedder, Grammar, LanguageFinder, Screen

#: Share of letters and spaces below which a line is code or numbers, and no sentence.
_LETTERS = 0.6
NOT_ENGLISH = "Only English is labelled: your words are kept, and a few are shown, without points."
FOREIGN = "Only English is labelled: {sentences} in another language {are} kept, and not sorted."
LONG = (
    "This is much to read: of {count:,} sentences, those {read:,} were read closely whose words "
    "say most. All of your words are kept."
)
ORDER = (
    "1 of your sentences reads like an order to a language model. It is left out of the summary; "
    "nothing follows it, and it stays in your text."
)
ORDERS = (
    "{count} of your sentences read like orders to a language model. They are left out of the "
    "summary; nothing follows them, and they stay in your text."
)
CONFIDED = (
    "1 of your sentences was told in confidence, or asks for it. It is left out of the summary and "
    "stays in your text."
)
CONFIDED_MORE = (
    "{count} of your sentences were told in confidence, or ask for it. They are left out of the "
    "summary and stay in your text."
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
        open_ones = [sentence for sentence in said if not is_confided(sentence.span.text)]
        sound = [sentence for sentence in open_ones if not self._is_order(sentence.span.text)]
        left_out = (len(said) - len(open_ones), len(open_ones) - len(sound))
        if not sound:
            return ReflectionSummary(note=_note(NOTHING, *left_out))
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
            items=items_of(labelled, Setting(People(names, partner), author, day)),
            note=_note(" ".join(notes), *left_out),
        )

    def _is_order(self, text: str) -> bool:
        return orders_plainly(text) or (may_order(text) and self._screen.is_instruction(text))


def _note(note: str, secrets: int, orders: int) -> str:
    counted = ((secrets, CONFIDED, CONFIDED_MORE), (orders, ORDER, ORDERS))
    said = (
        one if count == 1 else more.format(count=count) for count, one, more in counted if count
    )
    return " ".join(part for part in (note, *said) if part)


def _foreign(count: int, of: int) -> str:
    if count == of:
        return NOT_ENGLISH
    sentences = "1 sentence" if count == 1 else f"{count:,} sentences"
    return FOREIGN.format(sentences=sentences, are="is" if count == 1 else "are")


def _is_prose(text: str) -> bool:
    letters = sum(mark.isalpha() or mark.isspace() for mark in text)
    return letters >= _LETTERS * len(text)
