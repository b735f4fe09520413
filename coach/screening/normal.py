"""Text as a reader sees it: what hides letters or dresses them up is undone before scoring."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata

#: Cyrillic and Greek letters with their Latin doubles, from the confusables of Unicode TR39.
_PAIRS = (
    "аa вb сc ԁd еe ёe һh іi їi јj кk ӏl мm нh оo рp ԛq гr ѕs тt уy ԝw хx зz "
    "αa βb εe ηn ιi κk νv οo ρp τt υu χx ωw"
)
_LOOKALIKES = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_DIGITS = str.maketrans("013457@$", "oieastas")
#: Letters with one and the same separator each: "i g n o r e", "i-g-n-o-r-e".
_SPACED = re.compile(r"(?<!\w)[^\W\d]([ .\-_*·])[^\W\d](?:\1[^\W\d])+(?!\w)")
_DRESSED = re.compile(r"[^\W\d_][013457@$]+[^\W\d_]|^[013457@$][^\W\d_]{2}")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|am|pm)\W*$")
_BLOB = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_LATIN = re.compile(r"[\x00-\u024f“”‘’–—…]*")
#: Unicode tags: invisible twins of ASCII.
_TAGS = {0xE0000 + code: code for code in range(0x20, 0x7F)}


def normal(text: str) -> str:
    """``text`` in lower case, without what only a machine would notice.

    Compatibility forms are unified (NFKC), tag characters become the ASCII that
    they mirror, marks without width and stacked accents go; look-alike letters
    within Latin words, letters spaced one by one and digits used as letters are
    read as the letters that they stand for.
    """
    seen = text
    if not text.isascii():
        seen = "".join(_visible(unicodedata.normalize("NFKC", text.translate(_TAGS))))
    seen = re.sub(r"\s{2,}|[\x00-\x1f]+", "\n", seen.casefold())
    seen = _SPACED.sub(lambda found: found[0].replace(found[1], ""), seen)
    return " ".join(_letters(_latin(word)) for word in seen.split())


def hidden_marks(text: str) -> int:
    """How many characters show nothing: zero-width, bidirectional controls, tags."""
    if text.isascii():
        return 0
    return sum(unicodedata.category(mark) == "Cf" and mark != "\u00ad" for mark in text)


def mixes_scripts(text: str) -> bool:
    """Whether one word holds Latin letters and their doubles from another script."""
    return not text.isascii() and any(_latin(word) != word for word in text.casefold().split())


def decoded(text: str) -> str:
    """What the Base64 pieces of ``text`` say, as far as that is readable."""
    return " ".join(filter(None, map(_plain, _BLOB.findall(text))))


def _visible(text: str) -> list[str]:
    found: list[str] = []
    for mark in text:
        category = unicodedata.category(mark)
        if category in {"Cf", "Co", "Cs"} or "\ufe00" <= mark <= "\ufe0f":
            continue
        # What NFKC could not join with its Latin letter is decoration.
        if category in {"Mn", "Me"} and found and found[-1] < "\u0250":
            continue
        found.append(mark)
    return found


def _latin(word: str) -> str:
    if word.isascii() or not re.search(r"[a-z]", word):
        return word
    changed = word.translate(_LOOKALIKES)
    return changed if _LATIN.fullmatch(changed) else word


def _letters(word: str) -> str:
    is_address = "@" in word and "." in word
    if is_address or not _DRESSED.search(word) or _ORDINAL.match(word):
        return word
    letters = sum(mark.isalpha() for mark in word)
    signs = sum(mark in "013457@$" for mark in word)
    # "q3", "b2b" and "covid19" stay; "1gn0re" and "syst3m" do not.
    return word.translate(_DIGITS) if letters > max(1, signs) else word


def _plain(blob: str) -> str:
    if not (re.search(r"[a-z]", blob) and re.search(r"[A-Z]", blob)):
        return ""
    try:
        raw = base64.b64decode(blob.rstrip("=") + "=" * (-len(blob.rstrip("=")) % 4))
        text = raw.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    readable = all(mark.isprintable() or mark.isspace() for mark in text)
    return text if readable and " " in text.strip() else ""
