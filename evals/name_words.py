"""Words that are no personal names: what the name model learns to leave alone."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from coach.adapters.identifiers.everyday import everyday
from coach.adapters.identifiers.words import words
from coach.resources import shipped
from evals.cases import Part
from evals.names import presidio_sentences, rows, wnut_sentences

#: Files of running text; only their commonest lower-case words are used.
_TEXTS = (
    "politeness_wikipedia", "politeness_stackexchange", "clinc150_test", "banking77_test",
    "positive_frames", "qmsum_val", "github_incivility", "conversational_receptiveness",
)  # fmt: skip


def ordinary_words() -> frozenset[str]:
    """English words that are written in lower case nearly always; lower case."""
    lower, upper = Counter[str](), Counter[str]()
    for name in _TEXTS:
        for row in rows(name):
            for text in _strings(row):
                for word in re.findall(r"[^\W\d_]+", text):
                    (lower if word.islower() else upper)[word.lower()] += 1
    return frozenset(
        word for word, count in lower.items() if count >= 3 and count >= 4 * upper[word]
    )


def library_words() -> frozenset[str]:
    """Words of the guidance library in lower case, and its everyday names."""
    files = shipped("knowledge").rglob("*.md")
    found = {
        word.text
        for file in files
        for word in words(file.read_text(encoding="utf-8"))
        if not word.is_capitalised
    }
    return frozenset(found) | {word for entry in everyday() for word in entry.split()}


def labelled_words() -> frozenset[str]:
    """Places, firms, products and capitalised other words of the tuning sentences."""
    found = set()
    for sentence in (*presidio_sentences(), *wnut_sentences()):
        if sentence.part is not Part.TUNE:
            continue
        people = [
            span for span in sentence.spans if span[2] in ("PERSON", "person", "ORGANIZATION")
        ]
        for word in words(sentence.text):
            if not any(start < word.end and word.start < end for start, end, _ in people):
                found.add(word.text.casefold())
    return frozenset(found)


def foreign_words() -> frozenset[str]:
    """Stop words and examples of spaCy's other languages (MIT), so that no script is all names."""
    import spacy.lang

    found: set[str] = set()
    for module in pkgutil.iter_modules(spacy.lang.__path__):
        if not module.ispkg:
            continue
        found |= set(_of_module(f"spacy.lang.{module.name}.stop_words", "STOP_WORDS"))
        for example in _of_module(f"spacy.lang.{module.name}.examples", "sentences"):
            # Only words in the middle of the sentence and without a capital: the rest may be names.
            found |= {w.text for w in list(words(example))[1:] if w.text == w.text.lower()}
    return frozenset(word.casefold() for word in found if not re.search(r"[\d\s]", word))


def place_words() -> frozenset[str]:
    """Places in many scripts, from phonenumbers (Apache-2.0), and cities of time zones."""
    from zoneinfo import available_timezones

    found = {part for zone in available_timezones() for part in re.split(r"[/_]", zone)}
    data = importlib.import_module("phonenumbers.geodata").GEOCODE_DATA
    for entry in data.values():
        for language, place in entry.items():
            if language != "en":
                found |= {word.text for word in words(place)}
    return frozenset(word.casefold() for word in found if word.isalpha())


def _of_module(name: str, attribute: str) -> Iterator[str]:
    try:
        yield from getattr(importlib.import_module(name), attribute, ())
    except ImportError:  # a language without this file, or whose tokenizer is another package
        return


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))


def counts() -> str:
    """How many words each source gives; for the card."""
    return json.dumps(
        {
            source.__name__: len(source())
            for source in (
                ordinary_words,
                library_words,
                labelled_words,
                foreign_words,
                place_words,
            )
        }
    )
