"""A list of things that somebody was told, as sentences: without its numbers and its heading."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"^(?:(?:there (?:are|were)|i have|i've got|you got|just) )?"
    r"(?:two|three|four|five|six|several|a few|a couple of|some|\d) "
    r"(?:\w+ )?(?:things|points|remarks|issues|criticisms|problems|comments|notes)"
    r"(?:(?: [\w' ]{1,30})?:| [–—-]+|\.)\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?<=^)|(?<=[\s,;]))\(?(?:\d|[a-e])[.)] (?=[A-Za-z])")
_BULLET = re.compile(r"^\s*(?:[-*•·–—]|\(?\d[.)])\s+", re.MULTILINE)
_ORDINAL = re.compile(
    r"(^|[.!?;,]\s+|\n)(?:and |then )?(?:first|second|third|fourth|last)(?:ly)?(?: of all)?[,:] ",
    re.IGNORECASE,
)
_UNENDED = re.compile(r"(?<=\w)\s*\n+")
_LETTER = re.compile(r"(^|[.!?]\s+)([a-z])")


def unlisted(text: str) -> str:
    """``text`` with the points of a list as sentences; others are left as they are."""
    listed = _HEADING.sub("", text.strip(), count=1)
    if len(_NUMBER.findall(listed)) > 1:
        listed = _NUMBER.sub("", listed)
    listed = _BULLET.sub("", listed)
    if len(_ORDINAL.findall(listed)) > 1:
        listed = _ORDINAL.sub(_ended, listed)
    if listed == text.strip():
        return text
    listed = _UNENDED.sub(". ", listed)
    return _LETTER.sub(lambda found: f"{found[1]}{found[2].upper()}", listed)


def _ended(found: re.Match[str]) -> str:
    """The end of the sentence before an ordinal, if there is one."""
    return ". " if found[1].strip() else found[1]
