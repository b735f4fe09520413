"""What is known around a message: where it will be said, to whom, and what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.domain.phrasing import Channel, Context, Level
from coach.domain.receiver import ReceiverCard, Way

_ABOVE = re.compile(
    r"\b(?:my )?(?:boss|manager|director|head|chief|ceo|cto|cfo|coo|vp|senior|mentee|leader|lead|"
    r"partner|professor|principal|supervisor|president|executive|board|owner|superior|above)\b",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:(?:my )?(?:intern|report|direct report|junior|mentor|trainee|apprentice|assistant|"
    r"graduate|student|employee)|reports to me|works for me|i manage|i lead|below)\b",
    re.IGNORECASE,
)
_ABOVE_ME = re.compile(
    r"\b(?:i report to|reports? to (?:him|her|them)|i work for)\b", re.IGNORECASE
)


def channel_of(card: ReceiverCard | None, given: Channel) -> Channel:
    """Where to say it: as the receiver wants it, else as the person said."""
    if card is None or not card.in_force or card.way is Way.EITHER:
        return given
    if card.way is Way.SPOKEN:
        return Channel.IN_PERSON
    return given if given is not Channel.IN_PERSON else Channel.EMAIL


def suggested(
    context: Context, card: ReceiverCard | None, there: Sequence[Level]
) -> tuple[Level, str]:
    """Which of the rungs that are ``there`` to try first, and why; what the receiver asked counts.

    Where the one that fits best is not there, it is the first one, for no reason of its own.
    """
    level, why = _fitting(context, card)
    if level in there or not there:
        return level, why if there else ""
    return there[0], ""


def _fitting(context: Context, card: ReceiverCard | None) -> tuple[Level, str]:
    if card is not None and card.in_force:
        level = Level(card.directness.value)
        return level, f"Their card asks for {level.value} words."
    who = context.relationship
    if _BELOW.search(who) and not _ABOVE_ME.search(who):
        return Level.GENTLE, "From above, words weigh more than you mean: ask first."
    if _ABOVE.search(who) or _ABOVE_ME.search(who):
        return Level.BALANCED, "Upwards, an observation and a request are easiest to hear."
    if context.channel is Channel.CHAT:
        return Level.DIRECT, "A chat has no voice and little room: say it plainly and shortly."
    if context.channel is Channel.EMAIL:
        return Level.BALANCED, "An e-mail is read twice: say what happened, then what you ask."
    return Level.GENTLE, "In person you can ask first and see how it lands."
