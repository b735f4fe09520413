"""What notes say of themselves: "went well: the demo", or a heading over a few lines.

A label tells the kind of what stands behind it better than the words there do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.guidance import Frozen
from coach.domain.reflection import ItemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.reflecting.sentences import Span

WORDS = Path(__file__).with_name("labels.txt")
#: What labels no item: where, when, who and about what.
SETTING = "context"
_LEADING = re.compile(
    r"^(?:(?:the|my|our|his|her|their|an?|what|how|i|we|it|was|were|is)\s+)+(?=\w)"
)
_TRAILING = re.compile(
    r"\s+(?:for \w+|(?:until|till|before|by) (?:then|next time|the next session)|today|so far"
    r"|me|him|her|us|them|(?P<name>[A-ZÀ-Þ][\w’'-]+))$"
)
#: What comes under "next steps" is either promised or only thought of.
_TO_DO = frozenset({ItemKind.COMMITMENT.value, ItemKind.NEXT_STEP.value})
_NOTHING = re.compile(
    r"^\W*(?:nothing|nobody|none|no one|not (?:much|a lot|really)|n/?a)\b", re.IGNORECASE
)
_BEHIND = re.compile(r"^\W*(?P<label>[^:\n.!?]{2,45}?)\s*(?::|\s[-–—])\s+(?=\S)")
_HEADING = re.compile(r"^\W*(?P<label>[^:\n.!?]{2,45}?)[\s:*_#–—-]*$")
#: Words of a line under a heading; a longer one is told, not noted.
_LINE = 30


class Label(Frozen):
    """What a sentence is said to be: ``kind``, or empty, and where its own words begin.

    ``heading`` is true where it only says what the next lines are.
    """

    kind: str = ""
    start: int = 0
    heading: bool = False

    def told(self, kind: str, text: str) -> str:
        """The kind of ``text``, what it is called left out, whose likeliest one is ``kind``."""
        if self.heading:
            return SETTING
        if not self.kind or (self.kind == ItemKind.NEXT_STEP and kind in _TO_DO):
            return kind
        if self.kind == ItemKind.QUESTION and kind in _TO_DO and not text.rstrip().endswith("?"):
            return kind
        if _NOTHING.match(text):
            return SETTING
        return self.kind


UNLABELLED = Label()


def labels_of(text: str, spans: Sequence[Span]) -> tuple[Label, ...]:
    """The label of each sentence of ``text``."""
    found: list[Label] = []
    over = ""
    last = 0
    for place, span in enumerate(spans):
        between = text[last : span.start]
        last = span.end
        begins = "\n" in between or not found
        line = _line_at(text, span)
        if begins and not _under(between, line):
            over = ""
        own = _behind(span.text)
        over_some = span.text.endswith(":") or place + 1 < len(spans)
        if begins and over_some and line == span.text and (kind := _heading(span.text)):
            over = kind
            found.append(Label(heading=True))
        elif own.kind or own.start:
            found.append(own)
        elif over and begins and len(line.split()) <= _LINE:
            found.append(Label(kind=over))
        else:
            found.append(UNLABELLED)
    return tuple(found)


def _line_at(text: str, span: Span) -> str:
    end = text.find("\n", span.start)
    return text[span.start : end if end >= 0 else len(text)].strip()


def _under(between: str, line: str) -> bool:
    """Whether a line still belongs to the heading above: no empty line parts them, or a bullet."""
    bulleted = bool(re.search(r"(?:[-*•–—+]|\d[.)]|\])\s*$", between))
    return bool(line) and (between.count("\n") <= 1 or bulleted)


def _heading(text: str) -> str:
    found = _HEADING.match(text)
    return _topic(found["label"]) if found else ""


def _behind(text: str) -> Label:
    found = _BEHIND.match(text)
    kind = _topic(found["label"]) if found else ""
    return Label(kind=kind, start=found.end() if found and kind else 0)


def _topic(label: str) -> str:
    """The kind that ``label`` tells, or an empty one."""
    said = _TRAILING.sub("", label.strip(" *_#"))
    return _kinds().get(_LEADING.sub("", said.lower().replace("’", "'")), "")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition(": ")
        if not line.startswith("#"):
            found.update(dict.fromkeys(words.split(", "), kind))
    return found
