"""Each way in which words may threaten face: how gravely, why, and what to say instead."""

from __future__ import annotations

from dataclasses import dataclass

from coach.domain.phrasing import Threat


@dataclass(frozen=True)
class About:
    """``severity`` is from 0 to 1; ``card`` is the key of the card that this stands on."""

    severity: float
    why: str
    instead: str
    card: str


ABOUT: dict[Threat, About] = {
    Threat.CRITICISM_OF_PERSON: About(
        0.8,
        "It judges the person, not something they did. A verdict on character can only be "
        "accepted or fought.",
        "Say what they did, on one occasion.",
        "behaviour-not-character",
    ),
    Threat.INSULT: About(
        1.0,
        "It attacks the person's standing, and will be all that they remember.",
        "Leave it out. Say what happened.",
        "behaviour-not-character",
    ),
    Threat.MIND_READING: About(
        0.7,
        "It claims to know what they think, feel or want. You can see what they did; what they "
        "meant has to be a question.",
        "Say what you saw, then ask what they had in mind.",
        "situation-behaviour-impact",
    ),
    Threat.ABSOLUTE: About(
        0.4,
        "“Always” and “never” invite the one counter-example, and make a moment into a verdict.",
        "Name one or two occasions.",
        "observation-not-verdict",
    ),
    Threat.COMMAND: About(
        0.5,
        "An order takes their freedom to choose. Upwards it also turns the ranks round.",
        "Ask for it, so that a no is possible.",
        "a-request-that-can-be-refused",
    ),
    Threat.COMPARISON: About(
        0.7,
        "It ranks them below somebody else, which costs status and teaches nothing.",
        "Say what you need, without anybody beside it.",
        "protect-their-status",
    ),
    Threat.CONDESCENSION: About(
        0.7,
        "It talks down. Kindly meant or not, it says that you expect little of them.",
        "Speak as you would to somebody who knows more than you about most things.",
        "ask-before-you-tell",
    ),
    Threat.SARCASM: About(
        0.7,
        "It says one thing and means another, so that they have to guess, and feel mocked.",
        "Say the plain thing.",
        "behaviour-not-character",
    ),
    Threat.AGE_OR_GENERATION: About(
        0.8,
        "It makes their age the reason. Nobody can change that, and it is rarely the cause.",
        "Leave age out; speak of the task.",
        "avoid-talking-about-generations",
    ),
    Threat.BLAME: About(
        0.6,
        "It hands out guilt before you both know what happened.",
        "Say what happened and what followed from it.",
        "situation-behaviour-impact",
    ),
    Threat.PUBLIC_EXPOSURE: About(
        0.7,
        "It happens in front of others, where saving face comes before hearing you.",
        "Say it to them alone.",
        "say-it-in-private",
    ),
    Threat.UNASKED_ADVICE: About(
        0.4,
        "Advice that nobody asked for says that they should have known.",
        "Ask first whether a suggestion is welcome.",
        "ask-before-you-tell",
    ),
    Threat.TESTING_QUESTION: About(
        0.6,
        "It examines them. A question whose answer you know puts them on trial.",
        "Ask what you truly do not know.",
        "questions-not-meant-to-trip",
    ),
    Threat.LEADING_QUESTION: About(
        0.4,
        "It has its answer built in, so that it is an opinion in disguise.",
        "State your view as yours, or ask openly.",
        "ask-what-you-truly-do-not-know",
    ),
    Threat.ACCUSING_QUESTION: About(
        0.6,
        "“Why did you …” asks for a defence, not for a reason.",
        "Ask how it came about.",
        "open-questions",
    ),
    Threat.RANK_PULLING: About(
        0.6,
        "It puts the rank on the table. The other may obey, and will stop telling you things.",
        "Give the reason instead of the rank.",
        "leave-your-rank-at-the-door",
    ),
    Threat.APOLOGY_THAT_UNDOES_ITSELF: About(
        0.5,
        "The “but” or the “if” takes the apology back.",
        "Apologise for one thing, or do not apologise.",
        "repair-after-it-landed-badly",
    ),
    Threat.GROVELLING: About(
        0.4,
        "It makes you so small that your point shrinks with you, and asks them to comfort you.",
        "One plain sentence is polite enough.",
        "do-not-bury-the-point",
    ),
    Threat.BURIED_POINT: About(
        0.3,
        "There is so much before the point that a busy reader will miss it.",
        "Put the point first and the courtesy after it.",
        "do-not-bury-the-point",
    ),
    Threat.ULTIMATUM: About(
        0.9,
        "A threat ends the conversation: from here on they guard themselves.",
        "Say what you need and why it matters to you.",
        "a-request-that-can-be-refused",
    ),
    Threat.HEARSAY: About(
        0.6,
        "Nameless others cannot be answered, and make the room feel full of enemies.",
        "Speak for yourself alone.",
        "observation-not-verdict",
    ),
    Threat.BACKHANDED_PRAISE: About(
        0.6,
        "The praise carries a low opinion inside it.",
        "Praise the thing that was done, without a “for”.",
        "behaviour-not-character",
    ),
    Threat.OBVIOUSNESS: About(
        0.4,
        "If it is obvious, not knowing it is shameful. That is what they will hear.",
        "Leave the word out.",
        "protect-their-status",
    ),
    Threat.DISMISSAL: About(
        0.6,
        "It says that what they think or need does not count.",
        "Say what you heard before you say no.",
        "sound-receptive",
    ),
    Threat.IMPATIENCE: About(
        0.4,
        "It counts their failings aloud.",
        "Say what you need now, and by when.",
        "a-request-that-can-be-refused",
    ),
}
