"""Blind preparation: which cosine tells that two notes are about one thing.

``python -m evals.overlap`` prints, for thresholds, how many alike notes meet and how many others
do by mistake; beside it the same by shared words. The threshold is chosen on the first two
thirds.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from coach.bootstrap import choose_embedder
from coach.pair.overlap import ALIKE
from coach.settings import read_settings

_CASES = Path(__file__).parent / "cases" / "overlap.yaml"


def main() -> None:
    """Print both rates, tuning and held out."""
    embedder = choose_embedder(read_settings())
    cases = yaml.safe_load(_CASES.read_text(encoding="utf-8"))
    for part in ("tuning", "held out"):
        scored = {}
        for kind, rows in cases.items():
            cut = len(rows) * 2 // 3
            mine = rows[:cut] if part == "tuning" else rows[cut:]
            left, right = (embedder.embed([row[side] for row in mine]) for side in (0, 1))
            near = [float(a @ b) for a, b in zip(left, right, strict=True)]
            shared = [_jaccard(*row) for row in mine]
            scored[kind] = (near, shared)
        print(f"{part}: {len(scored['alike'][0])} alike, {len(scored['different'][0])} different")
        for at in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
            print(f"  cosine ≥ {at:.2f}{_rates(scored, 0, at)}{' <- used' if at == ALIKE else ''}")
        print(f"  baseline, a fifth of words shared{_rates(scored, 1, 0.2)}")


def _rates(scored: dict[str, tuple[list[float], list[float]]], which: int, at: float) -> str:
    met, wrong = (
        sum(value >= at for value in scored[kind][which]) / len(scored[kind][which])
        for kind in ("alike", "different")
    )
    return f": met {met:.2f}, by mistake {wrong:.2f}"


def _jaccard(one: str, other: str) -> float:
    a, b = (set(re.findall(r"[a-z]{3,}", text.lower())) for text in (one, other))
    return len(a & b) / max(1, len(a | b))


if __name__ == "__main__":
    main()
