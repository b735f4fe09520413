"""Who is said to do what, when: the clauses of a text."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen
from coach.language.cues import Cues

_LIGHT = Cues(Path(__file__).parent).word_list("light")
_SUBJECT = {"nsubj", "nsubjpass", "expl", "csubj"}
_CONTENT = {"NOUN", "VERB", "ADJ", "PROPN"}


_ASKING = {"WP", "WRB", "WDT", "WP$"}
_FRAMES = {
    "when",
    "while",
    "before",
    "after",
    "until",
    "as",
    "where",
    "once",
    "whenever",
    "wherever",
}


class Who(StrEnum):
    """Whom a clause is about."""

    SPEAKER = "I"
    BOTH = "we"
    LISTENER = "you"
    OTHER = "they"
    NONE = "nobody"


class When(StrEnum):
    """What a clause says of time or duty."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    DUTY = "duty"
    WISH = "wish"


class Clause(Frozen):
    """A verb with its subject. ``asked`` clauses state nothing; ``told`` ones have no subject.

    ``framed`` ones only say when or where: "when you first sat at the table".
    """

    verb: Word
    subject: str
    who: Who
    when: When
    negated: bool
    asked: bool
    told: bool
    conditional: bool
    framed: bool
    words: tuple[Word, ...]

    @property
    def content(self) -> frozenset[str]:
        """The lemmas that carry what it says."""
        return content_of(self.words)


def content_of(words: tuple[Word, ...]) -> frozenset[str]:
    """The lemmas of nouns, verbs and adjectives, without those that say little."""
    return frozenset(
        word.lemma
        for word in words
        if word.part in _CONTENT and word.lemma not in _LIGHT and len(word.lemma) > 2
    )


def clauses_of(reading: Reading) -> tuple[Clause, ...]:
    """Every clause, in order."""
    found: list[Clause] = []
    for sentence in reading.sentences():
        question = _ends_in_question(sentence)
        for word in sentence:
            if word.part not in {"VERB", "AUX"} or word.relation in {"aux", "auxpass"}:
                continue
            below = [other for other in sentence if other.head == word.place and other is not word]
            subject = next((other for other in below if other.relation in _SUBJECT), None)
            if subject is None and word.relation == "conj":
                subject = _subject_of(sentence, word)
            helpers = [other for other in below if other.relation in {"aux", "auxpass"}]
            told = (
                subject is None
                and word.form in {"VB", "VBP"}
                and word.relation in {"ROOT", "conj", "ccomp", "dep", "parataxis"}
                and not helpers
            )
            if subject is None and not told:
                continue
            own = _own_words(sentence, word)
            found.append(
                Clause(
                    verb=word,
                    subject=" ".join(other.lower for other in _phrase(sentence, subject))
                    if subject
                    else "",
                    who=_who(subject),
                    when=When.FUTURE
                    if _is_going_to(word, below, helpers)
                    else _when(word, helpers),
                    negated=any(
                        other.relation == "neg"
                        or other.lower in {"never", "no", "nobody", "nothing", "hardly"}
                        for other in below
                    ),
                    asked=_is_asked(sentence, word, below, question=question),
                    told=told,
                    conditional=any(
                        other.lower in {"if", "unless", "whether", "suppose", "supposing"}
                        for other in below
                    ),
                    framed=_is_framed(sentence, word, below),
                    words=own,
                )
            )
    return tuple(found)


def _ends_in_question(sentence: tuple[Word, ...]) -> bool:
    return any(word.text == "?" for word in sentence[-3:])


def _subject_of(sentence: tuple[Word, ...], verb: Word) -> Word | None:
    """A verb that is joined on shares the first one's subject."""
    by_place = {word.place: word for word in sentence}
    head = by_place.get(verb.head)
    for _ in range(4):
        if head is None:
            return None
        found = next((w for w in sentence if w.head == head.place and w.relation in _SUBJECT), None)
        if found is not None:
            return found
        if head.relation != "conj":
            return None
        head = by_place.get(head.head)
    return None


