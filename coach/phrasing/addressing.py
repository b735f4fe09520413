"""Whom a message calls by name at its beginning."""

from __future__ import annotations

import re

from coach.phrasing.sentences import CUES
from coach.ports import Grammar

_ADDRESS = re.compile(
    r"^(?i:(?:hi|hi there|hiya|hey|hello|dear|respected|good (?:morning|afternoon|evening)|g['’]day|morning|well),? )?(?P<who>(?:Mr|Mrs|Ms|Miss|Mama|Dr|Auntie|Uncle)\.? [A-Z][\w'’-]+|[A-Z][\w'’-]+|[Ss]ir|[Mm]adam|[Mm]a'am|[Mm]a|[Oo]ga|[Bb]oss)"  # noqa: E501 - one pattern or sentence
    r"(?: dear)?,\s+(?=\S)",
)


def addressed(message: str, grammar: Grammar) -> tuple[str, str]:
    """Whom the message calls by name at its beginning, and the rest."""
    found = _ADDRESS.match(message)
    if found is None:
        return "", message
    who = found["who"].strip()
    words = grammar.read(message).words
    first = next((word for word in words if word.start == found.start("who")), None)
    titled = re.match(
        r"(?:Mr|Mrs|Ms|Miss|Mama|Dr|Auntie|Uncle|sir|madam|ma|oga|boss)\b", who, re.IGNORECASE
    )
    if not titled and (
        first is None
        or first.part in {"ADV", "CCONJ", "SCONJ", "PRON", "DET", "NUM", "ADP", "AUX"}
        or who.lower() in CUES.word_list("no_names")
    ):
        return "", message
    rest = message[found.end() :]
    return who, rest[0].upper() + rest[1:]
