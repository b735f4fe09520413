"""How many texts a second, beside plain Presidio on the same machine in the same minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from coach.bootstrap import open_identifiers
from evals.redaction_plain import plain
from evals.show import table

#: Texts of one turn: short, so that whatever else the machine does falls on all alike.
_TURN = 64


def speed(texts: Sequence[str]) -> str:
    """A table: plain Presidio, ours text by text, and ours in batches, in turns."""
    finder = open_identifiers()
    ways: dict[str, Callable[[Sequence[str]], object]] = {
        "plain Presidio": lambda turn: [plain(text) for text in turn],
        "ours, text by text": lambda turn: [finder.find(text) for text in turn],
        "ours, many at once": finder.find_many,
    }
    turns = [texts[start : start + _TURN] for start in range(0, len(texts), _TURN)]
    took = dict.fromkeys(ways, 0.0)
    for look in ways.values():
        look(turns[0])
    for turn in turns:
        for name, look in ways.items():
            start = perf_counter()
            look(turn)
            took[name] += perf_counter() - start
    plain_took = took["plain Presidio"]
    return table(
        ("way", "texts a second", "times plain"),
        [(name, f"{len(texts) / t:.0f}", f"{plain_took / t:.2f}") for name, t in took.items()],
    )
