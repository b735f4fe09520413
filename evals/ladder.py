"""Does the ladder build three rungs that keep the point, by rules alone?

``python -m evals.ladder`` prints the figures over the held-out minimal pairs, and over 400
third-party rows, of which nothing is printed.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable

import numpy as np

from coach.domain.guidance import Frozen
from coach.domain.phrasing import Context, Ladder, Level
from coach.phrasing.framing import NOT_DONE
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.technique import FRAME
from coach.ports import Embedder
from evals.cases import Part
from evals.screening_cases import missing_files, read_bench
from evals.show import heading
from evals.tact_cases import tact_pairs

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
    frames: int
    denial_asked: int
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
            f"frames with blanks: {_share(self.frames, self.rungs)} of rungs",
            f"score rises: {_share(self.risen, self.rungs)} of rungs",
            f"numbers kept: {_share(*self.numbers)} of rungs with any",
            f"names kept: {_share(*self.names)}",
            f"negation kept: {_share(*self.negations)}",
            f"a blank asks for what is denied: {_share(self.denial_asked, self.rungs)} of rungs",
            f"roles inverted: {self.inverted} of {self.rungs}",
            f"point told by the gentle rung alone: {_share(self.told, self.gentle)}",
            f"p95: {self.p95:.0f} ms",
        ]


def measure(builder: LadderBuilder, embedder: Embedder, cases: Iterable[Case]) -> LadderReport:
    """Build the ladder of each case once, and read its rungs with an extractor of our own."""
    counts = dict.fromkeys(
        (
            "messages",
            "with_three",
            "frames",
            "denial_asked",
            "rungs",
            "risen",
            "inverted",
            "gentle",
            "told",
        ),
        0,
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
        counts["frames"] += rung.technique == FRAME.name
        counts["denial_asked"] += NOT_DONE in rung.text
        counts["risen"] += rung.score > found.check.score
        counts["inverted"] += inverts(case.message, rung.text)
        for name, good in (
            ("numbers", _has_all(_NUMBER, case.point, rung.text)),
            ("names", _has_all(_NAME, case.point, rung.text)),
            # A blank that asks for what is denied does not keep it.
            ("negations", _has_negation(case.point, rung.text.replace(NOT_DONE, ""))),
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


def tact_cases(part: Part) -> list[Case]:
    """The messages of minimal pairs that put the point badly."""
    return [
        Case(
            message=pair.worse,
            hurting=tuple(pair.worse[start:end] for start, end, _ in pair.findings),
        )
        for pair in tact_pairs()
        if pair.part is part
    ]


def third_party_cases() -> list[Case]:
    """``ROWS`` fragments of social media, the same ones each time."""
    rows = read_bench("paradetox")
    rows.sort(key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest())
    return [Case(message=row["toxic"]) for row in rows[:ROWS]]


def main() -> None:
    """Print the figures over the held-out pairs and, where they are, third-party rows."""
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.bootstrap import open_phrasing

    builder, embedder = open_phrasing().ladder, MiniLMEmbedder()
    builder.build("You interrupted me.", Context(), None)
    sets = {"held-out pairs": tact_cases(Part.HELD_OUT)}
    if not missing_files(("paradetox",)):
        sets["ParaDetox"] = third_party_cases()
    for name, cases in sets.items():
        print(heading(f"The tact ladder: {name}, {len(cases)} messages"))
        print("\n".join(measure(builder, embedder, cases).lines()), flush=True)


if __name__ == "__main__":
    main()
