"""Questions that expect the answer "nothing": "and what have you ever led yourself?"."""

from __future__ import annotations

import re

from coach.phrasing.question_kinds import CUES, plain_of

#: Why such a question hurts, and what to ask for.
BELITTLING = (
    "It sounds as if you expected the answer “nothing”, so the other person has to defend "
    "themselves; ask for what they have done, and listen to what it taught them."
)
_DONE = re.compile(
    r"\bwhat(?: (?:exactly|precisely))? have you "
    r"(?:(?:ever|actually|really|even) )+(?P<done>\w+)"
)
_GENERAL = (
    "Which of your experiences would help me most here, and why?",
    "What have you seen in your work that I have not?",
)


def belittles(text: str) -> bool:
    """Whether ``text`` asks only to say that there is nothing to tell."""
    return CUES.cue("belittling").search(plain_of(text)) is not None


def forms_of_belittling(text: str) -> tuple[str, ...]:
    """The same asked with interest."""
    found = _DONE.search(plain_of(text))
    if found is None:
        return _GENERAL
    return (f"What have you {found['done']} so far that taught you most?", *_GENERAL)
