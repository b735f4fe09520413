"""Which notes of two people are about the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from coach.ports import Embedder

#: Cosine of two notes' vectors from which they count as one subject; `python -m evals.overlap`
#: prints what it finds and misses.
ALIKE = 0.35


def overlaps(
    mine: Sequence[str], theirs: Sequence[str], embedder: Embedder
) -> tuple[tuple[int, int], ...]:
    """Positions of notes that belong together, the nearest first, each at most once.

    Raises ``EmbedderError``.
    """
    if not mine or not theirs:
        return ()
    vectors = embedder.embed([*mine, *theirs])
    near = vectors[: len(mine)] @ vectors[len(mine) :].T
    ranked = sorted(
        ((float(near[a, b]), a, b) for a in range(len(mine)) for b in range(len(theirs))),
        reverse=True,
    )
    found: list[tuple[int, int]] = []
    for likeness, a, b in ranked:
        if likeness < ALIKE:
            break
        if all(a != other_a and b != other_b for other_a, other_b in found):
            found.append((a, b))
    return tuple(found)
