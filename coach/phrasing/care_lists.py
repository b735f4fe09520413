"""The lists of ``care_cues``, which share smaller lists: ``<who>`` is every line of ``who.txt``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from coach.language.cues import Cues
from coach.phrasing.spelling import written_out

_LISTS = Cues(Path(__file__).with_name("care_cues"))
_SHARED = re.compile(r"<(\w+)>")
_LITERAL = re.compile(r"(?<![\\\w])[a-z]{4,}")


def crossed(text: str, *names: str) -> bool:
    """Whether a line of one of the lists fits ``text``, harmless sayings aside."""
    return fits(without_idioms(text), *names)


def fits(plain: str, *names: str) -> bool:
    """The same for a text that ``without_idioms`` gave."""
    return any(_pattern(name).search(plain) for name in names)


def without_idioms(text: str) -> str:
    """``text`` in plain spelling, with a mark in the place of each harmless saying."""
    typed = " ".join(text.replace("’", "'").replace("‘", "'").split())
    # The first letter stays as it was typed: a capital may make a word a name.
    straight = typed[:1] + written_out(typed)[1:]
    # A mark of its own keeps the words on both sides from reading as one phrase.
    return _pattern("idioms").sub("#", straight)


@cache
def stems_of(*names: str) -> frozenset[str]:
    """The beginnings of words, of four letters or more, that the lists are written in."""
    return frozenset(stem for name in names for stem in _LITERAL.findall(_filled(name)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_filled(name)}", re.IGNORECASE)


@cache
def _filled(name: str) -> str:
    lines = [_SHARED.sub(lambda found: _filled(found[1]), line) for line in _LISTS.lines(name)]
    return f"(?:{'|'.join(lines)})"
