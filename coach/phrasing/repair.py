"""The repair kit: what to do after something landed badly."""

from __future__ import annotations

import re

from coach.domain.library import GuidanceLibrary
from coach.domain.receiving import FollowUpStep, ReflectionPrompt, RepairKit
from coach.phrasing.ask_well import cite, is_english, readable
from coach.phrasing.caring import care_or_slur
from coach.phrasing.owning import day_in, opener_of, reaction_in

_CARDS = ("repair-after-it-landed-badly", "what-so-what-now-what", "six-steps-after-a-hard-session")
_CROSSED = "when-a-line-is-crossed"
_BLANK = "[the sentence you regret]"
_WAS_TOLD = re.compile(
    r"\b(?:he|she|they|my (?:\w+ )?\w+) "
    r"(?:told|said|called|asked|criticised|criticized|interrupted|corrected) ",
    re.IGNORECASE,
)
_GENERAL = (
    f"Last time I said {_BLANK}. I own how that sounded, and I am sorry. How was it from your side?"
)
_AFTER_BEING_TOLD = (
    "Last time, when you told me [what you were told], I [what you did]. I own how I took it, and "
    "I am sorry. How was it from your side?"
)
_LANGUAGE = (
    "The text cannot be read as English, and only English is checked, so the kit is a general one."
)
#: Characters of what happened that a prompt quotes.
_MOST_QUOTED = 160
_AGENDA = (
    ("Open", 1, "Say your one sentence, and stop."),
    ("Listen", 4, "Ask “How did it sound from your side?” and hear the whole answer."),
    ("One thing each", 3, "Each names one thing to do differently; nobody argues about the past."),
    ("Next time", 2, "Agree what you will do, fix the next date, and return to ordinary work."),
)


def repair(text: str, library: GuidanceLibrary) -> RepairKit:
    """Private prompts, words to open with, and a ten-minute agenda for what ``text`` tells.

    Harassment and threats get no kit: ``care`` points to the right people. Raises ``BriefError``
    where there is nothing to read, or too much.
    """
    text = readable(text, "what happened, and what you said")
    if care := care_or_slur(text):
        citation = cite(library, _CROSSED)
        return RepairKit(
            text=text, prompts=(), opener="", blanks=(), agenda=(), citations=(citation,), care=care
        )
    english = is_english(text)
    told = english and _WAS_TOLD.search(text)
    opener = (opener_of(text) if english else "") or (_AFTER_BEING_TOLD if told else _GENERAL)
    return RepairKit(
        text=text,
        prompts=_prompts(text),
        opener=opener,
        blanks=tuple(re.findall(r"\[[^\]]+\]", opener)),
        agenda=tuple(
            FollowUpStep(title=title, minutes=minutes, how=how) for title, minutes, how in _AGENDA
        ),
        citations=tuple(cite(library, key) for key in _CARDS),
        note="" if english else _LANGUAGE,
    )


def _prompts(text: str) -> tuple[ReflectionPrompt, ...]:
    reaction, day = reaction_in(text), day_in(text)
    noticed = f"You noticed: “{reaction}”. " if reaction else ""
    since = f"It happened {day}. " if day else ""
    return (
        ReflectionPrompt(
            question="What happened?",
            line=f"You wrote: “{_quoted(text)}” Put down what was said, in order, without the why.",
        ),
        ReflectionPrompt(
            question="So what does it mean, for the other and for you?",
            line=f"{noticed}Was it that your words seemed untrue, that they came from you, or "
            "that they touched how the other sees themselves?",
        ),
        ReflectionPrompt(
            question="Now what will you do, and on which day?",
            line=f"{since}Go back within a day or two. Which sentence do you regret, and what "
            "true thing in it still stands?",
        ),
    )


def _quoted(text: str) -> str:
    whole = " ".join(text.split())
    if len(whole) <= _MOST_QUOTED:
        return whole
    return whole[:_MOST_QUOTED].rsplit(" ", 1)[0] + " …"
