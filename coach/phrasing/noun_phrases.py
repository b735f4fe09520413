"""What a sentence is about: its noun phrases, in its own words."""

from __future__ import annotations

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen
from coach.phrasing.question_kinds import CUES

#: Words of a phrase that is still taken over; a longer one is no subject but a sentence.
_MOST_WORDS = 9
_KEPT = {"det", "poss", "compound", "amod", "nummod", "nmod", "case", "punct", "quantmod", "advmod"}
_PREPOSITIONS = {"of", "on", "for", "between", "with", "about", "behind", "around"}
_VAGUE = {
    "many",
    "much",
    "few",
    "any",
    "some",
    "every",
    "each",
    "no",
    "which",
    "what",
    "either",
    "both",
    "whose",
    "such",
}
_INDEFINITE = {"a", "an", "another"}
_WEIGHTS = {"dobj": 5, "nsubj": 4, "nsubjpass": 4, "attr": 3, "pobj": 2, "ROOT": 2, "conj": 1}


class Topic(Frozen):
    """A noun phrase as it can stand in another sentence.

    ``possessor`` is "my", "your" … or empty. ``definite`` ones name something
    that both know of: "the dashboard", "your team", "Slack".
    """

    text: str
    plural: bool
    definite: bool
    possessor: str = ""

    @property
    def does(self) -> str:
        """The auxiliary that agrees with it."""
        return "do" if self.plural else "does"

    @property
    def has(self) -> str:
        """The auxiliary that agrees with it."""
        return "have" if self.plural else "has"


def topic_of(reading: Reading, words: tuple[Word, ...]) -> Topic | None:
    """What ``words`` are about, or ``None`` where nothing can be taken over safely."""
    passing, groups = CUES.word_list("passing"), CUES.word_list("groups")
    best: tuple[int, Topic] | None = None
    for word in words:
        if word.part not in {"NOUN", "PROPN"} or word.relation not in _WEIGHTS:
            continue
        if word.entity in {"DATE", "TIME", "PERSON"} or {word.lemma, word.lower} & (
            passing | groups
        ):
            continue
        topic = phrase_of(reading, word)
        if topic is None or {part.lower() for part in topic.text.split()} & groups:
            continue
        weight = _WEIGHTS[word.relation]
        if best is None or weight > best[0]:
            best = weight, topic
    return best[1] if best else None


def phrase_of(reading: Reading, head: Word) -> Topic | None:
    """The phrase of one noun without its clauses; judgements and vague words are left out."""
    parts = [head]
    for word in parts:
        parts += [child for child in reading.children(word) if _belongs(reading, child, word)]
    parts = _begun(reading, _unbroken(_glued(reading, parts), head))
    first = next((word for word in parts if word.is_word), head)
    vague = first.relation in {"det", "amod"} and first.lower in _VAGUE
    parts = [
        word
        for word in parts
        if not (vague and word is first)
        and not (word.relation in {"amod", "advmod"} and word.lower in CUES.word_list("loaded"))
    ]
    parts = [word for word in parts if not (word.relation == "advmod" and word.head == head.place)]
    while parts and not parts[-1].is_word:
        parts.pop()
    if head not in parts or len(parts) > _MOST_WORDS or _is_torn(reading, parts[0], head):
        return None
    text = joined(parts)
    if first.form == "CD" and head.form == "NN":
        return None
    plural = (head.form in {"NNS", "NNPS"} and head.lemma != "data") or any(
        word.relation == "conj" and word.head == head.place and not _is_or(reading, head)
        for word in parts
    )
    if vague and not plural and head.form == "NN" and head.lemma not in CUES.word_list("mass"):
        text = f"the {text}" if first.lower in {"which", "what"} else f"{article(text)} {text}"
    if parts[0].part in {"DET", "PRON"} or (parts[0].part != "PROPN" and _opens(reading, parts[0])):
        text = text[:1].lower() + text[1:] if not text[:2].isupper() else text
    definite = parts[0].lower not in _INDEFINITE and not vague
    possessor = parts[0].lower if parts[0].relation == "poss" else ""
    return Topic(text=text, plural=plural, definite=definite, possessor=possessor)


