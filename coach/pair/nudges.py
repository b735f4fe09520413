"""What a pair is told kindly, and only when there is reason to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.domain.agreement import Agreement
from coach.domain.meeting import Session, SessionState
from coach.pair.current import cancelled_last


@dataclass(frozen=True)
class Nudge:
    """One line for both of a pair, and the key of the library's card that it stands on."""

    text: str
    card: str


def nudges(
    sessions: tuple[Session, ...],
    agreement: Agreement | None,
    today: date,
    mentor: str,
    mentee: str,
) -> tuple[Nudge, ...]:
    """What there is reason to say; ``mentor`` and ``mentee`` are their names."""
    found = (
        _one_way(sessions, mentor, mentee),
        _cancelled(sessions),
        _review(agreement, today),
    )
    return tuple(nudge for nudge in found if nudge)


def _one_way(sessions: tuple[Session, ...], mentor: str, mentee: str) -> Nudge | None:
    last = [one for one in sessions if one.state is SessionState.HELD][-2:]
    if len(last) < 2:
        return None
    if all(one.mentor_taught and not one.mentee_taught for one in last):
        return Nudge(
            f"In the last two sessions only {mentor} taught. Keep a quarter of the next one for "
            f"something that {mentee} can give: the story behind a decision, or an introduction.",
            "give-something-back",
        )
    if all(one.mentee_taught and not one.mentor_taught for one in last):
        return Nudge(
            f"In the last two sessions only {mentee} taught. Let {mentor} show one small thing in "
            "the next one; that is what this mentoring is for.",
            "swap-learner-and-expert",
        )
    return None


def _cancelled(sessions: tuple[Session, ...]) -> Nudge | None:
    in_a_row = cancelled_last(one for one in sessions if one.state is not SessionState.PLANNED)
    if in_a_row > 1:
        return Nudge(
            f"The last {in_a_row} sessions were cancelled. Talk about the rhythm itself: which "
            "hours of your weeks are hard for others to take?",
            "rhythm-and-cancelling",
        )
    return None


def _review(agreement: Agreement | None, today: date) -> Nudge | None:
    if agreement and agreement.review_on and agreement.review_on <= today:
        return Nudge(
            "You set a date to look at your agreement again, and it has come. Read it together, "
            "and reopen it if something has changed.",
            "midway-review",
        )
    return None
