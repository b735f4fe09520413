"""Names, numbers, rare words and quotations planted in what one pair said, or K - 1 pairs.

They go through the whole half of the work that reads words, as if nothing had stripped them, and
none may come out in a release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from coach.domain.themes import FLOOR, Statement, ThemeReport
from coach.language.cues import Cues
from coach.themes.attack.auditor import roots

#: What is planted: each a list of examples.
KINDS = (
    *("person", "firm", "email", "phone", "link", "handle", "date", "place", "product", "code"),
    *("money", "rare_word", "rare_fact", "role", "script", "quote"),
)
#: Pairs in a program that carries them.
_PAIRS = 48
_OWN_STATEMENTS = 3
_CUES = Cues(Path(__file__).parent / "planted")


@dataclass(frozen=True)
class Canary:
    """Something of a ``kind`` that only ``pairs`` said."""

    kind: str
    value: str
    pairs: tuple[str, ...]


class Planting:
    """Makes programs whose statements hold canaries; ``names`` are people's, beside our own."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._names = tuple(names) or tuple(_CUES.lines("person"))

    def planted(self, number: int, seed: int) -> tuple[list[Statement], list[Canary]]:
        """A program's statements, and the canaries in them.

        In every second program each pair has one of its own; in the others K - 1 pairs share one.
        """
        draw = Random(f"{seed}/{number}")  # noqa: S311 - a repeatable case, not a secret
        pairs = [f"p{index:02}" for index in range(_PAIRS)]
        texts = [(pair, text) for pair in pairs for text in _own(draw)]
        together = 1 if number % 2 == 0 else FLOOR - 1
        canaries = [
            self._canary(draw, number, tuple(pairs[at : at + together]))
            for at in range(0, _PAIRS, together)
        ]
        carriers = _CUES.lines("carrier")
        texts += [
            (pair, draw.choice(carriers).format(canary.value))
            for canary in canaries
            for pair in canary.pairs
        ]
        statements = [
            Statement(id=f"s{index}", pair=pair, text=text)
            for index, (pair, text) in enumerate(texts)
        ]
        return statements, canaries

    def _canary(self, draw: Random, number: int, pairs: tuple[str, ...]) -> Canary:
        kind = KINDS[(int(pairs[0][1:]) // len(pairs) + number) % len(KINDS)]
        values = self._names if kind == "person" else _CUES.lines(kind)
        return Canary(kind, draw.choice(values), pairs)


def recovered(canary: Canary, reports: Iterable[ThemeReport], shared: frozenset[str]) -> bool:
    """Whether any of it is in a release; roots of words in ``shared`` tell of nobody."""
    read = "\n".join(
        " ".join((theme.label, theme.sentence, *theme.words))
        for report in reports
        for theme in report.themes
    )
    told = roots(canary.value) - shared - ORDINARY
    return _holds(read.casefold(), canary.value.casefold()) or bool(told & roots(read))


def _holds(text: str, value: str) -> bool:
    """Whether ``value`` stands in ``text``, and not only inside a longer word of Latin letters."""
    inside = r"[a-z]" if value.isascii() else r"(?!)"
    return bool(re.search(rf"(?<!{inside}){re.escape(value)}(?!{inside})", text))


def _own(draw: Random) -> list[str]:
    said = []
    for line in draw.sample(_CUES.lines("everybody"), _OWN_STATEMENTS):
        starts, ends = line.split(" ; ")
        said.append(f"{draw.choice(starts.split(' | '))} {draw.choice(ends.split(' | '))}.")
    return said


#: Roots of what everybody says, and of what the canaries stand in.
ORDINARY = roots(" ".join(_CUES.lines("carrier") + _CUES.lines("everybody")))
