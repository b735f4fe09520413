"""How to take something hard that one was told, and how to mend what landed badly."""

from __future__ import annotations

from pydantic import Field

from coach.domain.guidance import Citation, Frozen

#: Minutes of a follow-up; short, so that it stays a repair and does not become a hearing.
FOLLOW_UP_MINUTES = 10


class ReceiveAdvice(Frozen):
    """What to say to somebody who told one something hard, and what to leave unsaid.

    ``replies`` thank, ask for an instance and ask what better would have looked like;
    ``advice_question`` asks for advice on what comes next. ``note`` says how the words were read,
    such as a label without an instance. Where ``care`` points to the right people, nothing is to
    be received, and there are no replies.
    """

    text: str
    replies: tuple[str, ...]
    advice_question: str
    avoid: tuple[str, ...]
    citations: tuple[Citation, ...]
    note: str = ""
    care: str = ""


class ReflectionPrompt(Frozen):
    """One of the three questions, and a line that begins the answer from what was written."""

    question: str
    line: str


class FollowUpStep(Frozen):
    """A step of the follow-up conversation; ``minutes`` of all steps sum to ten."""

    title: str
    minutes: int = Field(ge=1, le=FOLLOW_UP_MINUTES)
    how: str


class RepairKit(Frozen):
    """After something landed badly: private prompts, words to open with, a short agenda.

    ``opener`` is what to say first; ``blanks`` are the facts in it that only the person has,
    marked as […]. Where ``care`` points to the right people, there is nothing to open together.
    """

    text: str
    prompts: tuple[ReflectionPrompt, ...]
    opener: str
    blanks: tuple[str, ...]
    agenda: tuple[FollowUpStep, ...]
    citations: tuple[Citation, ...]
    note: str = ""
    care: str = ""
