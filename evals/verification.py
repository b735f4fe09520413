"""Is verification a good judge? Both of its errors, on texts that people wrote to fool it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from coach.domain.brief import read_brief
from coach.domain.guidance import Frozen
from coach.domain.proposal import Proposal, Slot, Verdict
from coach.ports import Judge
from evals.cases import Part
from evals.show import bullets, heading, rate, share, table

_HERE = Path(__file__).parent / "cases" / "verification"
#: Two of the six writers of the main set; nothing was tuned on their texts, nor looked at.
_HELD_OUT = ("e", "f")
#: Writers who wrote only more of the hard kinds, to tune on; "w", "aq" and "ar" are small models.
_EXTRA = (*"ghijklmnopqrstuw", *(f"a{letter}" for letter in "abcdefghijklmnopqr"))


class LabelledText(Frozen):
    """A text for a slot, and whether a careful program lead would accept it."""

    id: str
    writer: str
    proposal: Proposal
    good: bool
    broken: str = ""

    @property
    def part(self) -> Part:
        """Held out by writer."""
        return Part.HELD_OUT if self.writer in _HELD_OUT else Part.TUNE

    @property
    def is_extra(self) -> bool:
        """Whether it belongs to the hard kinds that were written only to tune on."""
        return self.writer in _EXTRA


class VerificationReport(Frozen):
    """Shares by part: good texts accepted, bad ones refused, and both by kind; with a baseline."""

    parts: dict[str, dict[str, float | None]]
    refused_by_kind: dict[str, dict[str, float | None]]
    counts: dict[str, int]
    baseline: dict[str, dict[str, float | None]]
    mistakes: tuple[str, ...]


@lru_cache(maxsize=1)
def labelled_texts() -> tuple[LabelledText, ...]:
    """Every labelled text with its context."""
    contexts = {row["context"]: row for row in _rows("contexts.jsonl")}
    return tuple(_labelled(row, contexts[row["context"]]) for row in _rows("texts.jsonl"))


def measure(judge: Judge) -> VerificationReport:
    """Judge the texts of the six writers of the main set."""
    asked = [case for case in labelled_texts() if not case.is_extra]
    judged = [(case, judge.verify(case.proposal)) for case in asked]
    groups = {
        "tune": [one for one in judged if one[0].part is Part.TUNE],
        "held out": [one for one in judged if one[0].part is Part.HELD_OUT],
    }
    kinds = sorted({case.broken for case, _ in judged if case.broken})
    return VerificationReport(
        parts={name: _shares(group) for name, group in groups.items()},
        refused_by_kind={
            kind: {
                name: share(
                    sum(not verdict.accepted for case, verdict in group if case.broken == kind),
                    sum(case.broken == kind for case, _ in group),
                )
                for name, group in groups.items()
            }
            for kind in kinds
        },
        counts={name: len(group) for name, group in groups.items()},
        baseline={name: _baseline(group) for name, group in groups.items()},
        mistakes=tuple(_mistakes(groups["tune"])),
    )


def lines(found: VerificationReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Verification: good words accepted, bad ones refused")
    names = list(found.parts)
    yield table(
        ("", *names),
        [
            ("texts", *(str(found.counts[name]) for name in names)),
            ("good accepted", *(rate(found.parts[name]["accepted"]) for name in names)),
            ("bad refused", *(rate(found.parts[name]["refused"]) for name in names)),
            (
                "words only: good accepted",
                *(rate(found.baseline[name]["accepted"]) for name in names),
            ),
            ("words only: bad refused", *(rate(found.baseline[name]["refused"]) for name in names)),
            *(
                (f"  {kind}", *(rate(found.refused_by_kind[kind][name]) for name in names))
                for kind in found.refused_by_kind
            ),
        ],
    )
    yield ""
    yield from bullets("tuning part, judged wrongly (first 20)", list(found.mistakes[:20]))


def _shares(group: list[tuple[LabelledText, Verdict]]) -> dict[str, float | None]:
    good = [verdict for case, verdict in group if case.good]
    bad = [verdict for case, verdict in group if not case.good]
    return {
        "accepted": share(sum(verdict.accepted for verdict in good), len(good)),
        "refused": share(sum(not verdict.accepted for verdict in bad), len(bad)),
    }


def _baseline(group: list[tuple[LabelledText, Verdict]]) -> dict[str, float | None]:
    """The plain way: refuse where fewer than half of the words stand in a source."""

    def accepts(case: LabelledText) -> bool:
        proposal = case.proposal
        said = set(
            " ".join((*proposal.passages, proposal.draft, proposal.brief.topic)).lower().split()
        )
        words = proposal.text.lower().split()
        return sum(word in said for word in words) >= len(words) / 2

    good = [accepts(case) for case, _ in group if case.good]
    bad = [accepts(case) for case, _ in group if not case.good]
    return {
        "accepted": share(sum(good), len(good)),
        "refused": share(sum(not one for one in bad), len(bad)),
    }


def _mistakes(group: list[tuple[LabelledText, Verdict]]) -> Iterator[str]:
    for case, verdict in group:
        if case.good != verdict.accepted:
            said = verdict.reason.value if verdict.reason else "accepted"
            yield f"{case.id} {case.broken or 'good'} → {said}: {case.proposal.text[:90]}"


def _labelled(row: dict[str, Any], context: dict[str, Any]) -> LabelledText:
    return LabelledText(
        id=row["id"],
        writer=row["id"].partition("-")[0],
        proposal=Proposal(
            slot=Slot(context["slot"]),
            brief=read_brief(context["brief"]),
            passages=(context["passage"],),
            draft=context["draft"],
            text=row["text"],
        ),
        good=row["good"],
        broken=row.get("broken", ""),
    )


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    from coach.bootstrap import open_verifier

    print(*lines(measure(open_verifier())), sep="\n")
