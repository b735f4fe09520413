"""Messages that no wording should polish: a person in danger, harassment, violence, threats.

Every tool asks here, so that none of them offers words where people are needed.
"""

from __future__ import annotations

from coach.phrasing.care_lists import crossed
from coach.phrasing.slurs import has_slur

_DANGER = (
    "If somebody may be in danger, call your local emergency number now, and then tell a person "
    "you trust. No wording matters more than that. You need not carry this alone: a crisis line, "
    "a doctor or a friend will listen today."
)
_PEOPLE = (
    "This is not something to find tactful words for. Speak to your program lead, to HR or to "
    "another person you trust; what happened deserves more than a good sentence. If you or anybody "
    "else is in danger, get out first and call your local emergency number."
)
_VIOLENT = (
    "No wording can mend this, and the coach will not try. Safety first: keep away from the other "
    "person, and call for help if anybody is hurt. Then go to HR or your program lead today, and "
    "say plainly what you did. Do not approach the other person about it yourself."
)
_ACCUSED = (
    "Take this seriously. It is no matter of wording, whatever you meant. Do not approach the "
    "other person about it yourself, or through others, and stop what it is about. Speak to HR or "
    "your program lead, who can hear both of you and say what comes next."
)
_THREAT = (
    "This reads as a threat to somebody. The coach does not reword threats. If you are being "
    "wronged, your program lead or HR can take it up; if you are this angry, wait a day. If "
    "anybody may be hurt, keep away and call your local emergency number."
)
_ADVANCE = (
    "This crosses a line, and no wording makes it right: do not say it. If somebody said it to "
    "you, keep a note of it and go to HR, your program lead or another person you trust."
)
_TOLD = (
    "This is no feedback to be received, and you need not find words for it. Write down the date, "
    "the place and the exact words, keep every message, and take it to your program's contact or "
    "to HR. If you are in danger, get out first."
)
_SLUR = (
    "A slur was used, and the coach does not repeat it or dress it up. If you said it, do not "
    "explain it away: speak to your program lead or HR before you go back. If it was said to you, "
    "you owe no answer: write it down and take it to them."
)


def care_for(text: str) -> str:
    """What the writer should hear before any advice on wording; empty for an ordinary message."""
    notes = (
        (_DANGER, "danger"),
        (_THREAT, "threats"),
        (_VIOLENT, "violence"),
        (_ACCUSED, "accused"),
        (_PEOPLE, "harassment"),
        (_ADVANCE, "advances"),
    )
    note = next((note for note, name in notes if crossed(text, name)), "")
    if not note and has_slur(text) and crossed(text, "named"):
        return _PEOPLE
    return note


def care_when_told(text: str) -> str:
    """The same for somebody who was told ``text``: "you" in it is the reader."""
    if crossed(text, "danger"):
        return _DANGER
    if crossed(text, "accused") or _complains_of_reader(text):
        return _ACCUSED
    return _TOLD if crossed(text, "violence", "threats", "harassment", "advances") else ""


def care_or_slur(text: str) -> str:
    """As ``care_for``, for tools that quote what they read and must not quote a slur."""
    return care_for(text) or (_SLUR if has_slur(text) else "")


def _complains_of_reader(text: str) -> bool:
    """Whether the reader is told what they did: no threat or advance, and no third person."""
    if crossed(text, "threats", "advances") or not crossed(text, "harassment"):
        return False
    return crossed(text, "addressed") and not crossed(text, "others")
