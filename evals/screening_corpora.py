"""What the screen learns from beside labelled attacks: benign prose, and requests to assistants."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from coach.library.load import load_library
from coach.resources import shipped
from evals.cases import Part
from evals.screening_cases import Labelled, read_bench, third

FORUMS = ("politeness_stackexchange", "politeness_wikipedia", "github_incivility")
CORPORA = (*FORUMS, "qmsum_val", "clinc150_test")
#: Words of attacks that people use for other things all day.
_TRIGGERS = re.compile(
    r"\b(?:ignor\w*|disregard\w*|forg[eo]t\w*|overrid\w*|bypass\w*|pretend\w*|system|prompts?|"
    r"instructions?|secret\w*|passwords?|commands?|previous|admin\w*|act as|reveal\w*)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|who|where|when|why|how|which|is|are|do|does|did|can|could)\b")
#: Characters of a post that is still one thought, and of a passage of a meeting or a thread.
_POST, _PASSAGE = 700, (200, 1500)
#: Characters of a turn that says something.
_TURN = 40
#: Meetings kept apart, for what long benign texts score.
_LONG_MEETINGS = 12
_SEED = 20260301

#: A text and the group that keeps it and its like in one fold.
Grouped = tuple[str, str]


def forum_rows() -> Iterator[Labelled]:
    """Posts from forums that hold trigger words: benign, and hard to tell from attacks."""
    for name in FORUMS:
        for row in read_bench(name):
            # Names and addresses were replaced by marks, which would look like markup.
            text = re.sub(r"<(?:url|person)>", "it", row["text"].strip())
            if row.get("tbdf") or not _TRIGGERS.search(text) or len(text) > _POST:
                continue
            group = f"{name} {row.get('issue_id', row['id'])}"
            yield Labelled(
                text=text,
                attack=False,
                source="forums, trigger words",
                group=group,
                part=third(group),
                hard=True,
            )


def prose() -> list[Grouped]:
    """Passages of some sentences that are addressed to people: meetings and issue threads."""
    found = [(text, text[:50]) for meeting in meetings()[:-_LONG_MEETINGS] for text in meeting]
    for row in read_bench("github_incivility"):
        group = f"github_incivility {row['issue_id']}"
        if not row["tbdf"] and third(group) is Part.TUNE:
            found.append((row["text"], group))
    found = [(text, group) for text, group in found if _PASSAGE[0] < len(text) < _PASSAGE[1]]
    _shuffle(found)
    return found


def long_texts() -> list[str]:
    """Long benign texts, of about 5 to 40 thousand characters."""
    kept = meetings()[-_LONG_MEETINGS:]
    return ["\n".join(meeting[:size]) for meeting in kept for size in (5, 12, 40)]


def requests() -> list[Grouped]:
    """What people ask of an assistant, of 150 sorts, written as sentences."""
    rows = [row for row in read_bench("clinc150_test") if row["label"] != "oos"]
    _shuffle(rows)
    return [(_sentence(row["text"]), row["label"]) for row in rows]


def library_rows() -> Iterator[Labelled]:
    """The passages of the shipped library: benign, and full of advice that sounds like orders."""
    for passage in load_library(shipped("knowledge")).passages():
        yield Labelled(
            text=passage.text,
            attack=False,
            source="library passages",
            group=passage.doc_id,
            part=third(passage.doc_id),
        )


def meetings() -> list[list[str]]:
    """Meetings as passages of four turns."""
    found = []
    for meeting in read_bench("qmsum_val"):
        turns = (turn["content"] for turn in meeting["meeting_transcripts"])
        spoken = (
            re.sub(r"\s+([.,?!])", r"\1", re.sub(r"\{\w+\}", "", turn))
            for turn in turns
            if len(turn) > _TURN
        )
        passages = []
        while passage := " ".join(islice(spoken, 4)):
            passages.append(passage)
        found.append(passages)
    return found


def _shuffle(rows: list[Any]) -> None:
    random.Random(_SEED).shuffle(rows)  # noqa: S311 - an order that can be repeated


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("?" if _ASKS.match(text) else ".")
