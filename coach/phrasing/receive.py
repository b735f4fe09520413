"""Receive it well: what to say to somebody who told one something hard."""

from __future__ import annotations

import re

from coach.domain.library import GuidanceLibrary
from coach.domain.receiving import ReceiveAdvice
from coach.phrasing.ask_well import cite, is_english, readable
from coach.phrasing.caring import care_when_told
from coach.phrasing.heard import heard_in
from coach.phrasing.nothing_said import says_nothing
from coach.phrasing.question_kinds import CUES, plain_of
from coach.phrasing.retold import as_it_was_said
from coach.phrasing.slurs import has_slur
from coach.phrasing.spelling import written_out
from coach.phrasing.told import Told
from coach.phrasing.unlisted import unlisted
from coach.ports import Grammar

_INSULTED = (
    "This is an insult, not feedback: it names nothing that you could change, and you owe it no "
    "answer. You may say “I would like to hear what happened, without the name-calling” and end "
    "the talk. If it happens again, take it to your program's contact or to HR."
)
_NOTHING = (
    "There is nothing here to answer yet. Write what you were told, as you remember it, in one "
    "sentence or more."
)
_CARDS = (
    "thank-and-probe",
    "listen-before-you-reply",
    "ask-for-advice-not-feedback",
    "invite-candour",
)
_CROSSED = "when-a-line-is-crossed"
_AVOID = (
    "Defending yourself or explaining what you meant. Your own view can wait until next time.",
    "Asking who else said it. It ends the supply and puts your mentor in a difficult place.",
    "Apologising at length. Then the other person has to comfort you; one thank you is enough.",
)
_AVOID_PRAISE = (
    "Waving it away. “Oh, it was nothing” tells the other person that they judged badly.",
    "Returning the compliment at once. It makes theirs sound like an opening bid.",
    "Fishing for more. Ask for one instance, then for one thing to do differently.",
)
_NOTES = {
    "label": (
        "This is a label, not yet something you could change. Ask for one instance before you "
        "decide whether it fits."
    ),
    "hearsay": (
        "This passes on what others say. Ask what was seen, never who said it, and do not make "
        "your mentor speak for the others."
    ),
    "praise": (
        "This is praise. Take it with one sentence, wait a moment, and then make the question "
        "smaller: one slide, one paragraph, one habit."
    ),
    "language": (
        "The text cannot be read as English, and only English is checked, so these replies fit "
        "any remark; put them in your own language."
    ),
    "several": (
        "This is more than one thing. Say all of it back, and then let the other person choose "
        "where to begin."
    ),
    "general": "These replies fit any remark, because no single act could be read out of this one.",
}
#: Said where nothing can be said back: no reply promises what does not follow.
_TAKING_IT_IN = "Give me a moment to take it in."
_EACH_OF_IT = "There is more than one thing in it, and I would like to hear each."
#: Of a joke or a comment: the moment, what would have been better, and advice.
_AFTER_A_REMARK = (
    "Take me to that moment. What did you see, or hear, once I had said it?",
    "What would you rather have heard from me, just then?",
    "What would you do about it in my place, before we meet again?",
)
#: Words of a wish beside its act: "it would help me if you could …".
_FRAME_WORDS = 9
_RIGHT = "Have I got that right?"
_THANKS = "Thank you. That can't have been easy to say to me."


class Receive:
    """Advice for somebody who was told something hard. Holds none of it."""

    def __init__(self, grammar: Grammar, library: GuidanceLibrary) -> None:
        self._grammar = grammar
        self._library = library

    def advise(self, text: str) -> ReceiveAdvice:
        """Three replies, a question that asks for advice, and what to avoid.

        An insult, harassment or a threat gets no reply: ``care`` points to the right people. Nor
        does a text that says nothing: ``note`` asks for what was said.
        Raises ``BriefError`` where there is nothing to read, or too much.
        """
        text = readable(text, "what you were told")
        if says_nothing(text):
            return self._silent(text)
        said = as_it_was_said(text, self._grammar)
        plain = plain_of(said)
        if care := care_when_told(text) or care_when_told(said):
            return self._referred(text, care)
        if CUES.cue("insult").search(plain) or has_slur(text):
            return self._referred(text, _INSULTED)
        if not is_english(text):
            return self._advised(text, Told(), _NOTES["language"])
        told = heard_in(self._grammar.read(_calm(said)))
        if CUES.cue("praise").search(plain) and not CUES.cue("turning_point").search(plain):
            return self._praised(text)
        notes = []
        if CUES.cue("hearsay").search(plain):
            notes.append(_NOTES["hearsay"])
        if told.several:
            notes.append(_NOTES["several"])
        elif told.label:
            notes.append(_NOTES["label"])
        elif not (told.doing or told.about or told.said):
            notes.append(_NOTES["general"])
        return self._advised(text, told, " ".join(notes))

    def _advised(self, text: str, told: Told, note: str) -> ReceiveAdvice:
        instance, better, advice = (
            _AFTER_A_REMARK
            if _is_of_a_remark(told)
            else (_instance(told), _better(told), _advice(told))
        )
        return ReceiveAdvice(
            text=text,
            replies=(_thanks(told), instance, better),
            advice_question=advice,
            avoid=_AVOID,
            citations=tuple(cite(self._library, key) for key in _CARDS),
            note=note,
        )

    def _praised(self, text: str) -> ReceiveAdvice:
        return ReceiveAdvice(
            text=text,
            replies=(
                "Thank you. I am glad that you told me.",
                "Which moment do you have in mind?",
                "What in it was of use to you, so that I keep it?",
            ),
            advice_question="What is one thing you would do differently in my place next time?",
            avoid=_AVOID_PRAISE,
            citations=tuple(cite(self._library, key) for key in reversed(_CARDS)),
            note=_NOTES["praise"],
        )

    def _silent(self, text: str) -> ReceiveAdvice:
        citations = (cite(self._library, _CARDS[0]),)
        return ReceiveAdvice(
            text=text, replies=(), advice_question="", avoid=(), citations=citations, note=_NOTHING
        )

    def _referred(self, text: str, care: str) -> ReceiveAdvice:
        return ReceiveAdvice(
            text=text,
            replies=(),
            advice_question="",
            avoid=(),
            citations=(cite(self._library, _CROSSED),),
            care=care,
        )


