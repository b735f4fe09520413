"""How the receiver's card is followed."""

from __future__ import annotations

import re

from coach.domain.phrasing import Level
from coach.domain.receiver import ReceiverCard, Way

_OWNER = re.compile(r"^(?:my|our|the|any|all|talk of|jokes about) ", re.IGNORECASE)
MOMENT = "Is now a good moment, or would another time suit you better?"


def off_limits(text: str, card: ReceiverCard | None) -> str:
    """The first word of ``text`` that the card puts off limits, or an empty text."""
    if card is None or not card.in_force:
        return ""
    for word in card.off_limits:
        # "My divorce" on their card is "your divorce" in what is said to them.
        plain = _OWNER.sub("", word.strip())
        if plain and re.search(rf"(?<!\w){re.escape(plain)}s?(?!\w)", text, re.IGNORECASE):
            return word.strip()
    return ""


def ordered(card: ReceiverCard | None) -> tuple[Level, ...]:
    """The levels, the one that the receiver asked for first."""
    if card is None or not card.in_force:
        return tuple(Level)
    first = Level(card.directness.value)
    return (first, *(level for level in Level if level is not first))


def followed(card: ReceiverCard | None, refused: int) -> tuple[str, ...]:
    """What was done for the receiver, in plain words. ``refused`` rungs broke a limit of theirs."""
    if card is None:
        return ()
    if not card.in_force:
        return ("The receiver's card is not in force, so it was not followed.",)
    said = [
        f"They asked for {card.directness.value} words: the {card.directness.value} rung stands first."  # noqa: E501 - one pattern or sentence
    ]
    if card.way is Way.SPOKEN:
        said.append("They want to hear it: say it, and leave the e-mail unsent.")
    elif card.way is Way.WRITTEN:
        said.append("They want it in writing: use the e-mail form.")
    if card.notice:
        said.append("They want notice: each rung begins by asking for a moment.")
    if card.off_limits:
        words = "One suggestion was" if refused == 1 else f"{refused} suggestions were"
        said.append(
            f"{words} left out for words that they put off limits."
            if refused
            else "None of the words that they put off limits is used."
        )
    if card.helps.strip():
        said.append(f"What helps them when it is hard: “{card.helps.strip()}”")
    return tuple(said)
