"""Sentences to put names into while fitting; those of ``evals.redaction`` are others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from coach.adapters.identifiers.everyday import everyday
from coach.resources import shipped
from evals.cases import Part, off_topic_cases, retrieval_cases, topic_cases
from evals.names import REGION_OF, Name, Sentence, presidio_sentences, wnut_sentences

#: Marks of sources, which passages do not have.
_CITATION = re.compile(r"\s?\[@[^\]]+\]")
_CARRIERS = (
    "Last week {name} showed me how the team uses {thing}.",
    "{name} and I agreed to look at {thing} next time.",
    "{name} is rather quiet when {other} is in the room.",
    "I promised {name} a short list of examples.",
    "My mentee {name} wants to practise with {thing}.",
    "My mentee, {name}, checks the phone all the time.",
    "{name}'s team meets in the big room on Tuesday.",
    "Could you ask {name} about the budget?",
    "Please send the notes to {name} and {other}.",
    "What would {name} say about {thing}?",
    "Dear {name}, thanks for the session.",
    "Hi {name}, are we still on for Friday?",
    "According to {name}, nobody reads the newsletter.",
    "The idea came from {name} in Marketing.",
    "{name} ({other}'s assistant) books the room.",
    "Notes: {name} to try {thing}; {other} to book the room",
    "Talk about {thing} with {name}",
    "Yesterday, {other} told {name} that the pilot stops.",
    "I am worried that {name} finds me rude.",
    "Mr {name} never uses {thing}.",
    "- {name}: share the slides",
    "{name}",
    "Ask {name} for feedback on {thing}.",
    "Maybe {name} can help us with {thing}.",
    "Has {name} ever tried {thing}?",
    "we met {name} at the offsite and {other} joined later",
    "Thank {name} for the honest words.",
    "Let {name} drive and only watch.",
    "It was {other} who convinced {name}.",
    "{name} said: '{thing} is not for me.'",
    "{name} wrote back at once.",
    "{name} found {thing} boring.",
    "Since spring {name} has led the night shift.",
    "We welcome {name} to the circle next month.",
    "The slides that {name} made were clear.",
    "What if {name} does not like {thing}?",
    "I fear that {name} will laugh.",
    "Open point: {name} reads one article.",
    "{name} gets nervous before calls.",
    "{name} hasn't opened {thing} yet.",
    "{name} left early, and {other} took the minutes.",
    "{name} knew more about {thing} than I did.",
    "Afterwards {name} and I had coffee.",
    "Only {name} read to the end.",
    "It surprised me how calm {name} stayed.",
    "At last {name} believes me.",
    "From {name} I heard a different story.",
)
_WITHOUT = (
    "We want to talk about {thing} and {other_thing}.",
    "{thing} helps with notes.",
    "Ask your mentee to open {thing} and watch.",
    "Maybe {thing} is too much for one session.",
    "How does {thing} change our work?",
    "The {thing} of a large bank prepares a town hall.",
    "Why does everybody use {thing}?",
    "Topic: {thing} for beginners",
    "{thing}",
    "Compare {thing} with {other_thing} on Tuesday.",
    "An introduction to {thing} for senior leaders",
    "Does {thing} belong in the first session?",
)


def sentences(names: Sequence[Name], *, seed: int, count: int) -> Iterator[Sentence]:
    """``count`` sentences with names in them, half as many without."""
    draw = random.Random(seed)  # noqa: S311 - repeatable examples, no secret
    things = [_shown(entry, draw) for entry in sorted(everyday()) if len(entry) > 2]
    for number in range(count):
        fields = {"thing": draw.choice(things), "other_thing": draw.choice(things)}
        yield filled(
            _CARRIERS[number % len(_CARRIERS)],
            {"name": whole_name(draw, names), "other": whole_name(draw, names)},
            fields,
        )
        if number % 2:
            yield filled(_WITHOUT[number // 2 % len(_WITHOUT)], {}, fields)


def whole_name(draw: random.Random, names: Sequence[Name]) -> str:
    """A forename, a surname or both, from one country, at home's spelling or in Latin letters."""
    first = _from_any_region(draw, names)
    mates = [name for name in names if name.country == first.country and name.kind != first.kind]
    kind = draw.random()
    local = draw.random() < 0.4
    spelt = [name.local if local else name.roman for name in (first, *mates[:0])]
    if mates and kind < 0.5:
        mate = draw.choice(mates)
        pair = [first, mate] if first.kind == "forenames" else [mate, first]
        spelt = [name.local if local else name.roman for name in pair]
        if local and all(ord(spelling[0]) > 0x2E80 for spelling in spelt):
            return "".join(reversed(spelt))
    return " ".join(spelt)