def _calm(text: str) -> str:
    """``text`` with its hurried spellings written out, without its shouting or its numbers."""
    calm = unlisted(text.capitalize() if text.isupper() else text)
    return written_out(re.sub(r"\bu\b", "you", calm))


def _thanks(told: Told) -> str:
    longer = sum(len(one.split()) for one in told.said) > len(told.act.split()) + _FRAME_WORDS
    if told.said and (told.several or not told.wished or longer):
        return f"{_THANKS} What I heard is that {_listed(told.said)}. {_RIGHT}"
    if told.several:
        return f"{_THANKS} {_EACH_OF_IT}"
    heard = _TAKING_IT_IN
    if told.wished:
        heard = f"You would like me to {told.act}. {_RIGHT}"
    elif told.doing:
        not_ = "not " if told.negated else ""
        heard = f"What I heard is that it was about my {not_}{told.doing}. {_RIGHT}"
    elif told.about:
        heard = f"What I heard is that it was about {told.about}. {_RIGHT}"
    return f"{_THANKS} {heard}"


def _listed(said: tuple[str, ...]) -> str:
    """Give "one", "one, and that two", "one, that two, and that three"."""
    if len(said) == 1:
        return said[0]
    return f"{', that '.join(said[:-1])}, and that {said[-1]}"


def _instance(told: Told) -> str:
    if told.several:
        return "Which of these matters most to you, and when did you last notice it?"
    if told.wished:
        return f"When would it have helped if I had thought of {told.doing}?"
    if told.label and told.doing:
        return f"When did you notice me {told.doing}, and what had I just said or done?"
    if told.doing:
        noticed = f"When did you last notice me {'not ' if told.negated else ''}{told.doing}?"
        there = "Take me to that moment. What did you see me do, or hear me say?"
        return there if told.dated else noticed
    if told.about:
        return f"Which moment with {told.about} do you have in mind?"
    return "Take me to the moment when you noticed it. What had I just said or done?"


def _better(told: Told) -> str:
    if told.several:
        return "For the one that matters most, what would better have looked like?"
    if told.wished:
        return f"What would {told.doing} have looked like, the last time it mattered?"
    if told.doing and told.negated:
        return f"What would {told.doing} have looked like, just then?"
    if told.doing and told.act:
        return f"What could I have done just then instead of {told.doing}?"
    if _is_mine(told.about):
        return f"What would better have looked like, with {told.about}?"
    return "What would better have looked like, just then?"


def _advice(told: Told) -> str:
    if told.several:
        return "Which of these would you work on first in my place, and how?"
    if told.wished:
        return f"What would you try first in my place, to {told.act}?"
    if told.doing and told.act:
        goal = f"to {told.act}" if told.negated else f"to stop myself {told.doing}"
        return f"What would you try in my place, {goal}, before we meet again?"
    if _is_mine(told.about):
        return f"In my place, what is one thing you would change about {told.about}?"
    return "What is one thing you would try in my place before we meet again?"


def _is_mine(about: str) -> bool:
    """Whether it may be for the listener to change: no burnout of the speaker's."""
    return bool(about) and not about.startswith("your ")


def _is_of_a_remark(told: Told) -> bool:
    """Whether it is about what was said once, and so cannot be changed: "my joke about …"."""
    if told.several or told.wished or told.doing or not told.about:
        return False
    head = re.split(r" (?:about|on|of|to|in|at|with|for|from) ", told.about.lower(), maxsplit=1)[0]
    return head.split()[-1] in CUES.word_list("utterances")
