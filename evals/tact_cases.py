"""Messages in minimal pairs, labelled rows of public corpora, and their held-out parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from zlib import crc32

from coach.domain.guidance import Frozen
from coach.domain.phrasing import Threat
from evals.cases import FOLDER, Part
from evals.screening_cases import read_bench

#: The third-party files that are read.
FILES = (
    "politeness_wikipedia",
    "politeness_stackexchange",
    "github_incivility",
    "conversational_receptiveness",
)
#: Two of twenty-four writers; nothing was tuned on their texts, nor looked at.
_HELD_OUT = ("e", "f")
#: Characters of a comment that are read.
_MOST = 1_500


class TactPair(Frozen):
    """The same point put well and badly; ``findings`` are start, end and kind in ``worse``."""

    id: str
    writer: str
    type: str
    better: str
    worse: str
    findings: tuple[tuple[int, int, Threat], ...]

    @property
    def part(self) -> Part:
        """Held out by writer."""
        return Part.HELD_OUT if self.writer in _HELD_OUT else Part.TUNE


class Rated(Frozen):
    """A row of a public corpus.

    ``tact`` is 1 or 0 by its label, ``None`` between; ``value`` is what its readers gave.
    """

    corpus: str
    text: str
    tact: int | None
    value: float
    held_out: bool


@lru_cache(maxsize=1)
def tact_pairs() -> tuple[TactPair, ...]:
    """Our own pairs of every writer."""
    lines = (FOLDER / "tact.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_pair(json.loads(line)) for line in lines)


def rated_rows() -> Iterator[Rated]:
    """Development rows of politeness, incivility and receptiveness; a third of each held out.

    Split by item, and by issue. All of Stack Exchange is held out: other communities wrote it.
    """
    quartiles = {"polite": 1, "impolite": 0}
    for corpus in ("wikipedia", "stackexchange"):
        for row in read_bench(f"politeness_{corpus}"):
            tact = quartiles.get(row["quartile_label"])
            yield _rated(corpus, row["text"], tact, row["score"], row["id"])
    for row in read_bench("github_incivility"):
        civil = int(row["tbdf"] in {None, "None"})
        yield _rated("github", row["text"], civil, civil, row["issue_id"])
    for row in read_bench("conversational_receptiveness"):
        value = float(row["receptive"])
        tact = None if abs(value) < 0.25 else int(value > 0)
        yield _rated("receptiveness", row["text"], tact, value, row["id"])


def _rated(corpus: str, text: str, tact: int | None, value: Any, group: Any) -> Rated:
    return Rated(
        corpus=corpus,
        text=text[:_MOST],
        tact=tact,
        value=float(value),
        held_out=corpus == "stackexchange" or crc32(f"{corpus} {group}".encode()) % 3 == 0,
    )


def _pair(row: dict[str, Any]) -> TactPair:
    return TactPair(
        id=row["id"],
        writer=row["id"].partition("-")[0],
        type=row["type"],
        better=row["better"],
        worse=row["worse"],
        findings=tuple((start, end, Threat(kind)) for start, end, kind in row["findings"]),
    )
