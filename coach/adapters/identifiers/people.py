"""People's names in running text, beside those of the participants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.adapters.identifiers.analysis import Analysis
from coach.adapters.identifiers.everyday import everyday_phrases, is_everyday
from coach.adapters.identifiers.evidence import TITLES, Evidence
from coach.adapters.identifiers.inflection import is_english
from coach.adapters.identifiers.unspaced import find_unspaced
from coach.adapters.identifiers.weighing import shipped_weighing
from coach.adapters.identifiers.words import Word, word_set

#: Small words inside a name: Ludwig van Beethoven, Maria da Silva, Omar bin Said.
_INSIDE = word_set(
    "van von der den de del della di da do dos das du la le el al bin ibn bint ter ten y e"
)
#: What follows a name in some languages, in lower case: Tanaka-san, Sunita ji, Mehmet bey.
_HONORIFICS = word_set(
    "san sensei sama kun chan ssi nim bey hanım hanim abi abla sahib saheb bhai ji didi garu khanum"
)
#: Titles that are mostly something else in lower case: "miss" is a verb.
_ALSO_WORDS = word_set("miss sir madam lady lord")


def find_people(text: str, analysis: Analysis, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Spans of whole names, in order within each script."""
    yield from find_unspaced(text, found)
    weighing = shipped_weighing()
    evidence = Evidence(text, analysis, found)
    phrases = everyday_phrases(text)
    chances = [0.0] * len(found)
    taken = [False] * len(found)
    for at, word in enumerate(found):
        if (
            not evidence.is_candidate(at)
            or any(a <= word.start < b for a, b in phrases)
            or _is_title(text, word)
        ):
            continue
        features = evidence.features(at)
        chances[at] = weighing.probability(features)
        taken[at] = weighing.is_sure(features, chances[at]) or _is_titled(text, found, at)
    # A second look beside a sure name, in both directions.
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for at in order:
            beside = _beside(text, found, at, -order.step)
            if (
                not taken[at]
                and 0 <= beside < len(found)
                and taken[beside]
                and chances[at] >= weighing.likely
                and (found[at].is_capitalised or abs(beside - at) > 1)
                and not is_everyday(found[at].text)
            ):
                taken[at] = True
    yield from _joined(text, found, taken)


def _joined(text: str, found: Sequence[Word], taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(found):
        if not taken[at]:
            at += 1
            continue
        last = at
        while True:
            following = last + 1
            while (
                following < len(found)
                and not taken[following]
                and following - last <= 2
                and (
                    found[following].text.casefold() in _INSIDE
                    or _is_initial(text, found[following])
                )
                and _adjoin(text, found, following - 1, following)
            ):
                following += 1
            if (
                following < len(found)
                and taken[following]
                and _adjoin(text, found, following - 1, following)
            ):
                last = following
            else:
                break
        yield found[at].start, found[last].end
        at = last + 1


def _beside(text: str, found: Sequence[Word], at: int, step: int) -> int:
    """The word that adjoins ``at`` in a name, an initial between them aside; -1 for none."""
    beside = at + step
    if not 0 <= beside < len(found) or not _adjoin(text, found, at, beside):
        return -1
    beyond = beside + step
    if _is_initial(text, found[beside]) and 0 <= beyond < len(found):
        return beyond if _adjoin(text, found, beside, beyond) else -1
    return beside


def _is_title(text: str, word: Word) -> bool:
    """Whether it is the "Dr" of "Dr. Okonkwo", which says nothing about who that is."""
    return word.text.casefold() in TITLES and text[word.end : word.end + 2] == ". "


def _is_titled(text: str, found: Sequence[Word], at: int) -> bool:
    word = found[at]
    if is_everyday(word.text):
        return False
    capitalised = word.is_capitalised
    name, hyphen, ending = word.text.rpartition("-")
    if not hyphen and at + 1 < len(found) and text[word.end : found[at + 1].start] == " ":
        name, ending = word.text, found[at + 1].text
    if ending in _HONORIFICS and len(name) > 1:
        return capitalised or not is_english(name.casefold())
    if at == 0 or text[found[at - 1].end : word.start] not in (" ", ". ", "."):
        return False
    title = found[at - 1].text.casefold()
    return title in TITLES and (
        capitalised or not (title in _ALSO_WORDS or is_english(word.text.casefold()))
    )


def _is_initial(text: str, word: Word) -> bool:
    # In lower case, "a" and "i" are mostly words.
    return (
        len(word.text) == 1
        and (word.text.isupper() or word.text not in "ai")
        and text[word.end : word.end + 1] in (".", " ")
    )


def _adjoin(text: str, found: Sequence[Word], one: int, other: int) -> bool:
    first, second = sorted((one, other))
    gap = text[found[first].end : found[second].start]
    return gap in (" ", "\u00a0", "-", "  ") or (gap == ". " and len(found[first].text) == 1)
