"""What a report on a file says of what it leaves out: each reason in words of its own.

A program gives one reason for everything that is withheld, since a reason would tell of its pairs.
Whoever has a file has read its statements; but a report may be passed on, so a reason is given only
where it holds for at least K pairs, and none says which themes are withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coach.domain.themes import FLOOR, Statement, number_of_pairs
from coach.themes.copies import copied

_UNPROTECTED = (
    "With a threshold below {floor} pairs this report protects nobody: it can show what a single "
    "pair said, in its own words. Use it on public data only; a program never goes below {floor}."
)
_COPIES = "One text, or nearly the same one, stands under {least}. It counts as what one pair said."
_FOREIGN = (
    "{least} wrote in another language or script. Only English words are read so far, so theirs "
    "give no theme a name."
)
_ORDERS = "{least} wrote what reads like an order to a language model. It is left out."
_SENSITIVE = (
    "{least} told of something that may be harassment, harm or the like. No count should carry "
    "that, so it is not shown."
)
_NEEDED = (
    " A theme needs at least {pairs} that tell of the same thing and {least} that do not, so "
    "{both} in all."
)
_FEW = "No theme can be shown: fewer than {both} have statements in this file."
_FEW_LEFT = (
    "No theme can be shown: without what is left out for the reasons in the notes, fewer than "
    "{both} have statements in this file."
)
_NOTHING = (
    "No theme can be shown: the pairs have too little in common. Nothing is told by enough pairs, "
    "in general words that they share, and left untold by enough others."
)


@dataclass(frozen=True)
class LeftOut:
    """Pairs by what is left out of their statements; a pair may have others that count.

    ``foreign`` and ``orders`` are places in the statements of the file; ``sensitive`` are the pairs
    behind themes that no count should carry.
    """

    foreign: Collection[int] = ()
    orders: Collection[int] = ()
    sensitive: Collection[str] = ()


@dataclass(frozen=True)
class Explained:
    """``notes`` on all that is left out, and the ``explanation`` where no theme is shown."""

    notes: tuple[str, ...]
    explanation: str


def explained(statements: Sequence[Statement], left: LeftOut, least: int) -> Explained:
    """Why a report on all ``statements`` of a file shows what it does; ``least`` is K."""
    firsts = copied(statements)
    under: defaultdict[int, set[str]] = defaultdict(set)
    for one, first in zip(statements, firsts, strict=True):
        under[first].add(one.pair)
    reasons = {
        _COPIES: max(map(len, under.values()), default=0),
        _FOREIGN: len(_pairs(statements, left.foreign)),
        _ORDERS: len(_pairs(statements, left.orders)),
        _SENSITIVE: len(set(left.sensitive)),
    }
    notes = tuple(_notes(reasons, least))
    out = {*left.foreign, *left.orders}
    out |= {place for place, first in enumerate(firsts) if place != first}
    counting = {
        one.pair
        for place, one in enumerate(statements)
        if place not in out and one.pair not in left.sensitive
    }
    everybody = {one.pair for one in statements}
    why = _NOTHING
    if len(everybody) < 2 * least:
        why = _FEW
    elif len(counting) < 2 * least and notes:
        why = _FEW_LEFT
    said = (why + _NEEDED).format(
        pairs=number_of_pairs(least), least=least, both=number_of_pairs(2 * least)
    )
    return Explained(notes, said)


def unprotected(least: int) -> tuple[str, ...]:
    """The warning that goes before all notes where ``least`` is below the floor of programs."""
    return (_UNPROTECTED.format(floor=FLOOR),) if least < FLOOR else ()


def _notes(reasons: dict[str, int], least: int) -> Iterator[str]:
    for reason, pairs in reasons.items():
        # A text is a copy only under a second pair.
        if pairs >= max(least, 2 if reason == _COPIES else 1):
            said = reason.format(least=f"at least {number_of_pairs(least)}")
            yield said[0].upper() + said[1:]


def _pairs(statements: Sequence[Statement], places: Collection[int]) -> set[str]:
    return {statements[place].pair for place in places}
