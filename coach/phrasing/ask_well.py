"""Ask well: what kind of question it is, why that matters, and better forms of it."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Citation
from coach.domain.library import GuidanceLibrary
from coach.domain.phrasing import MOST_MESSAGE, QuestionCheck, QuestionKind
from coach.errors import BriefError
from coach.phrasing.asked_one_by_one import questions_in
from coach.phrasing.belittled import BELITTLING, belittles, forms_of_belittling
from coach.phrasing.caring import care_or_slur
from coach.phrasing.hidden_views import statement_of
from coach.phrasing.prying import prying_note
from coach.phrasing.question_forms import OPENLY, better_forms
from coach.phrasing.question_kinds import CUES, asks, kind_of, plain_of
from coach.phrasing.spelling import written_out
from coach.phrasing.weighed_views import weighed_forms
from coach.phrasing.your_acts import forms_of_acts
from coach.ports import Grammar

_WHY = {
    QuestionKind.OPEN: (
        "It shows that you want to learn and leaves the other person to choose what matters; "
        "leave a silence for the answer."
    ),
    QuestionKind.CLOSED: (
        "A word or two would answer it: right when you need a fact, but it leaves the other "
        "person little room to tell you what you did not think of asking."
    ),
    QuestionKind.LEADING: (
        "It carries your answer inside it, so the other person must agree or contradict you, and "
        "the one with less standing will mostly agree: say your view as a view, then ask."
    ),
    QuestionKind.TESTING: (
        "It sounds like an exam: you seem to know the answer, and the other person can only lose "
        "face; ask what you truly do not know."
    ),
}
_CARDS = {
    QuestionKind.OPEN: "follow-up-questions",
    QuestionKind.CLOSED: "open-questions",
    QuestionKind.LEADING: "ask-what-you-truly-do-not-know",
    QuestionKind.TESTING: "questions-not-meant-to-trip",
}
#: What the advice stands on where no form of the question is offered.
_CROSSED, _PRIVATE = "when-a-line-is-crossed", "off-limits-and-a-pause-word"
_STATED = "This states something and asks nothing; as a question it would leave the other room."
_OTHER_LANGUAGE = (
    "The text cannot be read as English, and only English is checked; in any language, ask what "
    "you do not know, and leave the answer open."
)
_TOO_SHORT = (
    "This is too short to tell what you ask. Write the whole question, as you would say it aloud: "
    "who, what, and where."
)
_NO_QUESTION = (
    "This asks nothing yet. Write what you would like to know from the other person, as a question."
)
#: Said of several questions at once, and of an open one that is good as it stands.
SEVERAL = (
    "You ask more than one thing, and mostly only the last is answered: ask one, wait, then ask "
    "the next."
)
FINE = "Use it as it is."
_TO_UNDERSTAND = "What should I understand about that?"
_FOLLOW_UP = "What would be an example of that?"
#: Words of a text that is too short to be a question if it has no verb.
_FEW_WORDS = 4
#: English words in ten, below which a text of some length is taken for another language.
_FEWEST_ENGLISH = 0.1
_ENOUGH_WORDS = 4
_MOST_FORMS = 3


class AskWell:
    """Checks questions. Holds none. Safe to share between threads."""

    def __init__(self, grammar: Grammar, library: GuidanceLibrary) -> None:
        self._grammar = grammar
        self._library = library

    def check(self, text: str) -> QuestionCheck:
        """The kind of question, why it matters, and up to three better forms.

        A statement that presses counts as leading; another one is turned into questions, and
        ``why`` says so. Raises ``BriefError`` where there is nothing to read, or too much.
        """
        text = readable(text, "a question")
        if care := care_or_slur(text) or prying_note(text):
            # A better form would only ask it more smoothly.
            key = _CROSSED if care_or_slur(text) else _PRIVATE
            kind = kind_of(text) or QuestionKind.LEADING
            citation = cite(self._library, key)
            return QuestionCheck(text=text, kind=kind, why=care, better=(), citation=citation)
        if not is_english(text):
            return self._checked(text, QuestionKind.CLOSED, (), _OTHER_LANGUAGE)
        return self._of_english(text)

    def _of_english(self, text: str) -> QuestionCheck:
        # What is read is written out; what is given back is as it was typed.
        written = written_out(re.sub(r"\bu\b", "you", text))
        kind = kind_of(written)
        reading = self._grammar.read(written)
        note = _note_on(reading, kind)
        if note:
            return self._checked(text, QuestionKind.OPEN, (), note)
        if kind is QuestionKind.TESTING and belittles(written):
            return self._checked(text, kind, forms_of_belittling(written), BELITTLING)
        several = questions_in(written)
        if kind is not None and len(several) > 1:
            forms = tuple(form for one in several[:_MOST_FORMS] for form in self._opened(one))
            return self._checked(text, kind, forms, f"{SEVERAL} {_WHY[kind]}")
        if kind is None:
            forms = better_forms(reading, reading.words, QuestionKind.LEADING)
            return self._checked(text, QuestionKind.LEADING, forms, _STATED)
        forms = better_forms(reading, asking_words(reading), kind)
        if kind is QuestionKind.LEADING:
            forms = self._of_leading(reading, forms)
        if kind is QuestionKind.OPEN and not forms:
            return self._checked(text, kind, (_FOLLOW_UP,), f"{FINE} {_WHY[kind]}")
        return self._checked(text, kind, forms, _WHY[kind])

    def _of_leading(self, reading: Reading, forms: tuple[str, ...]) -> tuple[str, ...]:
        """``forms`` with those that keep the whole view; a subject alone would lose the point."""
        sentences = _asking_texts(reading)
        views = [view for one in sentences if (view := statement_of(one))][:1]
        read = [(one, self._grammar.read(one)) for one in sentences]
        acts = [form for one in read for form in forms_of_acts(*one)]
        if acts:
            return (acts[0], _TO_UNDERSTAND)
        whole = [form for one in read for form in weighed_forms(*one)]
        whole = [form for form in whole if kind_of(form) is QuestionKind.OPEN][:1]
        if whole:
            forms = tuple(form for form in forms if form.startswith("How do you find"))
            return (*forms, *whole, *(views or (OPENLY,)))
        if views:
            forms = tuple(form for form in forms if not form.startswith("I have a view"))
        return tuple([*forms[:1], *views, *forms[1:]][:_MOST_FORMS])

    def _opened(self, question: str) -> tuple[str, ...]:
        """One question, open: itself if it is."""
        kind = kind_of(question) or QuestionKind.CLOSED
        if kind is QuestionKind.OPEN:
            return (question,)
        reading = self._grammar.read(question)
        return better_forms(reading, reading.words, kind)[:1]

    def _checked(
        self, text: str, kind: QuestionKind, better: tuple[str, ...], why: str
    ) -> QuestionCheck:
        return QuestionCheck(
            text=text, kind=kind, why=why, better=better, citation=cite(self._library, _CARDS[kind])
        )


def readable(text: str, what: str) -> str:
    """``text`` without the space around it. Raises ``BriefError`` if it is empty or too long."""
    text = text.strip()
    if not any(mark.isalnum() for mark in text):
        raise BriefError(f"There is nothing to read. Paste {what} in plain words.")
    if len(text) > MOST_MESSAGE:
        raise BriefError(
            f"The text has {len(text):,} characters; at most {MOST_MESSAGE:,} are read. "
            f"Paste only the part that is {what}."
        )
    return text


def is_english(text: str) -> bool:
    """Whether enough common English words stand in it; very short texts count as English."""
    words = [word.strip('.,!?;:()"“”…') for word in plain_of(text).split()]
    words = [word for word in words if word]
    if sum(mark.isalpha() and not mark.isascii() for mark in text) > len(text) / 3:
        return False
    if len(words) < _ENOUGH_WORDS:
        return True
    known = CUES.word_list("english")
    return sum(word in known for word in words) / len(words) >= _FEWEST_ENGLISH


def is_note(check: QuestionCheck) -> bool:
    """Whether ``why`` speaks of the text itself, not of its kind of question."""
    return not check.better and check.why not in _WHY.values()


def _note_on(reading: Reading, kind: QuestionKind | None) -> str:
    """Why there is nothing to check; empty where there is."""
    words = [word for word in reading.words if word.is_word]
    verbs = [word for word in words if word.part in {"VERB", "AUX"}]
    offers = any(word.lower == "or" for word in words)
    if not offers and len(words) <= _FEW_WORDS and (not verbs or len(words) < _FEW_WORDS - 1):
        return _TOO_SHORT
    if kind is None and not any(
        word.relation in {"nsubj", "nsubjpass", "expl", "csubj"} for word in words
    ):
        return _NO_QUESTION
    return ""


def cite(library: GuidanceLibrary, key: str) -> Citation:
    """The citation of what a card says to do. Raises ``KeyError`` for an unknown card."""
    card = library.by_key[key]
    section = card.section("What to do") or card.sections[0]
    return library.cite(card, section)


def asking_words(reading: Reading) -> tuple[Word, ...]:
    """The words of the sentences that ask, or all."""
    found = tuple(
        word
        for sentence in reading.sentences()
        if asks(_text(reading, sentence))
        for word in sentence
    )
    return found or reading.words


def _asking_texts(reading: Reading) -> list[str]:
    return [_text(reading, sentence) for sentence in reading.sentences()]


def _text(reading: Reading, sentence: tuple[Word, ...]) -> str:
    return reading.text[sentence[0].start : sentence[-1].start + len(sentence[-1].text)]
