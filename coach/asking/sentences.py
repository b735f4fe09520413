"""The sentences of a passage that make sense on their own, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.guidance import Frozen, Passage

#: Who says it or what it is for stands before many lines of the library; it is no part of it.
_MARK = re.compile(
    r"(?:[-*•]|\d+[.)])\s+|(?:Mentor|Mentee|Lead|Both|Say|Ask|Plan B|Done means)\s*:\s+"
)
_NEW_LINE = re.compile(r"(?:[-*•]|\d+[.)]|\#{1,6})\s|(?:Say|Ask|Plan B)\s*:")
_END = re.compile(r"[.?!…]+[\"”’')\]]*(?=\s|$)|[。！？؟।]+[”」』]*")
#: A single capital is an initial; "the senior's." ends a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:(?i:e\.g|i\.e|etc|vs|cf|dr|mr|mrs|ms|prof|approx|fig)|No)|(?<!['’])\b[A-Z])\.$"
)
_CLOSED = re.compile(r"[.?!…。！？؟।][\"”’'」』)\]]*$")
_CASELESS = re.compile(
    r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
#: What points back even where a line begins, as in the steps of a list.
_PRONOUN = re.compile(
    r"(?:do the same|it|its|they|their|them|he|she|this|these|those|then)\b", re.IGNORECASE
)
#: A first word that points at the sentence before.
_POINTING = re.compile(
    r"""(?:it|its|they|their|them|that|this|these|those|he|she|his|her|then|so|but|and|or|both
        |neither|either|such|also|instead|otherwise|still|yet|even\ so|next|afterwards|if\ so
        |if\ not|do\ the\ same|after\ that|for\ each|one|another
        |the\ (?:other|same|first|second)|here|there|done)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_MIN_WORDS, _MAX_WORDS = 4, 60
#: Characters from which a line is taken to go on in the next: a page's own line break.
_WRAPPED = 60


class Sentence(Frozen):
    """A sentence of a passage; ``place`` counts from 0 within it.

    ``leans`` marks one that points back at the sentence before, and reads well only after it.
    ``spoken`` marks words to say, whole and in their quotation marks.
    """

    text: str
    place: int
    leans: bool
    spoken: bool


def sentences_of(passage: Passage) -> tuple[Sentence, ...]:
    """Every whole sentence of ``passage`` in order; headings and broken ends are left out."""
    found: list[Sentence] = []
    for line in _lines(passage.text):
        starts_line = True
        for text in _split(line):
            if _stands(text):
                found.append(
                    Sentence(
                        text=text,
                        place=len(found),
                        leans=bool((_PRONOUN if starts_line else _POINTING).match(text)),
                        spoken=text[0] in '"“' and text[-1] in '"”',
                    )
                )
            starts_line = False
    return tuple(found)


def _lines(text: str) -> Iterator[str]:
    """Paragraphs and list items on one line each, without marks at their beginning."""
    kept = ""
    for raw in text.splitlines():
        line = " ".join(raw.split())
        goes_on = (
            kept
            and line
            and not _NEW_LINE.match(line)
            and not _CLOSED.search(kept)
            and (line[0].islower() or len(kept) >= _WRAPPED)
        )
        if goes_on:
            kept = f"{kept} {line}"
            continue
        if kept:
            yield _unmarked(kept)
        kept = line
    if kept:
        yield _unmarked(kept)


def _unmarked(line: str) -> str:
    while found := _MARK.match(line):
        line = line[found.end() :]
    return line


def _split(line: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(line):
        piece = line[begin : end.end()]
        after = line[end.end() :].lstrip()
        if _is_quoting(piece) or _ABBREVIATION.search(line[begin : end.start() + 1]):
            continue
        if after and after[0].islower():
            continue
        yield piece.strip()
        begin = end.end()
    if rest := line[begin:].strip():
        yield rest


def _is_quoting(piece: str) -> bool:
    """Whether a quotation is still open at the end of ``piece``."""
    return piece.count('"') % 2 == 1 or piece.count("“") > piece.count("”")


def _stands(text: str) -> bool:
    if not _CLOSED.search(text) or text[0].islower() or text.startswith("#"):
        return False
    if _CASELESS.search(text):
        return 8 <= len(text) <= 400
    return _MIN_WORDS <= len(text.split()) <= _MAX_WORDS
