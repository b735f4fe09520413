"""Does a subject in free words find its topic kit, and only its own?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.bootstrap import Coach
from coach.domain.brief import Brief
from coach.domain.guidance import Frozen
from coach.prepare.kits import find_kit
from evals.cases import Part, topic_cases
from evals.show import bullets, heading, rate, share, table


class Match(Frozen):
    """A subject, the kit that a person would choose for it, and the kit that the coach chose."""

    id: str
    topic: str
    part: Part
    kit: str | None
    found: str | None


class Matches(Frozen):
    """Counts over one part: of the subjects that have a kit, and of those that have none."""

    with_kit: int
    right_kit: int
    wrong_kit: int
    no_kit: int
    without_kit: int
    false_kit: int


class TopicReport(Frozen):
    """Counts by part with ``all``, and the tuning part's mistakes."""

    parts: dict[str, Matches]
    mistakes: tuple[Match, ...]


def measure(coach: Coach) -> TopicReport:
    """Look for a kit for every labelled subject."""
    found = tuple(_matches(coach))
    groups = {part.value: [one for one in found if one.part is part] for part in Part}
    return TopicReport(
        parts={name: count(some) for name, some in {**groups, "all": [*found]}.items()},
        mistakes=tuple(one for one in found if one.part is Part.TUNE and one.kit != one.found),
    )


def count(found: Sequence[Match]) -> Matches:
    """Right, wrong, missing and false kits."""
    has = [one for one in found if one.kit is not None]
    lacks = [one for one in found if one.kit is None]
    return Matches(
        with_kit=len(has),
        right_kit=sum(one.found == one.kit for one in has),
        wrong_kit=sum(one.found not in (one.kit, None) for one in has),
        no_kit=sum(one.found is None for one in has),
        without_kit=len(lacks),
        false_kit=sum(one.found is not None for one in lacks),
    )


def lines(report: TopicReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Topic kits: does a subject find its own kit?")
    header = ("part", "have a kit", "right kit", "wrong kit", "no kit", "have none", "false kit")
    yield table(header, (_row(name, of) for name, of in report.parts.items()))
    yield ""
    yield from bullets(
        "tuning part, mistakes",
        [
            f"{one.id} {one.topic!r}: {one.found or 'no kit'}, wanted {one.kit or 'no kit'}"
            for one in report.mistakes
        ],
    )


def _matches(coach: Coach) -> Iterator[Match]:
    library, index = coach.library, coach.index
    for case in topic_cases():
        kit = find_kit(Brief(topic=case.topic), library, index)
        yield Match(
            id=case.id,
            topic=case.topic,
            part=case.part,
            kit=case.kit,
            found=kit.key if kit else None,
        )


def _row(name: str, of: Matches) -> tuple[str, ...]:
    def shown(part: int, whole: int) -> str:
        return f"{part} ({rate(share(part, whole))})"

    return (
        name,
        str(of.with_kit),
        *(shown(part, of.with_kit) for part in (of.right_kit, of.wrong_kit, of.no_kit)),
        str(of.without_kit),
        shown(of.false_kit, of.without_kit),
    )
