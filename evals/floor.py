"""Does the clarity floor judge well? Both errors, on rewrites by people, kept and broken."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from coach.domain.guidance import Frozen
from coach.domain.phrasing import FloorVerdict
from evals.cases import Part
from evals.show import heading, rate, share, table

_HERE = Path(__file__).parent / "cases"
#: Third parties' rows, never committed and never printed.
_BESIDE = Path(__file__).parents[2] / "shared" / "benchdata"
#: Two of the six writers; nothing was tuned on their texts, nor were they looked at.
_HELD_OUT = ("u", "v")
#: ParaDetox rows that are asked about, chosen and halved by a hash of their ids.
_ROWS = 400


class Keeper(Protocol):
    """The floor, or what stands in for it."""

    def keeps(self, original: str, rewrite: str) -> FloorVerdict:
        """The verdict."""
        ...


class Pair(Frozen):
    """A message and a rewrite of it. ``broken`` names how, and is empty for a faithful one."""

    id: str
    source: str
    original: str
    rewrite: str
    kept: bool
    broken: str = ""
    part: Part


class FloorReport(Frozen):
    """Shares judged rightly, by row and part; ``baseline`` by "half of the words are there"."""

    shares: dict[str, dict[str, float | None]]
    baseline: dict[str, dict[str, float | None]]
    counts: dict[str, dict[str, int]]


def pairs() -> tuple[Pair, ...]:
    """The writers' pairs, ParaDetox, and the reframings that we labelled as faithful."""
    return (*written_pairs(), *detoxed_pairs(), *reframed_pairs())


def written_pairs() -> Iterator[Pair]:
    """The rewrites of our own writers."""
    for line in (_HERE / "floor.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        held = row["id"].partition("-")[0] in _HELD_OUT
        yield Pair(source="writers", part=Part.HELD_OUT if held else Part.TUNE, **row)


def detoxed_pairs() -> Iterator[Pair]:
    """ParaDetox: insults go, the meaning stays."""
    found = sorted(_beside("paradetox"), key=lambda row: _hash(str(row["id"])))[:_ROWS]
    for row in found:
        for number, text in enumerate(row["rewrites"]):
            yield Pair(
                id=f"paradetox-{row['id']}-{number}",
                source="ParaDetox",
                original=row["toxic"],
                rewrite=text,
                kept=True,
                part=_half(str(row["id"])),
            )


def reframed_pairs() -> Iterator[Pair]:
    """Reframings of ``positive_frames`` that add no claim."""
    lines = (_HERE / "floor_reframings.jsonl").read_text(encoding="utf-8").splitlines()
    labels = {row["id"]: row["adds_no_claim"] for row in map(json.loads, lines)}
    for row in _beside("positive_frames"):
        name = f"{row['id']}-{_hash(row['original']):08x}"
        if labels.get(name):
            yield Pair(
                id=f"reframing-{name}",
                source="reframings",
                original=row["original"],
                rewrite=row["reframed"],
                kept=True,
                part=_half(name),
            )


def measure(keeper: Keeper) -> FloorReport:
    """Ask about every pair."""
    asked = pairs()
    judged = [
        (pair, keeper.keeps(pair.original, pair.rewrite).kept, _by_overlap(pair)) for pair in asked
    ]
    groups: dict[str, list[tuple[Pair, bool, bool]]] = {}
    for one in judged:
        name = f"{one[0].source}: faithful accepted" if one[0].kept else "writers: broken refused"
        groups.setdefault(name, []).append(one)
        if not one[0].kept:
            groups.setdefault(f"  {one[0].broken}", []).append(one)
    parts = {part.value: part for part in Part}
    return FloorReport(
        shares={name: _by_part(group, parts, 1) for name, group in groups.items()},
        baseline={name: _by_part(group, parts, 2) for name, group in groups.items()},
        counts={
            name: {
                label: sum(pair.part is part for pair, *_ in group) for label, part in parts.items()
            }
            for name, group in groups.items()
        },
    )


def lines(found: FloorReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("The clarity floor: faithful rewrites accepted, broken ones refused")
    parts = list(next(iter(found.shares.values())))
    yield table(
        ("", *(f"{part} {kind}" for part in parts for kind in ("n", "floor", "overlap"))),
        [
            (
                name,
                *(
                    cell
                    for part in parts
                    for cell in (
                        str(found.counts[name][part]),
                        rate(found.shares[name][part]),
                        rate(found.baseline[name][part]),
                    )
                ),
            )
            for name in found.shares
        ],
    )


def _by_part(
    group: list[tuple[Pair, bool, bool]], parts: dict[str, Part], which: int
) -> dict[str, float | None]:
    found = {}
    for label, part in parts.items():
        of_part = [one for one in group if one[0].part is part]
        right = sum(bool(one[which]) == one[0].kept for one in of_part)
        found[label] = share(right, len(of_part))
    return found


def _by_overlap(pair: Pair) -> bool:
    """The plain way: kept if half of the message's words are there."""
    said = set(pair.original.lower().split())
    return len(said & set(pair.rewrite.lower().split())) >= len(said) / 2


def _half(name: str) -> Part:
    return Part.TUNE if _hash(f"half {name}") % 2 == 0 else Part.HELD_OUT


def _beside(name: str) -> Iterator[dict[str, Any]]:
    file = _BESIDE / f"{name}.jsonl"
    if file.exists():
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


if __name__ == "__main__":
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.adapters.grammar import EnglishGrammar
    from coach.phrasing.floor import Floor

    print(*lines(measure(Floor(EnglishGrammar(), MiniLMEmbedder()))), sep="\n")