def _from_any_region(draw: random.Random, names: Sequence[Name]) -> Name:
    # Europe has the most countries in the data; a name from each region is as likely here.
    region = draw.choice(sorted({REGION_OF[name.country] for name in names}))
    while REGION_OF[(name := draw.choice(names)).country] != region:
        continue
    return name


def filled(template: str, people: dict[str, str], others: dict[str, str]) -> Sentence:
    """The template with its fields, and the people's spans."""
    text, spans = "", []
    rest = template
    while rest:
        head, brace, tail = rest.partition("{")
        text += head
        if not brace:
            break
        field, _, rest = tail.partition("}")
        value = people.get(field) or others[field]
        if field in people:
            spans.append((len(text), len(text) + len(value), "PERSON"))
        text += value
    return Sentence(text=text, spans=tuple(spans), part=Part.TUNE)


def swapped(names: Sequence[Name], *, seed: int) -> Iterator[Sentence]:
    """The tuning part's sentences, each person replaced by one from another country."""
    draw = random.Random(seed)  # noqa: S311
    for sentence in (*presidio_sentences(), *wnut_sentences()):
        people = [span for span in sentence.spans if span[2].upper() == "PERSON"]
        if sentence.part is not Part.TUNE or not people:
            continue
        text, spans, position = "", [], 0
        for start, end, _ in sorted(people):
            text += sentence.text[position:start]
            name = whole_name(draw, names)
            spans.append((len(text), len(text) + len(name), "PERSON"))
            text += name
            position = end
        text += sentence.text[position:]
        same = sentence.group or sentence.text
        yield Sentence(text=text, spans=tuple(spans), part=Part.TUNE, group=same)


def library_sentences() -> tuple[Sentence, ...]:
    """Lines of the guidance library, without names of authors; every third file is held out."""
    found = []
    files = sorted(shipped("knowledge").rglob("*.md"))
    for number, file in enumerate(files):
        part = Part.HELD_OUT if number % 3 == 0 else Part.TUNE
        body = file.read_text(encoding="utf-8").rpartition("---\n")[2]
        for line in body.splitlines():
            plain = _CITATION.sub("", line).strip("#-* 0123456789.")
            if len(plain) > 20:
                found.append(Sentence(text=plain, spans=(), part=part))
    return tuple(found)


def foreign_sentences() -> tuple[Sentence, ...]:
    """Example sentences of spaCy (MIT) in scripts with spaces, so that no script is all names."""
    import importlib

    found = []
    for language in (
        "ar",
        "fa",
        "ur",
        "he",
        "hi",
        "bn",
        "ta",
        "te",
        "ru",
        "uk",
        "bg",
        "el",
        "hy",
        "am",
    ):
        try:
            examples = importlib.import_module(f"spacy.lang.{language}.examples").sentences
        except ImportError:
            continue
        found += [Sentence(text=text, spans=(), part=Part.TUNE) for text in examples]
    return tuple(found)


def questions() -> tuple[Sentence, ...]:
    """The questions and topics of ``evals/cases``."""
    found = [Sentence(text=case.question, spans=(), part=case.part) for case in retrieval_cases()]
    found += [Sentence(text=case.question, spans=(), part=case.part) for case in off_topic_cases()]
    found += [Sentence(text=case.topic, spans=(), part=case.part) for case in topic_cases()]
    return tuple(found)


def _shown(entry: str, draw: random.Random) -> str:
    if len(entry) <= 4:
        return entry.upper()
    return entry.title() if draw.random() < 0.8 else entry.capitalize()
