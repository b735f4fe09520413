"""What a message is about and asks for, where most of what it states cannot stay as it is."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading
from coach.phrasing.addressing import addressed
from coach.phrasing.cleaned import Cleaned
from coach.phrasing.cutting import NEVER_QUOTED, Cutter
from coach.phrasing.mending import mended
from coach.phrasing.rung_facts import around, has_fact
from coach.phrasing.rung_marks import Marker
from coach.phrasing.rung_tact import grovels
from coach.phrasing.rung_topics import is_central, is_time, names_something, topics
from coach.phrasing.sentences import CUES
from coach.phrasing.slurs import has_slur
from coach.ports import Grammar

#: What a message is about that is told in its own words anyway.
SOMETHING = "something"
#: Where a message denies something that cannot stay in its words.
NOT_DONE = "There is also what did not happen, or is not so: […what, in plain words?]."
_MOST_TOPICS = 3
#: Things that a frame names; a longer list is several messages.
_MOST_NAMED = 7
#: A word that says something only together with what stood round it.
_BARE = re.compile(r"\w+")


class Framer:
    """Names the matter of a message, and claims nothing about it."""

    def __init__(self, marks: Marker, grammar: Grammar, cutter: Cutter) -> None:
        self._marks = marks
        self._grammar = grammar
        self._cutter = cutter

    def framed(self, message: str, cleaned: Cleaned, facts: tuple[str, ...], shown: str) -> Cleaned:
        """What the message is about and what it asks for, without anything that it states.

        ``shown`` is what will stand beside it of the person's own words: nothing of that is
        named again. Each of ``facts``, such as a figure or a name, is in one or the other, with
        the words around it. Empty where that would be a list that nobody could hear.
        """
        _, message = addressed(message, self._grammar)
        reading = self._grammar.read(message)
        asks = tuple(ask for ask in cleaned.asks if self._cutter.sound(f"Could you {ask.act}?"))
        wants = tuple(want for want in cleaned.wants if self._cutter.sound(want))
        asked = " ".join((*wants, *(ask.act for ask in asks)))
        found = self._topics(message, reading, asked)
        if shown:
            # What only a sneer names is not what it is about.
            sayable = self._cutter.sayable(message).lower()
            found = [one for one in found if one.lower() in sayable] or found
        fresh = [one for one in found if one.lower() not in shown.lower()]
        about = _leading([one for one in fresh if not is_time(one, reading)], reading)
        if shown:
            about = [one for one in about if is_central(one, reading)] or about or [SOMETHING]
        about = about or found[:1]
        told = f"{cleaned.address} {asked} {shown} {' '.join(about)}"
        times: list[str] = []
        others: list[str] = []
        for fact in facts:
            if has_fact(fact, f"{told} {' '.join((*times, *others))}"):
                continue
            phrase = next((one for one in fresh if has_fact(fact, one)), around(fact, reading))
            phrase = phrase if self.is_sound(phrase) else fact
            when = is_time(phrase, reading) and not phrase.isdigit()
            (times if when else others).append(phrase)
        if len(about) + len(times) + len(others) > _MOST_NAMED:
            return Cleaned()
        return Cleaned(
            asks=asks,
            wants=wants,
            address=cleaned.address,
            topic=listed(about) or cleaned.topic,
            details=tuple(_details(times, others)),
        )

    def verbatim(self, message: str, reworded: str, cleaned: Cleaned) -> str:
        """The facts that stand in the message, or in our list's words for it: they cannot turn."""
        told = _plain(message), _plain(reworded)
        return " ".join(
            fact
            for fact in cleaned.facts
            if (fact == cleaned.again or any(_plain(fact) in one for one in told))
            and {*_plain(fact).split()} - CUES.word_list("empty_words")
            and self._cutter.sound(fact)
            and not grovels(fact)
        )

    def is_sound(self, topic: str) -> bool:
        """Whether nothing rude stands in it, which would only come back in better company."""
        return self._cutter.sound(topic) and mended(topic) == topic and not has_slur(topic)

    def _topics(self, message: str, reading: Reading, asked: str) -> list[str]:
        """What is named outside of verdicts and of what is asked for, each thing once."""
        spans = tuple(one for one in self._marks(message) if one.kind in NEVER_QUOTED)
        found = [one for one in topics(reading, spans) if self.is_sound(one)]
        found = [one for one in dict.fromkeys(found) if one.lower() not in asked.lower()]
        return [
            one for one in found if not any(_within(one, other) for other in found if other != one)
        ]


def _plain(text: str) -> str:
    """``text`` as its words alone."""
    return " ".join(re.findall(r"[\w'’-]+", text.lower()))


def _within(one: str, other: str) -> bool:
    """Whether ``other`` holds all of ``one``, as whole words."""
    return re.search(rf"\b{re.escape(one.lower())}\b", other.lower()) is not None


def _leading(about: list[str], reading: Reading) -> list[str]:
    """The most telling few, in order: a lone word, or a place, only where there are no others."""
    telling = [
        one for one in about if not _BARE.fullmatch(one) or names_something(one, reading)
    ] or about
    first = sorted(telling, key=lambda one: not is_central(one, reading))[:_MOST_TOPICS]
    return [one for one in telling if one in first]


def _details(times: list[str], others: list[str]) -> list[str]:
    """Sentences with the figures, names and times that stand nowhere else."""
    found = []
    if others:
        found.append(f"It also has to do with {listed(others).rstrip('.')}.")
    if times:
        are = "time that matters is" if len(times) == 1 else "times that matter are"
        found.append(f"The {are} {listed(times).rstrip('.')}.")
    return found


def listed(things: list[str]) -> str:
    """``things`` as a list in a sentence."""
    return " and ".join(part for part in (", ".join(things[:-1]), *things[-1:]) if part)