def _begun(reading: Reading, parts: list[Word]) -> list[Word]:
    """``parts`` without a first word that is none of the phrase's own."""
    while len(parts) > 1 and (
        not parts[0].is_word
        or parts[0].lower == "how"
        or (parts[0].lower == "that" and parts[0].place and _is_verb(reading, parts[0]))
    ):
        parts = parts[1:]
    return parts


def _is_torn(reading: Reading, first: Word, head: Word) -> bool:
    """Whether a noun or adjective stands before ``first`` that belonged to the phrase."""
    before = reading.words[first.place - 1] if first.place else None
    return (
        before is not None
        and before.part in {"NOUN", "ADJ"}
        and before.sentence == head.sentence
        and before.relation in _KEPT | {"pobj", "npadvmod"}
        and before.lower not in CUES.word_list("loaded") | _VAGUE
    )


def joined(words: list[Word]) -> str:
    """``words`` in order, spaced as they were where they stood side by side."""
    text = ""
    for place, word in enumerate(words):
        if place and word.start > words[place - 1].start + len(words[place - 1].text):
            text += " "
        text += word.text
    return text.replace(" ,", ",").strip()


def article(noun: str) -> str:
    """The article that stands before ``noun``, by its first letter."""
    return "an" if noun[:1].lower() in "aeiou" else "a"


def _belongs(reading: Reading, child: Word, head: Word) -> bool:
    if child.relation in _KEPT:
        return child.relation != "punct" or child.text in {"-", "'", "’", "/"}
    if child.relation == "prep":
        return child.lower in _PREPOSITIONS and any(
            below.part in {"NOUN", "PROPN", "VERB"} for below in reading.children(child)
        )
    if child.relation in {"pobj", "pcomp"}:
        return head.relation == "prep"
    if child.relation == "dobj":
        return head.relation == "pcomp"
    return child.relation in {"cc", "conj"} and child.part in {"CCONJ", "NOUN", "PROPN"}


def _is_verb(reading: Reading, word: Word) -> bool:
    """Whether a verb stands before: "realise that promotion …" points at nothing."""
    return reading.words[word.place - 1].part == "VERB"


def _opens(reading: Reading, word: Word) -> bool:
    return not word.place or reading.words[word.place - 1].sentence != word.sentence


def _glued(reading: Reading, parts: list[Word]) -> list[Word]:
    """``parts`` in order, with what hyphens tie to them: "return-to-office policy"."""
    places = {word.place for word in parts}
    for word in sorted(parts, key=lambda word: -word.place):
        at = word.place
        while at and _touches(reading, at):
            if "-" not in (reading.words[at - 1].text, reading.words[at].text):
                break
            at -= 1
            places.add(at)
        at = word.place + 1
        while at < len(reading.words) and _touches(reading, at):
            if "-" not in (reading.words[at - 1].text, reading.words[at].text):
                break
            places.add(at)
            at += 1
    return [reading.words[place] for place in sorted(places)]


def _touches(reading: Reading, place: int) -> bool:
    """Whether no space stands before the word at ``place``."""
    before = reading.words[place - 1]
    return before.start + len(before.text) == reading.words[place].start


def _unbroken(parts: list[Word], head: Word) -> list[Word]:
    """The run around ``head`` with nothing left out in it, so that it reads as it was said."""
    at = parts.index(head)
    first = last = at
    while first and parts[first - 1].place == parts[first].place - 1:
        first -= 1
    while last + 1 < len(parts) and parts[last + 1].place == parts[last].place + 1:
        last += 1
    run = parts[first : last + 1]
    while run and (run[-1].relation in {"prep", "cc", "det", "poss"} or not run[-1].is_word):
        run.pop()
    return run


def _is_or(reading: Reading, head: Word) -> bool:
    return any(child.lower in {"or", "nor"} for child in reading.children(head))