def _phrase(sentence: tuple[Word, ...], head: Word) -> list[Word]:
    places = {head.place}
    for _ in range(4):
        places |= {
            w.place
            for w in sentence
            if w.head in places
            and w.relation in {"compound", "amod", "det", "poss", "nmod", "prep", "pobj", "nummod"}
        }
    return [word for word in sentence if word.place in places]


def _own_words(sentence: tuple[Word, ...], verb: Word) -> tuple[Word, ...]:
    """The clause without the clauses under it that have subjects of their own."""
    stop = {
        word.place
        for word in sentence
        if word.place != verb.place
        and word.part in {"VERB", "AUX"}
        and word.relation not in {"aux", "auxpass", "xcomp", "amod", "pcomp", "acl"}
        and any(other.head == word.place and other.relation in _SUBJECT for other in sentence)
    }
    places = {verb.place}
    grown = True
    while grown:
        more = {
            w.place
            for w in sentence
            if w.head in places
            and w.place not in places
            and w.place not in stop
            and not (w.relation == "conj" and w.part in {"VERB", "AUX"})
        }
        grown = bool(more)
        places |= more
    return tuple(word for word in sentence if word.place in places)


def _who(subject: Word | None) -> Who:
    if subject is None:
        return Who.NONE
    match subject.lower:
        case "i" | "me":
            return Who.SPEAKER
        case "we" | "us":
            return Who.BOTH
        case "you" | "ya":
            return Who.LISTENER
    return Who.OTHER


def _is_framed(sentence: tuple[Word, ...], verb: Word, below: list[Word]) -> bool:
    if any(other.lower in _FRAMES and other.place < verb.place for other in below):
        return True
    # "Say you took it seriously", "a day when you stood there".
    head = next((other for other in sentence if other.place == verb.head), None)
    return verb.relation in {"relcl", "acl"} or (
        head is not None
        and head is not verb
        and head.lower in {"say", "suppose", "imagine", "picture"}
    )


def _is_going_to(verb: Word, below: list[Word], helpers: list[Word]) -> bool:
    """What is meant stands under "is going to"; "was going to" tells of an old plan."""
    return (
        verb.form == "VBG"
        and verb.lemma == "go"
        and any(other.relation == "xcomp" for other in below)
        and any(other.lemma == "be" and other.form != "VBD" for other in helpers)
    )


def _when(verb: Word, helpers: list[Word]) -> When:
    said = {other.lower for other in helpers}
    if said & {"will", "'ll", "’ll", "shall", "wo"}:
        return When.FUTURE
    if said & {"must"} or (
        verb.lemma in {"have", "need"} and any(h.lower == "to" for h in helpers)
    ):
        return When.DUTY
    if said & {"would", "'d", "’d", "could", "might", "may", "should", "can", "ca"}:
        return When.WISH
    if verb.form == "VBD" or any(
        h.form == "VBD" and h.lemma in {"be", "have", "do"} for h in helpers
    ):
        return When.PAST
    if verb.form == "VBN" and any(h.lemma == "have" for h in helpers):
        return When.PAST
    return When.PRESENT


def _is_asked(sentence: tuple[Word, ...], verb: Word, below: list[Word], *, question: bool) -> bool:
    """Whether the clause asks: a question word in it, or its verb before its subject."""
    own = _own_words(sentence, verb)
    asking = [
        other
        for other in (*below, *own[:1])
        if other.form in _ASKING and other.relation not in _SUBJECT and other.lower != "when"
    ]
    # "Agree where the notes will live" states nothing either.
    if any(other in below or other.lower not in {"that", "which"} for other in asking):
        return True
    return question and _is_turned(sentence, verb, below)


def _is_turned(sentence: tuple[Word, ...], verb: Word, below: list[Word]) -> bool:
    """Whether, in a question, the verb stands before its subject or a question word is it."""
    if any(other.form in _ASKING and other.lower not in {"when", "that"} for other in below):
        return True
    subject = next((other for other in below if other.relation in _SUBJECT), None)
    helper = next((other for other in below if other.relation in {"aux", "auxpass"}), None)
    first = helper or (verb if verb.lemma == "be" else None)
    if subject is not None and first is not None and first.place < subject.place:
        return True
    return verb.relation == "ROOT" and any(
        other.form in _ASKING and other.place < verb.place and other.lower != "when"
        for other in sentence
    )
