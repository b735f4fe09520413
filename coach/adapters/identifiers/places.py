"""Towns, countries and addresses, which tell where somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.adapters.identifiers.analysis import Analysis, dictionary
from coach.adapters.identifiers.everyday import is_everyday

_WAY = (
    r"street|st\.|road|rd\.|avenue|ave\.?|lane|drive|boulevard|blvd|square|sq\.|court|crescent|"
    r"terrace|place|highway|parkway|circle|strasse|straße|platz|allee|gasse|weg|gata|gatan|vej|"
    r"gade|tie|katu"
)
_CAPITALISED = r"(?-i:[^\W\d_a-z])[\w.'’-]*(?:\s(?-i:[^\W\d_a-z])[\w'’-]*){0,3}"
_SMALL = r"(?:(?:de|du|des|la|las|le|les|los|do|da|di|del)\s+)*"
#: 12 Long Lane; 731 ul. Miła 57
_NUMBER_FIRST = (
    rf"\b\d{{1,5}}[a-z]?,?\s+(?:[^\W\d_][\w.'’-]*\s+){{1,4}}(?:{_WAY})(?!\w)(?:\s+\d{{1,4}}\b)?"
)
#: Villacher Strasse 89; Hauptstraße 5
_NUMBER_LAST = (
    r"(?<!\w)(?:[^\W\d_][\w.'’-]*\s+){0,2}[^\W\d_]*(?:strasse|straße|platz|allee|gasse|gata|gatan|"
    r"vej|gade|vegen|katu|utca)\s+\d{1,4}[a-z]?\b"
)
_ROMANCE = (
    r"(?<!\w)(?:rue|rua|via|calle|avenida|avenue|ul\.|ulica|viale|piazza|plaza|boulevard|chemin)"
    rf"\s+{_SMALL}{_CAPITALISED},?\s+\d{{1,4}}\b"
)
_FRENCH = rf"\b\d{{1,4}},?\s+(?:rue|avenue|boulevard|chemin|place)\s+{_SMALL}{_CAPITALISED}"
#: What follows the word address, to the end of its sentence or some short lines on.
_AFTER_WORD = (
    r"(?:\baddress(?:\s+is)?\s?:?|\blocated\s+at|\bliv(?:es?|ed|ing)\s+at|\bresid(?:es?|ing)\s+at|"
    r"\bship\s+to)\s+(?P<it>(?=[^.!?\n]{0,30}\d)[^!?;\n]{4,70}?(?:\n[^!?;\n]{2,30}){0,3}?)"
    r"(?=[.!?;]\s|[.!?;]?$|\n\n)"
)
_DOOR = r"\b(?:apt|apartment|suite|flat|unit)\.?\s+\d{1,5}[a-z]?\b|\bP\.?\s?O\.?\s?Box\s+\d{1,6}\b"
_POSTCODE = r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b"
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        *(_NUMBER_FIRST, _NUMBER_LAST, _ROMANCE, _FRENCH),
        *(_AFTER_WORD, _DOOR, _POSTCODE),
    )
)
_PLACE = ("GPE", "LOC", "FAC", "LOCATION")


def find_places(text: str, analysis: Analysis) -> Iterator[tuple[int, int, bool]]:
    """Spans, and whether it is sure: what is not sure gives way to a person."""
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            yield *match.span("it" if "it" in pattern.groupindex else 0), True
    nouns, others = dictionary()
    for entity in analysis.doc.ents:
        if entity.label_ not in _PLACE:
            continue
        name = entity.text.strip(" \n\t.,'’")
        start = entity.start_char + entity.text.find(name)
        first = name.partition(" ")[0].casefold()
        # "Reading" and "Frankfurt" are nouns too: inside a sentence the capital makes the town.
        ordinary = first in others or (first in nouns and _begins(text, start))
        if name[:1].isupper() and not is_everyday(name) and not ordinary and len(name) > 2:
            yield start, start + len(name), False


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?:;\n•*#-–"
