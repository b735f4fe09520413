"""Better forms of the same question, built from its own words."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.grammar import Reading, Word
from coach.domain.phrasing import QuestionKind
from coach.phrasing.asked_clauses import AskedClause, asked_clause, forms_of_clause
from coach.phrasing.noun_phrases import Topic, phrase_of, topic_of
from coach.phrasing.permitted_acts import forms_of_permission
from coach.phrasing.placed_topics import placed
from coach.phrasing.question_kinds import CUES, kind_of
from coach.phrasing.widened_facts import forms_of_fact

_MOST_FORMS, _ENOUGH = 3, 2
_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
#: Said where the view itself should not be.
OPENLY = "I have a view on this, but I would rather hear yours first. How do you see it?"
_FROM_THERE = "How does this look from where you sit?"


def better_forms(reading: Reading, asking: tuple[Word, ...], kind: QuestionKind) -> tuple[str, ...]:
    """Up to three open forms of what ``asking``, words of ``reading``, asks."""
    topic = placed(reading, topic_of(reading, asking))
    asked = asked_clause(reading, asking)
    match kind:
        case QuestionKind.CLOSED:
            # Of two answers that are offered, neither may be taken for granted.
            offered = any(word.lower == "or" for word in asking)
            whole = list(_of_whole(reading, asking, asked, topic)) if not offered else []
            found = [*_of_choice(reading, asking), *whole]
            # What asks for all that was asked needs no question about its subject alone.
            if sum(kind_of(form) is QuestionKind.OPEN for form in found) < _ENOUGH:
                found += _of_closed(topic, asking)
        case QuestionKind.LEADING:
            found = [*_of_quality(reading, asking, topic), *_of_leading(topic)]
        case QuestionKind.TESTING:
            found = list(_of_test(topic))
        case QuestionKind.OPEN:
            found = list(_of_why(asked, asking))
    opened = [form for form in dict.fromkeys(found) if kind_of(form) is QuestionKind.OPEN]
    return tuple(opened[:_MOST_FORMS])


def _of_whole(
    reading: Reading, asking: tuple[Word, ...], asked: AskedClause | None, topic: Topic | None
) -> Iterator[str]:
    """Open questions that keep all that the closed one asks."""
    sentence = reading.text[asking[0].start : asking[-1].start + len(asking[-1].text)]
    permitted = list(forms_of_permission(reading, sentence))
    if permitted:
        yield from permitted
        return
    yield from forms_of_fact(sentence)
    yield from forms_of_clause(asked, topic)


def _of_choice(reading: Reading, asking: tuple[Word, ...]) -> Iterator[str]:
    """For "Chat or e-mail?": what speaks for each."""
    if not {word.lower for word in asking} & CUES.word_list("choosing"):
        return
    for word in asking:
        if word.lower != "or" or word.relation != "cc":
            continue
        one = reading.words[word.head]
        other = next(
            (w for w in reading.children(one) if w.relation == "conj" and w.place > word.place),
            None,
        )
        nouns = {"NOUN", "PROPN"}
        if other is None or one.part not in nouns or other.part not in nouns:
            continue
        if {one.entity, other.entity} & {"DATE", "TIME", "PERSON", "CARDINAL"}:
            continue
        end = reading.text[other.start :].split("?")[0].rstrip()
        first = phrase_of(reading, one)
        if first is None or " or " not in first.text or len(end.split()) > 6:
            continue
        left, right = first.text.split(" or ", 1)
        yield f"What speaks for {left.rstrip(',')} in your eyes, and what for {right}?"


def _of_closed(topic: Topic | None, asking: tuple[Word, ...]) -> Iterator[str]:
    if topic is None:
        if {word.lower for word in asking} & CUES.word_list("arranging"):
            yield "What would suit you best, and why?"
            yield "What should I bear in mind when we arrange this?"
            return
        yield "What is the story behind it?"
        yield _FROM_THERE
    elif topic.possessor == "your":
        yield f"What is the story behind {topic.text}?"
        yield f"What should I understand about {topic.text}?"
    elif topic.possessor == "my":
        yield f"What do you make of {topic.text}?"
        yield f"What would you change about {topic.text}?"
    elif topic.definite:
        yield f"What {topic.has} {topic.text} been like for you so far?"
        yield f"What do you make of {topic.text}?"
        yield f"What should I understand about {topic.text}?"
    else:
        yield f"What is your experience of {topic.text}?"
        yield f"Where {topic.does} {topic.text} come up in your work?"


def _of_quality(reading: Reading, asking: tuple[Word, ...], topic: Topic | None) -> Iterator[str]:
    """For "Too long, don't you think?": how do you find the length."""
    measures = dict(pair.split("/") for pair in CUES.word_list("measures"))
    for word in asking:
        if word.relation != "acomp" or word.lemma not in measures:
            continue
        subject = next(
            (w for w in reading.children(reading.words[word.head]) if w.relation in _SUBJECTS), None
        )
        about = phrase_of(reading, subject) if subject and subject.part == "NOUN" else None
        if about and topic and about.text == topic.text:
            yield f"How do you find the {measures[word.lemma]} of {about.text}?"


def _of_leading(topic: Topic | None) -> Iterator[str]:
    if topic is not None and topic.definite:
        yield f"What do you make of {topic.text}?"
        yield (
            f"I have a view on {topic.text}, but I would rather hear yours first. "
            "How do you see it?"
        )
        return
    yield OPENLY
    yield _FROM_THERE


def _of_test(topic: Topic | None) -> Iterator[str]:
    if topic is None:
        yield "What part of this would you like us to look at together?"
        yield "How would you explain this to somebody who has just joined?"
        return
    yield f"Where {topic.does} {topic.text} come up in your work?"
    yield f"How would you explain {topic.text} to somebody who has just joined?"
    it = "them" if topic.plural else "it"
    yield f"I may not have the whole picture of {topic.text}. How do you understand {it}?"


def _of_why(asked: AskedClause | None, asking: tuple[Word, ...]) -> Iterator[str]:
    """What led to it: "Why did you …" can sound like a charge."""
    first = next((word.lower for word in asking if word.is_word), "")
    if first == "why" and asked and asked.subject.lower == "you" and asked.helper == "did":
        yield f"What led you to {asked.action}?"
