"""Firms and other organisations, above all the pair's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.adapters.identifiers.analysis import Analysis, dictionary
from coach.adapters.identifiers.everyday import is_everyday
from coach.adapters.identifiers.inflection import is_english
from coach.adapters.identifiers.likeness import shipped_likeness
from coach.adapters.identifiers.words import word_set

_NAME = r"[^\W\d_a-z][\w&'’.-]*"
_FORMS = (
    r"Ltd|Limited|Inc|LLC|LLP|PLC|plc|GmbH|AG|SE|KG|KGaA|S\.?A\.?|SAS|SARL|S\.?p\.?A|S\.?r\.?l|B\.?V|"
    r"N\.?V|AB|ASA|Oyj?|A/S|ApS|Pty|Pvt|Corp|Corporation|Company|Co|Holdings?|Group|Gruppe|Bank|Bancorp|"
    r"Insurance|Versicherung|University|Université|Universität|College|Hospital|Council|Institute|"
    r"Foundation|Trust|Partners|Associates|Consulting|Technologies|Solutions|Systems|Industries|"
    r"Pharmaceuticals|Airlines|Airways|Energy|Motors|Ventures|Capital|Labs|Studios"
)
_WITH_FORM = re.compile(
    rf"(?<![\w&])(?:{_NAME}[ ,]{{1,2}}(?:(?:and|&|of|de|und)[ ])?){{1,4}}(?:{_FORMS})\b"
    r"(?:[.](?=[ ,]))?"
)
_EAST_ASIAN = re.compile(
    r"(?:株式会社|有限会社)[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{1,12}|"
    r"[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{1,12}(?:株式会社|有限公司|股份有限公司|集团|集團)"
)
_CYRILLIC = re.compile(r"(?:ООО|ОАО|ЗАО|ПАО|АО)\s+[«\"][^»\"\n]{1,60}[»\"]")
#: Words after which a capitalised unknown word is somebody's employer.
_AT = re.compile(
    rf"\b(?:at|joined|join|joining|left|leaving|work(?:s|ed|ing)?\s+(?:for|at|with)|employed\s+by|acquired\s+by|"
    rf"here\s+at|clients?\s+(?:at|of|like)|competitors?\s+(?:like|such\s+as))\s+(?:the\s+)?"
    rf"(?P<it>{_NAME}(?:\s(?:&\s)?{_NAME}){{0,3}})"
)
_AND = re.compile(
    rf"(?<!\w){_NAME}(?:,\s{_NAME})?\s(?:&|and)\s(?:Sons?|Co|Partners|Associates|Brothers|Bros)\b"
)


def find_organisations(text: str, analysis: Analysis) -> Iterator[tuple[int, int, bool]]:
    """Spans, and whether it is sure: what is not sure gives way to a person or a place."""
    for pattern in (_WITH_FORM, _EAST_ASIAN, _CYRILLIC, _AND):
        for match in pattern.finditer(text):
            start = _after_opening(text, _after_person(text, *match.span()), match.end())
            if not is_everyday(text[start : match.end()]):
                yield start, match.end(), True
    for match in _AT.finditer(text):
        start, end = match.span("it")
        end = _before_closing(text, start, end)
        if end > start and _is_strange(text[start:end]):
            # "At" is said of people's houses too: a firm for sure only if it sounds like nobody.
            yield start, end, shipped_likeness().logit(text[start:end].partition(" ")[0]) < 1
    for entity in analysis.doc.ents:
        if entity.label_ in ("ORG", "ORGANIZATION"):
            start, end = _after_opening(text, entity.start_char, entity.end_char), entity.end_char
            end = _before_closing(text, start, end)
            if end > start and _is_strange(text[start:end]) and text[start:end][:1].isupper():
                yield start, end, False


def _is_strange(name: str) -> bool:
    """Whether some word of ``name`` is in no dictionary and in nobody's daily use."""
    nouns, others = dictionary()
    if is_everyday(name):
        return False
    for word in re.findall(r"[^\W\d_]+", name):
        plain = word.casefold()
        singular = plain.removesuffix("s")
        known = {plain, singular, plain.removesuffix("es"), plain.removesuffix("ing")}
        acronym = word.isupper() and len(word) <= 5
        if not (known & nouns or known & others or is_everyday(word) or acronym or len(word) < 3):
            return True
    return False


_OPENINGS = word_set("the a an our my your at for with from and of in on to is was are if when")


def _after_opening(text: str, start: int, end: int) -> int:
    # "The Contoso Group" begins at its second word, and so does "At Contoso Ltd".
    while match := re.match(r"([^\W\d_]+)\s+", text[start:end]):
        if match[1].casefold() not in _OPENINGS:
            break
        start += match.end()
    return start


def _after_person(text: str, start: int, end: int) -> int:
    # "Jeremy Hartmann of Gradiant Ltd" is a person and a firm, "Bank of Gradiant Ltd" a firm.
    head, of, _ = text[start:end].rpartition(" of ")
    last = head.rpartition(" ")[2].casefold()
    return start + len(head + of) if of and not is_english(last) else start


def _before_closing(text: str, start: int, end: int) -> int:
    return start + len(re.sub(r"(?:['’]s|[.,'’\s-])+$", "", text[start:end]))
