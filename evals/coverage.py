"""Does the coach know what the guidance covers, and say so when it does not?"""

from __future__ import annotations

from collections.abc import Iterator

from coach.bootstrap import Coach
from coach.domain.guidance import Frozen
from evals.cases import Part, off_topic_cases, retrieval_cases
from evals.show import bullets, heading, rate, share, table


class Judgement(Frozen):
    """One question, what it is, and what the coach said of it.

    ``kind`` is ``on`` for a question that the guidance answers, and far, work or near otherwise.
    """

    id: str
    question: str
    part: Part
    kind: str
    covered: bool
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the coach said what the label says."""
        return self.covered == (self.kind == "on")


class Rates(Frozen):
    """Shares, 0 to 1, over one part of the questions.

    Precision depends on how many questions of each sort were asked: ``on_topic`` and ``off_topic``.
    """

    on_topic: int
    off_topic: int
    covered_precision: float | None
    covered_recall: float | None
    not_covered_precision: float | None
    not_covered_recall: float | None
    refused_by_kind: dict[str, float | None]


class CoverageReport(Frozen):
    """Rates by part with ``all``, and the tuning part's mistakes; the held-out ones stay unseen."""

    parts: dict[str, Rates]
    wrongly_covered: tuple[Judgement, ...]
    wrongly_refused: tuple[Judgement, ...]


def measure(coach: Coach) -> CoverageReport:
    """Ask every labelled question, on and off the subject."""
    judged = tuple(_judged(coach))
    mistakes = [one for one in judged if one.part is Part.TUNE and not one.is_right]
    groups = {part.value: [one for one in judged if one.part is part] for part in Part}
    return CoverageReport(
        parts={name: rates(found) for name, found in {**groups, "all": [*judged]}.items()},
        wrongly_covered=tuple(one for one in mistakes if one.covered),
        wrongly_refused=tuple(one for one in mistakes if not one.covered),
    )


def rates(judged: list[Judgement]) -> Rates:
    """Precision and recall of both answers."""
    on = [one for one in judged if one.kind == "on"]
    off = [one for one in judged if one.kind != "on"]
    yes = [one for one in judged if one.covered]
    no = [one for one in judged if not one.covered]
    kinds = sorted({one.kind for one in off})
    return Rates(
        on_topic=len(on),
        off_topic=len(off),
        covered_precision=_right(yes),
        covered_recall=_right(on),
        not_covered_precision=_right(no),
        not_covered_recall=_right(off),
        refused_by_kind={kind: _right([one for one in off if one.kind == kind]) for kind in kinds},
    )


def lines(found: CoverageReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Coverage: does the coach say when the guidance does not cover a question?")
    kinds = sorted(found.parts["all"].refused_by_kind)
    header = ("part", "on", "off", "covered: precision", "recall", "not covered: precision")
    columns = (*header, "recall", *(f"{kind} refused" for kind in kinds))
    yield table(columns, (_row(name, of, kinds) for name, of in found.parts.items()))
    yield ""
    yield from bullets(
        "tuning part, off topic and called covered", [_shown(one) for one in found.wrongly_covered]
    )
    yield from bullets(
        "tuning part, on topic and called not covered",
        [_shown(one) for one in found.wrongly_refused],
    )


def _judged(coach: Coach) -> Iterator[Judgement]:
    asked = [(case.id, case.question, case.part, "on") for case in retrieval_cases()]
    asked += [(case.id, case.question, case.part, case.kind) for case in off_topic_cases()]
    for name, question, part, kind in asked:
        found = coach.search(question, k=1)
        yield Judgement(
            id=name,
            question=question,
            part=part,
            kind=kind,
            covered=found.covered,
            confidence=found.confidence,
        )


def _right(judged: list[Judgement]) -> float | None:
    return share(sum(one.is_right for one in judged), len(judged))


def _row(name: str, of: Rates, kinds: list[str]) -> tuple[str, ...]:
    return (
        name,
        str(of.on_topic),
        str(of.off_topic),
        rate(of.covered_precision),
        rate(of.covered_recall),
        rate(of.not_covered_precision),
        rate(of.not_covered_recall),
        *(rate(of.refused_by_kind[kind]) for kind in kinds),
    )


def _shown(one: Judgement) -> str:
    return f"{one.confidence:.2f} {one.kind:<4} {one.id} {one.question}"
