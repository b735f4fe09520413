"""A subject with its place: "phones in meetings", not "phones"."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.phrasing.noun_phrases import Topic, joined
from coach.phrasing.question_kinds import CUES

_MOST_WORDS = 7
_ARTICLE = re.compile(r"^(?:the|an?) ")


def placed(reading: Reading, topic: Topic | None) -> Topic | None:
    """``topic`` with where it is, if that follows it at once; times are no places."""
    if topic is None:
        return None
    for bare in (topic.text, _ARTICLE.sub("", topic.text)):
        found = re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", reading.text, re.IGNORECASE)
        if found:
            place = _place_at(reading, found.end())
            return topic.model_copy(update={"text": f"{topic.text} {place}"}) if place else topic
    return topic


def _place_at(reading: Reading, at: int) -> str:
    first = next((word for word in reading.words if word.start >= at), None)
    if (
        first is None
        or first.relation != "prep"
        or first.lower not in CUES.word_list("places")
        or reading.text[at : first.start].strip()
    ):
        return ""
    found: list[Word] = []
    for word in reading.under(first):
        broken = found and word.place != found[-1].place + 1
        if broken or not _may_follow(word) or word.lower == "or":
            break
        found.append(word)
    while found and found[-1].part not in {"NOUN", "PROPN", "PRON"}:
        found.pop()
    passing = CUES.word_list("passing") | CUES.word_list("no_places")
    if len(found) <= 1 or len(found) > _MOST_WORDS or found[-1].lemma in passing:
        return ""
    return "" if any(word.entity in {"DATE", "TIME"} for word in found) else joined(found)


def _may_follow(word: Word) -> bool:
    return (word.is_word or word.text in {"-", "'", "’"}) and word.part not in {"VERB", "AUX"}
