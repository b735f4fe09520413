"""Where two accounts of one session differ: questions for next time, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.domain.kept_reflection import SharedLine, SharedSummary
from coach.domain.reflection import ItemKind
from coach.pair.overlap import overlaps
from coach.ports import Embedder


class Differs(StrEnum):
    """In what two accounts differ."""

    FEELING = "feeling"
    #: What went well for one was hard for the other.
    SUBJECT = "subject"
    #: A confirmed promise of which only one wrote.
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
    """The differences between my account and that of ``partner``: one of each kind at most.

    More would turn an evening's thought into a list of charges. Raises ``EmbedderError``.
    """
    found = (
        _feelings(mine, theirs, partner),
        _subjects(mine, theirs, partner, embedder),
        _promises(mine, theirs, partner, embedder),
    )
    return tuple(one for one in found if one is not None)


def _feelings(mine: SharedSummary, theirs: SharedSummary, partner: str) -> Gap | None:
    if mine.after is None or theirs.after is None:
        return None
    if not min(mine.after, theirs.after) < 0 < max(mine.after, theirs.after):
        return None
    return Gap(
        Differs.FEELING,
        f"You and {partner} left this session in different moods. What was the hour like for "
        "each of you, and which moment made the difference?",
    )


def _subjects(
    mine: SharedSummary, theirs: SharedSummary, partner: str, embedder: Embedder
) -> Gap | None:
    """What is nearest to the same thing, told as a win here and as a challenge there."""
    for ours, others in (
        (ItemKind.WIN, ItemKind.CHALLENGE),
        (ItemKind.CHALLENGE, ItemKind.WIN),
    ):
        left, right = _texts(mine, ours), _texts(theirs, others)
        for a, b in overlaps(left, right, embedder):
            return Gap(
                Differs.SUBJECT,
                f"You and {partner} seem to have lived this part differently. What did each of "
                "you see in it?",
                left[a],
                right[b],
            )
    return None


def _promises(
    mine: SharedSummary, theirs: SharedSummary, partner: str, embedder: Embedder
) -> Gap | None:
    """A promise of each account that the other account nowhere tells of."""
    ours, others = _alone(mine, theirs, embedder), _alone(theirs, mine, embedder)
    if ours and others:
        said = f"You and {partner} each tell of a promise that the other’s account does not have."
    elif ours:
        said = f"You tell of this promise, and {partner}’s account does not."
    elif others:
        said = f"{partner} tells of this promise, and your account does not."
    else:
        return None
    return Gap(Differs.PROMISE, f"{said} How does each of you remember it?", ours, others)


def _alone(here: SharedSummary, there: SharedSummary, embedder: Embedder) -> str:
    """The soonest due of the promises that only ``here`` has; empty if there is none."""
    promises = [one for one in here.items if one.kind is ItemKind.COMMITMENT]
    told = [*map(_act, there.items), *(one.text for one in there.paragraph)]
    acts = [_act(one) for one in promises]
    met = {a for a, _ in overlaps(acts, told, embedder)}
    left = [one for place, one in enumerate(promises) if place not in met]
    # An undated one comes after those with a day.
    left.sort(key=lambda one: (one.when is None, one.when or date.min))
    return _act(left[0]) if left else ""


def _act(line: SharedLine) -> str:
    return line.what or line.text


def _texts(summary: SharedSummary, kind: ItemKind) -> Sequence[str]:
    return [one.text for one in summary.items if one.kind is kind]
