"""What a contributor was told before a release, signed, to hold the release against later."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from coach.domain.themes import Theme, ThemeReport
from coach.errors import ProgramError

#: Characters of a receipt; one of twenty themes has some 8,000.
_MOST = 60_000
_MARK = "coach-receipt-1"


@dataclass(frozen=True)
class Promised:
    """A receipt's content: ``shown`` by theme, in the lead's words; ``withheld`` are theme ids."""

    program_id: str
    number: int
    shown: dict[str, str]
    withheld: tuple[str, ...]


def words_of(theme: Theme) -> str:
    """All that a reader of the release learns of this theme's size and subject."""
    return f"{theme.label} | {theme.sentence} | {theme.pairs}"


def written(promised: Promised) -> str:
    """The receipt before it is signed."""
    fields = {
        "program": promised.program_id,
        "release": promised.number,
        "shown": promised.shown,
        "withheld": list(promised.withheld),
    }
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sealed(text: str, signature: str) -> str:
    """The receipt as a person keeps it: one line."""
    body = base64.urlsafe_b64encode(text.encode()).decode()
    return f"{_MARK}.{body}.{signature}"


def opened(receipt: str) -> tuple[str, str]:
    """Its text and its signature. Raises ``ProgramError`` for anything that is no receipt."""
    if len(receipt) > _MOST:
        raise ProgramError(_NONE)
    mark, _, rest = receipt.strip().partition(".")
    body, _, signature = rest.partition(".")
    try:
        text = base64.b64decode(body, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise ProgramError(_NONE) from None
    if mark != _MARK or not text or not signature:
        raise ProgramError(_NONE)
    return text, signature


def read(text: str) -> Promised:
    """What a receipt says. Raises ``ProgramError``."""
    try:
        fields = json.loads(text)
        return Promised(
            str(fields["program"]),
            int(fields["release"]),
            {str(key): str(value) for key, value in fields["shown"].items()},
            tuple(map(str, fields["withheld"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProgramError(_NONE) from None


def broken(promised: Promised, report: ThemeReport) -> tuple[str, ...]:
    """How a release differs from what was promised, in words; nothing if it kept its word.

    It may show less than was promised, never more and never otherwise.
    """
    shown = {theme.id: theme for theme in report.themes}
    faults = [
        f"“{theme.label}” reads otherwise than in your preview."
        for ident, words in promised.shown.items()
        if (theme := shown.get(ident)) is not None and words_of(theme) != words
    ]
    faults += [
        f"“{shown[ident].label}” is shown, and your preview said that it would be withheld."
        for ident in promised.withheld
        if ident in shown
    ]
    return tuple(faults)


_NONE = "This is no receipt of the coach. Paste the whole line that your preview gave you."
