"""What must survive of a message, in the person's own words."""

from __future__ import annotations

from coach.domain.grammar import Reading, Word
from coach.domain.phrasing import Point
from coach.language.clauses import Clause, Who, clauses_of
from coach.phrasing.floor_facts import dates_of, names_of, numbers_of
from coach.phrasing.floor_pieces import asks_in

_LEADING = {"and", "but", "so", "or", "because", "since", "as", "that", "if", "then", "when"}


def point_of(reading: Reading) -> Point:
    """Who did what to whom, what is asked for, and the figures, names and dates."""
    statements: list[str] = []
    requests: list[str] = []
    for clause in clauses_of(reading):
        said = phrase_of(reading, clause)
        if not said:
            continue
        stated = clause.negated and not clause.asked and clause.who is not Who.NONE
        asks = clause.told or (asks_in(said) and not stated) or _is_question(reading, clause)
        (requests if asks else statements).append(said)
    return Point(
        statements=_whole(
            [one for one in statements if not any(one in asked for asked in requests)]
        ),
        requests=_whole(requests),
        numbers=tuple(_typed(one, reading.text) for one in numbers_of(reading.text).values()),
        names=tuple(names_of(reading).values()),
        dates=tuple(dates_of(reading).values()),
    )


def _is_question(reading: Reading, clause: Clause) -> bool:
    return clause.asked and any(
        word.text == "?" and word.sentence == clause.verb.sentence for word in reading.words
    )


def phrase_of(reading: Reading, clause: Clause) -> str:
    """The words of a clause as they stand, from its first to its last."""
    under = reading.under(clause.verb) if clause.told else clause.words
    words: list[Word] = [word for word in under if word.is_word]
    while words and words[0].lower in _LEADING:
        words = words[1:]
    while words and words[-1].lower in _LEADING:
        words = words[:-1]
    if len(words) < 2:
        return ""
    last = words[-1]
    return " ".join(reading.text[words[0].start : last.start + len(last.text)].split())


def _whole(phrases: list[str]) -> tuple[str, ...]:
    """Each phrase once, without those that are part of another."""
    kept = [
        one
        for at, one in enumerate(phrases)
        if not any(
            one in other and (one != other or at > i) for i, other in enumerate(phrases) if i != at
        )
    ]
    return tuple(kept)


def _typed(figure: str, text: str) -> str:
    """A time of day with the mark that it was typed with."""
    typed = figure.replace(".", ":")
    return typed if typed in text else figure
