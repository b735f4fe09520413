"""Messages that refuse something: nobody asks how a refusal looked from the other side."""

from __future__ import annotations

import re

_REFUSES = re.compile(
    r"\bI(?: really| just| simply| also)? (?:won['’]t|will not|refuse to"
    r"|(?:don['’]t|do not) want to|(?:can['’]t|cannot) (?:be \w+ing|do|make|join|take on))\b"
    r"|\bI(?:['’]m| am) not going to\b|\bI(?:['’]d| would) rather not\b|^\W*no,",
    re.IGNORECASE,
)


def refuses(text: str) -> bool:
    """Whether somebody says in ``text`` what they will not do."""
    return _REFUSES.search(text) is not None
