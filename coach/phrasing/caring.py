"""Messages that no wording should polish: threats of harm, harassment, a person in danger."""

from __future__ import annotations

from pathlib import Path

from coach.language.cues import Cues

_LISTS = Cues(Path(__file__).with_name("care_cues"))
_PEOPLE = (
    "This is not something to find tactful words for. Speak to your program lead, to HR or to "
    "another person you trust; what happened to you deserves more than a good sentence."
)
_DANGER = (
    "If somebody may be in danger, call your local emergency number now, and then tell a person "
    "you trust. No wording matters more than that."
)
_THREAT = (
    "This reads as a threat to somebody. The coach does not reword threats. If you are being "
    "wronged, your program lead or HR can take it up; if you are this angry, wait a day."
)


def care_for(text: str) -> str:
    """What a person should hear before any advice on wording; empty for an ordinary message."""
    plain = text.replace("’", "'")
    if _LISTS.cue("danger").search(plain):
        return _DANGER
    if _LISTS.cue("harm").search(plain):
        return _THREAT
    return _PEOPLE if _LISTS.cue("harassment").search(plain) else ""
