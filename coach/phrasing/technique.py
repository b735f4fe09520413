"""The library's techniques that a rung may use, each with the card that it stands on."""

from __future__ import annotations

from coach.domain.guidance import Frozen


class Technique(Frozen):
    """A way of saying it: its name, why it helps, and the card that it stands on."""

    key: str
    name: str
    why: str


ASK_FIRST = Technique(
    key="ask-before-you-tell",
    name="ask, offer, ask",
    why="Asking first leaves the other in charge of the talk, and the last question asks for their side.",  # noqa: E501 - one pattern or sentence
)
SEEK_ADVICE = Technique(
    key="ask-for-advice-not-feedback",
    name="seek advice",
    why="It asks for their advice, which honours what they know and still names the matter.",
)
HUMBLE = Technique(
    key="ask-what-you-truly-do-not-know",
    name="humble inquiry",
    why="It says what you saw and asks for what only the other can know.",
)
MOMENT = Technique(
    key="situation-behaviour-impact",
    name="situation, behaviour, impact",
    why="It names what happened and its effect, which can be talked about; a verdict can only be fought.",  # noqa: E501 - one pattern or sentence
)
RECEPTIVE = Technique(
    key="sound-receptive",
    name="receptive “I” statement",
    why="It says that another view is possible, so the other need not defend theirs first.",
)
REQUEST = Technique(
    key="a-request-that-can-be-refused",
    name="observation and request",
    why="A request that can be refused leaves the other their choice.",
)
PLAIN = Technique(
    key="do-not-bury-the-point",
    name="the plain point",
    why="The point stands first and nothing is wrapped round it. Direct is not rude.",
)
OBSERVED = Technique(
    key="observation-not-verdict",
    name="observation, no verdict",
    why="It keeps to what anybody could have seen, without a verdict on the person.",
)


FRAME = Technique(
    key="observation-not-verdict",
    name="a frame to fill",
    why="It claims nothing. What you saw or heard goes into the blanks; only you know it.",
)
