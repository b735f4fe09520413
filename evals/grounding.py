"""Does groundedness tell supported sentences from wrong ones? ``python -m evals.grounding``.

Prints the area under the curve, for each way to be wrong, on the writers that it was fitted on
and on those held out, beside word overlap, embedding similarity, and the length of the sentence
alone: what length tells is how our writers write, and no groundedness.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.domain.guidance import Frozen
from coach.phrasing.floor_pieces import tokens_of
from coach.ports import Embedder
from coach.reflecting.grounding import Grounder
from coach.reflecting.grounding_fitted import fitted
from coach.reflecting.grounding_source import units_of
from evals.cases import Part
from evals.show import heading, rate, table

_CASES = Path(__file__).parent / "cases" / "grounding"
#: Writers whose sentences nobody looked at or tuned on.
HELD_OUT = ("j", "k", "n", "o")
#: Writers whose wrong sentences each have a right twin that differs in one thing, and the others.
_SETS = {"no twins": ("g", "h", "i", "j", "k"), "in twins": ("l", "m", "n", "o")}
_BINS = 5
Scores = dict[str, list[float]]


class Case(Frozen):
    """A sentence about a source; ``way`` says how it is wrong, and is empty for a right one."""

    id: str
    writer: str
    source: str
    sentence: str
    right: bool
    way: str = ""

    @property
    def part(self) -> Part:
        """Split by writer."""
        return Part.HELD_OUT if self.writer in HELD_OUT else Part.TUNE


def cases(part: Part) -> tuple[Case, ...]:
    """All sentences of the writers of ``part``, source by source."""
    return tuple(case for case in _cases() if case.part is part)


def by_source(found: Sequence[Case]) -> dict[str, list[Case]]:
    """The cases of each source together."""
    groups: dict[str, list[Case]] = {}
    for case in found:
        groups.setdefault(case.source, []).append(case)
    return groups


def measure(grounder: Grounder, embedder: Embedder, found: Sequence[Case]) -> Scores:
    """The scores of all cases by each judge, source by source."""
    scores: Scores = {"coach": [], "word overlap": [], "vectors": [], "length alone": []}
    for source, group in by_source(found).items():
        said = set(tokens_of(source))
        vectors = embedder.embed([unit.said for unit in units_of(source)])
        asked = embedder.embed([case.sentence for case in group])
        measured = grounder.measured(source, [case.sentence for case in group])
        scores["coach"] += [fitted().probability(one) for one in measured]
        for case, vector in zip(group, asked, strict=True):
            words = tokens_of(case.sentence)
            scores["word overlap"].append(sum(word in said for word in words) / len(words))
            scores["vectors"].append(float((vectors @ vector).max()))
            scores["length alone"].append(float(len(words)))
    return scores


def lines(part: str, found: Sequence[Case], scores: Scores) -> Iterator[str]:
    """The section of a part, for people."""
    ordered = [case for group in by_source(found).values() for case in group]
    yield heading(f"Groundedness, {part}: area under the curve")
    ways = sorted({case.way for case in ordered} - {""})
    rows = []
    for way in ["", *ways]:
        of = [at for at, case in enumerate(ordered) if case.right or way in {"", case.way}]
        wrong = sum(not ordered[at].right for at in of)
        cells = (
            rate(area([ordered[at].right for at in of], [judged[at] for at in of]))
            for judged in scores.values()
        )
        rows.append((way or "all", str(wrong), *cells))
    yield table(("", "wrong", *scores), rows)
    right = [case.right for case in ordered]
    yield f"{sum(right)} right sentences. Score and share that is right, by fifths of the scale:"
    yield table(("score", "n", "mean score", "right"), _calibration(right, scores["coach"]))


def area(right: Sequence[bool], scores: Sequence[float]) -> float:
    """How often a right sentence scores higher than a wrong one, ties counted as halves."""
    good = [score for one, score in zip(right, scores, strict=True) if one]
    bad = [score for one, score in zip(right, scores, strict=True) if not one]
    won = sum((one > other) + (one == other) / 2 for one in good for other in bad)
    return won / (len(good) * len(bad))


def _calibration(
    right: Sequence[bool], scores: Sequence[float]
) -> Iterator[tuple[str, str, str, str]]:
    for number in range(_BINS):
        of = [at for at, score in enumerate(scores) if min(_BINS - 1, int(score * _BINS)) == number]
        if of:
            yield (
                f"{number / _BINS:.1f} to {(number + 1) / _BINS:.1f}",
                str(len(of)),
                rate(sum(scores[at] for at in of) / len(of)),
                rate(sum(right[at] for at in of) / len(of)),
            )


def _cases() -> Iterator[Case]:
    for path in sorted(_CASES.glob("*.jsonl")):
        source = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            source = row.get("source") or source
            yield Case(
                id=row["id"],
                writer=row["writer"],
                source=source,
                sentence=row["sentence"],
                right=row["right"],
                way=row["way"] or "",
            )


def main() -> None:
    """Print both parts."""
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.bootstrap import open_reflecting

    grounder, embedder = open_reflecting().grounder, MiniLMEmbedder()
    for part in Part:
        for name, writers in _SETS.items():
            found = [case for case in cases(part) if case.writer in writers]
            scores = measure(grounder, embedder, found)
            title = f"{part.value.replace('_', ' ')}, {name}"
            print(*lines(title, found, scores), sep="\n", flush=True)


if __name__ == "__main__":
    main()
