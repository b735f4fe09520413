"""Addresses, phones, handles, links and numbers: what reaches somebody, or their account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coach.adapters.identifiers.analysis import is_domain
from coach.domain.identifiers import IdentifierKind as Kind

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult

_KINDS = {
    "EMAIL_ADDRESS": Kind.EMAIL,
    "CREDIT_CARD": Kind.NUMBER,
    "IBAN_CODE": Kind.NUMBER,
    "IP_ADDRESS": Kind.NUMBER,
    "US_SSN": Kind.NUMBER,
    "PHONE_NUMBER": Kind.PHONE,
}
#: What our own patterns find beside Presidio's: wider, since a miss costs more than a placeholder.
_PATTERNS = (
    # Any script, and domains that are only used inside a firm (anna@intranet).
    (Kind.EMAIL, re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    (
        Kind.EMAIL,
        re.compile(r"(?:mailto:|e-?mail:\s?)[^\s@<>]{1,64}@[\w.-]{1,200}\w", re.IGNORECASE),
    ),
    (
        Kind.LINK,
        re.compile(r"\b(?:https?|ftp|sftp|ssh|file)://[^\s<>\"'）」]{1,2000}", re.IGNORECASE),
    ),
    (Kind.LINK, re.compile(r"\bwww\.[\w-]{1,63}\.[^\s<>\"']{2,2000}", re.IGNORECASE)),
    # Slack writes <@U02ABC> for a person; elsewhere a handle begins with @.
    (Kind.HANDLE, re.compile(r"<@[UW][A-Z0-9]{4,}(?:\|[^>\n]{1,80})?>")),
    (Kind.HANDLE, re.compile(r"(?<![\w@/.])@[^\W_][\w.-]{0,62}(?<![.-])")),
    (Kind.HANDLE, re.compile(r"(?<![\w/])/?u/[\w-]{3,30}\b")),
    (
        Kind.HANDLE,
        re.compile(
            r"(?:\b(?:slack|teams|telegram|signal|skype|discord|instagram|insta|twitter|github|"
            r"linkedin|handle|username|user\s?name|user\s?id|login)\s?(?:handle|name|id)?\s?[:=]\s?)"
            r"(?P<it>[\w][\w.-]*[._\d-][\w.-]*\w)",
            re.IGNORECASE,
        ),
    ),
    (Kind.HANDLE, re.compile(r"\b[^\W\d_]{2,20}#\d{4}\b")),
    (Kind.PHONE, re.compile(r"(?<![\w+])(?:\+|00)\d[\d ()./\u00a0-]{6,22}\d(?![\w])")),
    (
        Kind.PHONE,
        re.compile(
            r"\b(?:tel|phone|mobile|cell|fax|whats\s?app|ext|extension|call|ring|text|reach|dial|number)"
            r"(?:\s+(?:me|him|her|us|them|no|number|is|on|at|to|phone)){0,4}\s?[.:#]?\s{0,3}"
            r"(?P<it>[+(]?\d[\d ()./\u00a0-]{3,20}\d)(?![\w%])",
            re.IGNORECASE,
        ),
    ),
    (Kind.PHONE, re.compile(r"(?<![\w+.,])\(\d{2,5}\)[ -]?\d{2,4}(?:[ .-]?\d{2,4}){1,3}(?!\w)")),
    # Groups of digits without a country code, and what stands before the word for the line.
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w.,:/+-])\(?\d{2,5}\)?(?:[ .-]\d{2,4}){2,5}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?!\w)"
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w.,:/+-])\d{3}[ .-]\d{4}(?=\s?\(?(?:office|fax|mobile|home|cell|work)\b)",
            re.IGNORECASE,
        ),
    ),
    (Kind.PHONE, re.compile(r"(?<![\w.,:/+-])\d{9,11}(?![\w,-]|\.\d)")),
    (Kind.NUMBER, re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b")),
    (Kind.NUMBER, re.compile(r"(?<![\w.,])\d{4}(?:[ -]?\d{4}){2}(?:[ -]?\d{1,7})?(?!\w)")),
    (
        Kind.NUMBER,
        re.compile(
            r"\b(?:account|iban|card|passport|employee|staff|personnel|customer|policy|tax|insurance|"
            r"badge|national insurance|ssn|pin)\s+(?:no\.?|number|id|nr\.?|#)\s*(?:is\s|:)?\s*"
            r"(?P<it>[A-Z0-9][A-Z0-9 -]{2,28}\d)\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.NUMBER, re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){5,7}[0-9a-fA-F]{1,4}(?![\w:])")),
    (Kind.NUMBER, re.compile(r"(?<!\w)(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}(?!\w)", re.IGNORECASE)),
)
_BARE_LINK = re.compile(
    r"(?<![\w@.-])(?P<host>(?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,18})(?![\w@.-]*[\w@])"
    r"(?P<path>[/?#][^\s<>\"']{0,2000})?"
)
#: Ends of file names and of sentences without a space, which are also ends of domains.
_NO_DOMAIN = re.compile(
    r"\.(?:md|py|sh|rs|zip|mov|pl|ps|cc|so|in|is|it|my|me|no|so|to|as|at|be|by|do)$", re.IGNORECASE
)
_DATE = re.compile(
    r"\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}([./-])\d{1,2}\2\d{1,2}|\d{4}\s?[-–]\s?\d{4}"
)


def find_contacts(
    text: str, results: Sequence[RecognizerResult]
) -> Iterator[tuple[int, int, Kind]]:
    """Spans and kinds, in no order; they may overlap."""
    for result in results:
        kind = _KINDS.get(result.entity_type)
        if kind is None:
            continue
        found = text[result.start : result.end]
        if kind is Kind.PHONE and not _is_phone(found):
            continue
        yield result.start, result.end, kind
    yield from _by_pattern(text)


def _by_pattern(text: str) -> Iterator[tuple[int, int, Kind]]:
    for match in _BARE_LINK.finditer(text):
        if _is_link(match["host"], match["path"]):
            yield *match.span(), Kind.LINK
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("it" if "it" in pattern.groupindex else 0)
            while end > start and text[end - 1] in ".,;:!?)-":
                end -= 1
            if end - start > 2 and (kind is not Kind.PHONE or _is_phone(text[start:end])):
                yield start, end, kind


def _is_link(host: str, path: str | None) -> bool:
    if not host.rpartition(".")[2].islower() or not is_domain(host):
        return False
    return bool(path) or not _NO_DOMAIN.search(host)


def _is_phone(found: str) -> bool:
    digits = sum(mark.isdigit() for mark in found)
    return 5 <= digits <= 15 and "\n" not in found and not _DATE.fullmatch(found.strip())
