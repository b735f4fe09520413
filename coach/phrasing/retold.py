"""What somebody was told, retold as "she said I interrupt her": the words that were said to them.

Everything after this reads what was said to "you". Told of oneself, "I" is the listener.
"""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.phrasing.question_kinds import CUES
from coach.ports import Grammar

_FRAME = re.compile(
    r"(?i:(?:(?:so|well|and|but|then|also|today|yesterday|apparently),? )*)"
    r"(?P<who>(?i:she|he|they|(?:my|the) (?:\w+ )?(?:mentor|junior))|"
    r"(?!(?:I|You|We|It|This|That|What|People|Everyone|Everybody|Nobody|Somebody|Someone)\b)"
    r"[A-Z][a-z]+)"
    r"(?i:(?: has| had|'s)?(?: \w+ly| also| just| then| even)?"
    r" (?:said|says|told me|tells me|thinks|thought|feels|felt|complained|claims|claimed|"
    r"mentioned|wrote|believes|reckons|pointed out)(?: to me)?(?: today| yesterday)?,?"
    r"(?: that)?,? (?=(?:i|my|sometimes i|when i|in \w+ i)\b))"
)
_BREAK = re.compile(r"(?<=[.!?…])\s+|\n+")
_OWN = re.compile(r"\b(?:i|my|me|myself|mine)\b", re.IGNORECASE)
#: What the listener adds of themselves, which nobody said to them.
_REACTION = re.compile(
    r"(?:and |but |so )?(?:i(?:'m| am| was| feel| felt| think| thought| guess| suppose| don't know|"
    r" do not know| didn't know| did not know|'ve never| wonder| said| answered| replied| asked)|"
    r"that (?:hurt|stung)|it (?:hurt|stung))\b",
    re.IGNORECASE,
)
#: Somebody else is spoken to, or the words are quoted: nothing is turned.
_SPOKEN_TO = re.compile(r"\byou(?:r|rs|rself)?\b|[\"“”]", re.IGNORECASE)
_TURNED = (
    (r"\bI am\b", "you are"),
    (r"\bI['’]m\b", "you're"),
    (r"\bI was\b", "you were"),
    (r"\bI wasn(['’])t\b", r"you weren\1t"),
    (r"\bI\b", "you"),
    (r"\b[Mm]yself\b", "yourself"),
    (r"\b[Mm]ine\b", "yours"),
    (r"\b[Mm]y\b", "your"),
    (r"\bme\b", "you"),
)
_SPEAKERS = {"she": "I", "he": "I", "herself": "myself", "himself": "myself", "hers": "mine"}
_MARKS = {"I": "\ue000", "me": "\ue001", "my": "\ue002", "mine": "\ue003", "myself": "\ue004"}
_SUBJECTS = {"nsubj", "nsubjpass"}


def as_it_was_said(text: str, grammar: Grammar) -> str:
    """``text`` as it was said to the listener; unchanged where nobody is said to have said it."""
    straight = text.replace("’", "'")
    if _SPOKEN_TO.search(straight) or not _FRAME.match(straight):
        return text
    said = []
    for sentence in _BREAK.split(straight):
        framed = _FRAME.match(sentence)
        if framed:
            said.append(_turned(sentence[framed.end() :], grammar))
        elif not _REACTION.match(sentence):
            said.append(_turned(sentence, grammar) if _OWN.search(sentence) else sentence)
    return " ".join(f"{one[:1].upper()}{one[1:]}" for one in said if one)


def _turned(told: str, grammar: Grammar) -> str:
    told = _from_the_speaker(grammar.read(re.sub(r"\bi\b", "I", told)))
    for pattern, turned in _TURNED:
        told = re.sub(pattern, turned, told)
    # What the speaker says of themselves is kept apart until the listener has been turned.
    for word, mark in _MARKS.items():
        told = told.replace(mark, word)
    return told


def _from_the_speaker(reading: Reading) -> str:
    """``reading`` with "she" as "I", if nobody else is there whom "she" could be."""
    others = any(
        word.part == "PROPN" or word.lemma in CUES.word_list("people") for word in reading.words
    )
    if others:
        return reading.text
    text, at = "", 0
    for word in reading.words:
        text += reading.text[at : word.start] + _spoken(reading, word)
        at = word.start + len(word.text)
    return text + reading.text[at:]


def _spoken(reading: Reading, word: Word) -> str:
    if word.lower in _SPEAKERS:
        return _MARKS[_SPEAKERS[word.lower]]
    if word.lower in {"her", "him", "his"}:
        return _MARKS["my" if word.form == "PRP$" else "me"]
    if word.form != "VBZ":
        return word.text
    main = reading.words[word.head] if word.relation in {"aux", "auxpass"} else word
    of_speaker = any(
        child.relation in _SUBJECTS and child.lower in {"she", "he"}
        for child in reading.children(main)
    )
    if not of_speaker:
        return word.text
    if word.text.startswith("'"):
        return "'m" if word.lemma == "be" else "'ve"
    return "am" if word.lemma == "be" else word.lemma
