"""What a reflection asks: by form, by role, and by how far the program has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.domain.guidance import Stage
from coach.domain.kept_reflection import Form
from coach.domain.program import Role


@dataclass(frozen=True)
class Prompt:
    """One box to write into; ``key`` is what its words are kept under."""

    key: str
    title: str
    ask: str


#: The card of the library that a form stands on.
CARDS: Mapping[Form, str] = {
    Form.THREE: "what-so-what-now-what",
    Form.SIX: "six-steps-after-a-hard-session",
}
_THREE = ("what", "What?"), ("so-what", "So what?"), ("now-what", "Now what?")
_SIX = (
    ("description", "What happened"),
    ("feelings", "What you felt"),
    ("evaluation", "What went well and badly"),
    ("analysis", "What may explain it"),
    ("conclusion", "What else you could have done"),
    ("plan", "What you will say next time"),
)
_FREE = (("free", "In your own words"),)

_ASKED_OF_THREE: Mapping[tuple[Role, Stage], Sequence[str]] = {
    (Role.MENTOR, Stage.FIRST): (
        "What happened in your first hour? What did you show, and what did they want to know?",
        "What did you find out about how they learn, and about being the one who teaches?",
        "What will you prepare, ask or do differently, and by which day?",
    ),
    (Role.MENTOR, Stage.MIDDLE): (
        "What happened? Which moment do you still think of, and what did they do on their own?",
        "What does it tell you about what helps them, and what did you learn from them?",
        "What will you keep, what will you change, and by which day?",
    ),
    (Role.MENTOR, Stage.LAST): (
        "What did you look back on, and what can they do now that they could not at the start?",
        "What have these months taught you, about your subject, about leading, about yourself?",
        "What will you carry on with, and what do you want to thank them for?",
    ),
    (Role.MENTEE, Stage.FIRST): (
        "What happened in your first hour? What did you try yourself, and where did you hesitate?",
        "What was it like not to be the expert, and what does it change in how you see the topic?",
        "What small thing will you try in your own work, and on which day?",
    ),
    (Role.MENTEE, Stage.MIDDLE): (
        "What happened? What did you do yourself, and what did you hear for the first time?",
        "What does it mean for your team and your decisions, and what could you give back?",
        "What will you use, stop or ask about, and on which day?",
    ),
    (Role.MENTEE, Stage.LAST): (
        "What did you look back on, and what do you do today that you would not have done before?",
        "Which view of yours has changed, and what made it change?",
        "What will you pass on, and what do you want to thank them for?",
    ),
}
_ASKED_OF_SIX: Mapping[Role, Sequence[str]] = {
    Role.MENTOR: (
        "What was said, in order? Write it once as they might tell it, too.",
        "What did you feel in the room, with somebody senior before you, and what now?",
        "Which part still worked, and which did not?",
        "What may have been behind it, on their side and on yours?",
        "What else could you have said or done at that moment?",
        "How will you begin when you meet again?",
    ),
    Role.MENTEE: (
        "What was said, in order? Write it once as they might tell it, too.",
        "What did you feel in the room, as the one who was told, and what now?",
        "Which part still worked, and which did not?",
        "What may have been behind it, on their side, on yours, and in your difference of rank?",
        "What else could you have said or done at that moment?",
        "How will you make it easy for them to speak when you meet again?",
    ),
}
_ASKED_OF_FREE: Mapping[Role, Sequence[str]] = {
    Role.MENTOR: ("Whatever stays with you of this hour: what they did, and what you saw.",),
    Role.MENTEE: ("Whatever stays with you of this hour: what you tried, and what you heard.",),
}


def prompts_for(form: Form, role: Role, stage: Stage) -> tuple[Prompt, ...]:
    """The prompts of ``form`` for somebody in ``role``, in order."""
    if form is Form.THREE:
        between = stage if stage in {Stage.FIRST, Stage.LAST} else Stage.MIDDLE
        return _joined(_THREE, _ASKED_OF_THREE[role, between])
    if form is Form.SIX:
        return _joined(_SIX, _ASKED_OF_SIX[role])
    return _joined(_FREE, _ASKED_OF_FREE[role])


def titles() -> dict[str, str]:
    """What every prompt is called, by its key."""
    return dict((*_THREE, *_SIX, *_FREE))


def _joined(named: Sequence[tuple[str, str]], asked: Sequence[str]) -> tuple[Prompt, ...]:
    return tuple(Prompt(key, title, ask) for (key, title), ask in zip(named, asked, strict=True))
