"""Phrases that point to one person without a name: "our CFO", "the head of treasury at Contoso"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_C_LEVEL = r"(?-i:C[A-Z]{1,3}O|[SE]?VP|MD)"
_RANK = (
    r"(?:(?:group|global|regional|deputy|interim|acting|former|new|senior|junior|managing|chief|vice|"
    r"general|line|direct|finance|financial|technical|technology|marketing|sales|operations|operating|"
    r"people|hr|legal|commercial|creative|medical|information|digital|risk|data|it|product|project|"
    r"programme|program|department|branch|country|office|personal|executive)[\s-]+){0,3}"
)
_POST = (
    r"(?:director|president|chair(?:man|woman|person)|officer|counsel|treasurer|controller|manager|"
    r"boss|supervisor|secretary|assistant|chief executive|founder|principal|dean|provost|"
    r"team lead(?:er)?|headteacher)"
)
_FIELD = (
    r"(?:the\s+)?[\w&-]+(?:\s+(?:and|&)\s+[\w-]+|"
    r"\s+(?:team|department|division|resources|services|affairs|relations))?"
)
_HEAD = rf"(?:head|director|manager|vice president)\s+(?:of|for)\s+{_FIELD}"
_FIRM = r"\s+(?:at|of|for)\s+(?-i:(?:the\s+)?[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){0,3})"
#: "our directors" are several, "my mentee" and "my mentor" are what this is about, and "their
#: manager" is anybody's.
_ROLE = re.compile(
    rf"\b(?:(?:my|our|his|her)\s+{_RANK}(?:{_HEAD}|{_C_LEVEL}|{_POST})(?:{_FIRM})?"
    rf"|the\s+{_RANK}(?:{_HEAD}|{_C_LEVEL}|{_POST}){_FIRM})(?![\w-])",
    re.IGNORECASE,
)


def find_roles(text: str) -> Iterator[tuple[int, int]]:
    """Spans of phrases that point to one person by their post."""
    for match in _ROLE.finditer(text):
        end = match.end()
        while text[end - 1] in ".-&":
            end -= 1
        yield match.start(), end
