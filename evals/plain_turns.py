"""A sentence with one act turned round, so plainly that nobody needs to label it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.reflecting.grounding_words import opposites_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.domain.grammar import Reading, Word

_ACTS = {"ROOT", "conj", "ccomp", "advcl", "relcl"}
_NO_FORM = {"ca": "can", "wo": "will", "sha": "shall"}


def denied(reading: Reading) -> Iterator[str]:
    """The sentence with "not" in each act, or without it."""
    text = reading.text
    for word in reading.words:
        below = reading.children(word)
        denial = next((child for child in below if child.relation == "neg"), None)
        if denial is not None:
            yield _affirmed(text, denial)
            continue
        be = word.lemma == "be" and word.form in {"VBZ", "VBD", "VBP"}
        if word.relation not in _ACTS or not (word.part == "VERB" or (word.part == "AUX" and be)):
            continue
        helper = next(
            (c for c in below if c.relation in {"aux", "auxpass"} and c.lower != "to"), None
        )
        if (first := word if be else helper) is not None:
            end = first.start + len(first.text)
            yield f"{text[:end]} not{text[end:]}"
        elif word.form in {"VBD", "VBZ"}:
            did = "did not" if word.form == "VBD" else "does not"
            end = word.start + len(word.text)
            yield f"{text[: word.start]}{did} {word.lemma}{text[end:]}"


def _affirmed(text: str, denial: Word) -> str:
    before, after = text[: denial.start].rstrip(), text[denial.start + len(denial.text) :]
    if (last := before.rpartition(" ")[2].lower()) in _NO_FORM:
        before = before[: len(before) - len(last)] + _NO_FORM[last]
    elif last in {"do", "does", "did"}:
        before = before[: len(before) - len(last)].rstrip()
    return f"{before} {after.lstrip()}"


def opposed(reading: Reading) -> Iterator[str]:
    """The sentence with the opposite of each word that has one, in its base form."""
    text = reading.text
    for word in reading.words:
        if word.part in {"VERB", "ADJ", "ADV", "ADP", "SCONJ"}:
            for other in sorted(opposites_of(word.lemma)):
                yield f"{text[: word.start]}{other}{text[word.start + len(word.text) :]}"
