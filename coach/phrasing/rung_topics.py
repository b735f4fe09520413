"""What a message is about, where its own words for it cannot stay: its noun phrases."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.phrasing.rung_marks import Mark
from coach.phrasing.sentences import CUES, lowered, tidy

_NUMBERS = {"CARDINAL", "ORDINAL", "TIME", "DATE", "MONEY", "PERCENT", "QUANTITY"}
_WITHIN = {
    "npadvmod",
    "det",
    "amod",
    "compound",
    "nummod",
    "poss",
    "case",
    "prep",
    "pobj",
    "quantmod",
    "nmod",
    "advmod",
    "punct",
}
_NAMING = {
    "PERSON",
    "ORG",
    "GPE",
    "DATE",
    "TIME",
    "CARDINAL",
    "ORDINAL",
    "MONEY",
    "PERCENT",
    "PRODUCT",
    "NORP",
    "QUANTITY",
}
#: What stands behind "in" and names nothing: "in front of the team", "in terms of".
_PLACED = re.compile(
    r"(?:front|terms|case|spite|charge|favou?r|light|view|regard|place|need|search) of\b"
    r"|all (?:day|week|weekend|night|month|year|morning)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"^(?:congratulations|congrats|well done|thanks|thank you|kudos) (?:on|for|to) ", re.IGNORECASE
)


def topics(reading: Reading, findings: tuple[Mark, ...]) -> tuple[str, ...]:
    """The noun phrases outside ``findings``, in order, each as it stands in the text."""
    found: list[str] = []
    end = -1
    for word in reading.words:
        if word.part not in {"NOUN", "PROPN", "NUM"} or word.start < end:
            continue
        if word.relation in {"compound", "amod", "nummod", "poss"} or word.lemma in CUES.word_list(
            "empty_nouns"
        ):
            continue
        if _says_what_it_is(reading, word):
            continue
        phrase = _phrase(reading, word)
        article = ""
        while phrase and phrase[0] is not word and _marked(phrase[0], findings):
            # A finding that only touches the phrase's first words leaves its noun.
            article = "the " if phrase[0].relation == "det" else article
            phrase = phrase[1:]
        start, stop = phrase[0].start, phrase[-1].start + len(phrase[-1].text)
        if start < end or any(f.start < stop and start < f.end for f in findings):
            continue
        if all(one.part == "NUM" and one.entity not in {"TIME", "DATE"} for one in phrase):
            continue
        end = stop
        text = reading.text[start:stop]
        if not re.search(r"\w{3}|\d|[A-Z]{2}", text) or text.startswith(("'", "’")):
            continue
        if _PLACED.match(text):
            continue
        text = re.sub(r"^(?:that|this|these|those) ", "the ", text, flags=re.IGNORECASE)
        text = re.sub(r"['’]s?$", "", text)
        text = _PRAISE.sub("", text)
        text = lowered(text, Reading(text=text, words=phrase))
        found.append(tidy(f"{article}{text}" if word.form == "NN" else text))
    return tuple(found)


def _says_what_it_is(reading: Reading, word: Word) -> bool:
    """Whether it is no subject but a verdict: "the app is a disaster", "it was ageist"."""
    if word.relation not in {"attr", "acomp", "oprd"} or word.form != "NN":
        return False
    below = {one.lower: one.relation for one in reading.words if one.head == word.place}
    if word.relation == "attr" and {"a", "an"} & set(below):
        return True
    # An adjective that was taken for a thing has no article and no owner.
    return not {"det", "poss"} & set(below.values())


def _marked(word: Word, findings: tuple[Mark, ...]) -> bool:
    return any(f.start < word.start + len(word.text) and word.start < f.end for f in findings)


def is_central(text: str, reading: Reading) -> bool:
    """Whether ``text``, of ``reading``, does something or has something done to it there."""
    own = _within(text, reading)
    places = {word.place for word in own}
    return any(word.head not in places and word.relation != "pobj" for word in own)


def _within(text: str, reading: Reading) -> list[Word]:
    """The words of ``reading`` that ``text`` is made of."""
    at = reading.text.lower().find(text.lower())
    return [word for word in reading.words if at <= word.start < at + len(text) and word.is_word]


def is_time(text: str, reading: Reading) -> bool:
    """Whether ``text``, of ``reading``, only says when."""
    own = _within(text, reading)
    return bool(own) and all(word.entity in {"DATE", "TIME"} for word in own)


def names_something(text: str, reading: Reading) -> bool:
    """Whether ``text``, of ``reading``, has a figure, a name or a date in it."""
    return any(
        word.entity in _NAMING or word.part in {"PROPN", "NUM"} or word.text[:1].isdigit()
        for word in _within(text, reading)
    )


def _hyphened(text: str, sentence: tuple[Word, ...] | list[Word], place: int) -> bool:
    """Whether the word at ``place`` is the end of one that is written with a hyphen."""
    word = sentence[place - sentence[0].place]
    before = sentence[place - 1 - sentence[0].place]
    touching = before.start + len(before.text) == word.start
    return touching and "-" in {word.text, before.text} and text[word.start - 1] != " "


def _phrase(reading: Reading, head: Word) -> tuple[Word, ...]:
    """The head with what belongs to it, as one unbroken run of words."""
    sentence = [word for word in reading.words if word.sentence == head.sentence]
    places = {head.place}
    for _ in range(5):
        places |= {
            word.place
            for word in sentence
            if word.head in places and word.relation in _WITHIN and word.is_word
        }
    first = last = head.place
    while first - 1 in places:
        first -= 1
    while last + 1 in places:
        last += 1
    while first > sentence[0].place and _hyphened(reading.text, sentence, first):
        first -= 1
    run = [word for word in sentence if first <= word.place <= last]
    while run[-1].part in {"ADP", "DET"} and len(run) > 1:
        run = run[:-1]
    while run[0].relation == "advmod" and len(run) > 1:
        run = run[1:]
    return tuple(run)
