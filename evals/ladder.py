"""Does the ladder build three rungs that keep the point, by rules alone?

``python -m evals.ladder tact a b c`` prints the figures over minimal pairs of those writers;
``python -m evals.ladder paradetox`` over 400 third-party rows, of which nothing is printed.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from coach.domain.guidance import Frozen
from coach.domain.phrasing import Context, Ladder, Level
from coach.phrasing.ladder import LadderBuilder
from coach.ports import Embedder
from evals.show import heading

#: Rows of the third-party set, chosen by a hash of their number.
ROWS = 400
#: Words and vectors of the gentle rung against the message's own point.
_SAME_WORDS, _SAME_VECTOR = 0.5, 0.6
_NUMBER = re.compile(r"\d+(?:[.:,]\d+)*")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_NEGATION = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|cannot|without)\b|n['’]t\b", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b(?P<who>I|you|he|she|they|we) (?:have |had |was |were |are |am |just |often |keep )*"
    r"(?P<verb>\w{3,}) (?P<whom>me|you|him|her|them|us)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    [
        "the",
        "and",
        "you",
        "your",
        "that",
        "this",
        "with",
        "for",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "but",
        "not",
        "just",
        "all",
        "can",
        "could",
        "would",
        "what",
        "when",
        "from",
        "they",
        "them",
        "she",
        "her",
        "him",
        "his",
        "our",
        "their",
        "about",
        "like",
        "there",
        "then",
        "than",
        "out",
        "get",
        "got",
        "been",
        "will",
        "one",
        "it's",
        "don't",
        "i'm",
    ]
)


class Case(Frozen):
    """A message, and the words in it that only hurt, so need not survive."""

    message: str
    hurting: tuple[str, ...] = ()

    @property
    def point(self) -> str:
        """The message without the words that only hurt."""
        text = self.message
        for words in self.hurting:
            text = text.replace(words, " ")
        return text


class LadderReport(Frozen):
    """Counts over messages and rungs; times in milliseconds."""

    messages: int
    with_three: int
    rungs: int
    risen: int
    numbers: tuple[int, int]
    names: tuple[int, int]
    negations: tuple[int, int]
    inverted: int
    gentle: int
    told: int
    p95: float

    def lines(self) -> list[str]:
        """The figures, one a line."""
        return [
            f"three rungs: {_share(self.with_three, self.messages)}",
            f"score rises: {_share(self.risen, self.rungs)} of rungs",
            f"numbers kept: {_share(*self.numbers)} of rungs with any",
            f"names kept: {_share(*self.names)}",
            f"negation kept: {_share(*self.negations)}",
            f"roles inverted: {self.inverted} of {self.rungs}",
            f"point told by the gentle rung alone: {_share(self.told, self.gentle)}",
            f"p95: {self.p95:.0f} ms",
        ]


def measure(builder: LadderBuilder, embedder: Embedder, cases: Iterable[Case]) -> LadderReport:
    """Build the ladder of each case once, and read its rungs with an extractor of our own."""
    counts = dict.fromkeys(
        ("messages", "with_three", "rungs", "risen", "inverted", "gentle", "told"), 0
    )
    kept = {"numbers": [0, 0], "names": [0, 0], "negations": [0, 0]}
    took: list[float] = []
    for case in cases:
        begun = time.perf_counter()
        found = builder.build(case.message, Context(), None)
        took.append((time.perf_counter() - begun) * 1000)
        if found.check.care:
            continue
        counts["messages"] += 1
        counts["with_three"] += len({rung.level for rung in found.rungs}) == len(Level)
        _count(found, case, counts, kept)
        gentle = next((rung.text for rung in found.rungs if rung.level is Level.GENTLE), "")
        if gentle:
            counts["gentle"] += 1
            counts["told"] += tells_point(case.point, gentle, embedder)
    pairs = {name: (good, of) for name, (good, of) in kept.items()}
    return LadderReport(**counts, **pairs, p95=float(np.percentile(took, 95)) if took else 0.0)


def _count(found: Ladder, case: Case, counts: dict[str, int], kept: dict[str, list[int]]) -> None:
    for rung in found.rungs:
        counts["rungs"] += 1
        counts["risen"] += rung.score > found.check.score
        counts["inverted"] += inverts(case.message, rung.text)
        for name, good in (
            ("numbers", _has_all(_NUMBER, case.point, rung.text)),
            ("names", _has_all(_NAME, case.point, rung.text)),
            ("negations", _has_negation(case.point, rung.text)),
        ):
            if good is not None:
                kept[name][0] += good
                kept[name][1] += 1


def _has_all(pattern: re.Pattern[str], message: str, rung: str) -> bool | None:
    wanted = pattern.findall(message)
    return all(one in rung for one in wanted) if wanted else None


def _has_negation(message: str, rung: str) -> bool | None:
    return _NEGATION.search(rung) is not None if _NEGATION.search(message) else None


def inverts(message: str, rung: str) -> bool:
    """Whether the rung has somebody do to one what the message has the one do to them."""
    said = {_role(found) for found in _ROLE.finditer(message)}
    now = {_role(found) for found in _ROLE.finditer(rung)}
    return any(
        (whom, verb, who) in now and (whom, verb, who) not in said for who, verb, whom in said
    )


def _role(found: re.Match[str]) -> tuple[str, str, str]:
    plain = {"me": "i", "him": "he", "her": "she", "them": "they", "us": "we"}
    who, whom = found["who"].lower(), found["whom"].lower()
    return who, found["verb"].lower()[:5], plain.get(whom, whom)


def tells_point(point: str, rung: str, embedder: Embedder) -> bool:
    """Whether a reader who sees only the rung could say what it is about."""
    wanted = {word for word in _words(point) if word not in _SMALL}
    if not wanted:
        return True
    if len(wanted & set(_words(rung))) / len(wanted) >= _SAME_WORDS:
        return True
    one, other = embedder.embed([point, rung])
    return float(one @ other) >= _SAME_VECTOR


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w'’]+", text.lower()) if len(word) > 2]


def _share(good: int, of: int) -> str:
    return f"{good / of:.1%} ({good} of {of})" if of else "none"


def tact_cases(files: Sequence[Path]) -> list[Case]:
    """The messages of minimal pairs that put the point badly."""
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [
        Case(
            message=row["worse"]["text"],
            hurting=tuple(one["quote"] for one in row["worse"]["findings"]),
        )
        for row in rows
    ]


def third_party_cases(file: Path) -> list[Case]:
    """``ROWS`` fragments of social media, the same ones each time."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows.sort(key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest())
    return [Case(message=row["toxic"]) for row in rows[:ROWS]]


def main(arguments: Sequence[str]) -> None:
    """Print the figures over the given files."""
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.bootstrap import open_phrasing

    builder, embedder = open_phrasing().ladder, MiniLMEmbedder()
    builder.build("You interrupted me.", Context(), None)
    for name in arguments:
        file = Path(name)
        cases = third_party_cases(file) if "paradetox" in file.name else tact_cases([file])
        print(heading(f"The tact ladder: {file.stem}, {len(cases)} messages"))
        print("\n".join(measure(builder, embedder, cases).lines()))


if __name__ == "__main__":
    main(sys.argv[1:])
