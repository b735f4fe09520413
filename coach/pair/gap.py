"""Where two accounts of one session differ: questions for next time, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.domain.kept_reflection import SharedLine, SharedSummary
from coach.domain.reflection import ItemKind
from coach.pair.overlap import overlaps
from coach.ports import Embedder

#: More would turn an evening's thought into a list of charges.
MOST = 5


class Differs(StrEnum):
    """In what two accounts differ."""

    FEELING = "feeling"
    #: What went well for one was hard for the other.
    SUBJECT = "subject"
    #: A commitment that only one noted.
    PROMISE = "promise"


@dataclass(frozen=True)
class Gap:
    """One difference. ``mine`` and ``theirs`` are words of the two accounts, or empty."""

    differs: Differs
    question: str
    mine: str = ""
    theirs: str = ""


def gaps(
    mine: SharedSummary, theirs: SharedSummary, partner: str, embedder: Embedder
) -> tuple[Gap, ...]:
    """The differences between my account and that of ``partner``, a few at most.

    Raises ``EmbedderError``.
    """
    found = [
        *_feelings(mine, theirs, partner),
        *_subjects(mine, theirs, partner, embedder),
        *_promises(mine, theirs, partner, embedder),
    ]
    return tuple(found[:MOST])


def _feelings(mine: SharedSummary, theirs: SharedSummary, partner: str) -> Iterator[Gap]:
    if mine.after is None or theirs.after is None:
        return
    if min(mine.after, theirs.after) < 0 < max(mine.after, theirs.after):
        yield Gap(
            Differs.FEELING,
            f"You and {partner} left this session in different moods. What was the hour like for "
            "each of you, and which moment made the difference?",
        )


def _subjects(
    mine: SharedSummary, theirs: SharedSummary, partner: str, embedder: Embedder
) -> Iterator[Gap]:
    for ours, others in (
        (ItemKind.WIN, ItemKind.CHALLENGE),
        (ItemKind.CHALLENGE, ItemKind.WIN),
    ):
        left, right = _texts(mine, ours), _texts(theirs, others)
        for a, b in overlaps(left, right, embedder):
            yield Gap(
                Differs.SUBJECT,
                f"You and {partner} seem to have lived this part differently. What did each of "
                "you see in it?",
                left[a],
                right[b],
            )


def _promises(
    mine: SharedSummary, theirs: SharedSummary, partner: str, embedder: Embedder
) -> Iterator[Gap]:
    left, right = _acts(mine.items), _acts(theirs.items)
    met = overlaps(left, right, embedder)
    for place, words in enumerate(left):
        if place not in {a for a, _ in met}:
            yield Gap(
                Differs.PROMISE,
                f"You noted this, and {partner} did not. How does each of you remember it?",
                mine=words,
            )
    for place, words in enumerate(right):
        if place not in {b for _, b in met}:
            yield Gap(
                Differs.PROMISE,
                f"{partner} noted this, and you did not. How does each of you remember it?",
                theirs=words,
            )


def _texts(summary: SharedSummary, kind: ItemKind) -> list[str]:
    return [one.text for one in summary.items if one.kind is kind]


def _acts(items: Sequence[SharedLine]) -> list[str]:
    return [one.what or one.text for one in items if one.kind is ItemKind.COMMITMENT]
