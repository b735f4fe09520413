"""For "Which apps do you use?": the same question, opened at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOST_WORDS = 14
_CHOOSING = re.compile(r"(which|what) ([\w' -]{1,40}?) do you ([a-z]+)\b(.*)", re.IGNORECASE)
#: What opens a question for a fact, by its first words.
_OPENERS = (
    (r"(?:which|who|whose|whom|where)\b", "and why?"),
    (r"when (?:did|was|were|had|has|have)\b", "and how did that come about?"),
    (r"when\b", "and why then?"),
    (r"how (?:many|much|long|often|old|big|large|far|soon|late|early|frequently|regularly)\b",
     "and what does that mean for your work?"),
    (r"what\b", "and how did that come about?"),
)  # fmt: skip


def forms_of_fact(sentence: str) -> Iterator[str]:
    """The question with what it leaves out; nothing for one that is framed or offers answers."""
    asked = sentence.strip().rstrip("?!. ")
    if "?" in asked or len(asked.split()) > _MOST_WORDS or re.search(r"\b(?:or|and)\b|,", asked):
        return
    for pattern, opener in _OPENERS:
        if re.match(pattern, asked, re.IGNORECASE):
            yield f"{asked[:1].upper()}{asked[1:]} {opener}"
            break
    chosen = _CHOOSING.fullmatch(asked)
    if chosen:
        which, named, verb, rest = chosen.groups()
        yield f"How do you choose {which.lower()} {named} to {verb}{rest}?"
