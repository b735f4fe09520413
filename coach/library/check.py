"""Find what is wrong with a library before a person meets it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from coach.domain.guidance import Frozen, GuidanceCard, Section, TopicKit, Use, slugify
from coach.domain.library import GuidanceLibrary
from coach.errors import LibraryError
from coach.library.check_kit import kit_faults
from coach.library.load import Card, library_files, load_card, load_kit, load_sources

CARD_SECTIONS = ("What to do", "Why it works", "Words to use", "When not to")
KIT_SECTIONS = (
    "Why it matters",
    "Examples by role",
    "What the senior can offer back",
    "Common worries",
    "How it goes wrong",
)
SPEAKERS = ("Mentor", "Mentee", "Lead", "Both")

#: Automated Readability Index, a school grade (Senter & Smith 1967, AMRL-TR-66-220).
#: 11 is what a busy adult reads without slowing down; general newspapers sit near it.
MAX_GRADE = 11.0
#: The embedder reads 256 word pieces; longer sections would be cut silently.
MAX_SECTION_WORDS = 150
#: A card that is only found by its own words is not found.
MIN_SITUATIONS = 4
#: Share of five-word runs that two cards may have in common.
MAX_OVERLAP = 0.25

_INLINE = re.compile(r"\[@([^\]]+)\]")
_CLOSED = re.compile(
    r"^(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|might)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s?(?:%|per cent|percent)")
_LIVE_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|javascript:", re.IGNORECASE)


class Fault(Frozen):
    """One thing to mend: in which file, and what."""

    file: str
    what: str


def check_library(folder: Path) -> tuple[Fault, ...]:
    """Every fault of the library in ``folder``; empty when it may be shipped.

    Checks schema, headings, keys and citations, unused sources, duplicates,
    open questions, uncited figures, section lengths, markup and reading level.
    A faulty file never hides the faults of the others.
    """
    faults: list[Fault] = []
    cards: list[GuidanceCard] = []
    kits: list[TopicKit] = []
    for path in library_files(folder):
        try:
            if path.parent == folder / "cards":
                cards.append(_named_after_file(load_card(path), path))
            elif path.parent == folder / "topics":
                kits.append(_named_after_file(load_kit(path), path))
        except LibraryError as error:
            faults.append(Fault(file=path.name, what=str(error).removeprefix(f"{path.name}: ")))
    try:
        sources = load_sources(folder / "sources.yaml")
    except LibraryError as error:
        return (*faults, Fault(file="sources.yaml", what=str(error)))
    library = GuidanceLibrary(cards=tuple(cards), kits=tuple(kits), sources=sources)
    for card in (*cards, *kits):
        faults.extend(
            Fault(file=f"{card.key}.md", what=what) for what in _card_faults(card, library)
        )
    faults.extend(_whole_faults(library))
    return tuple(faults)


def reading_grade(text: str) -> float:
    """Automated Readability Index of ``text``, a school grade; 0.0 for no words."""
    words = re.findall(r"[\w'’-]+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?=\s|$|[\"”])|\n", text)))
    if not words:
        return 0.0
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


def _named_after_file(card: Card, path: Path) -> Card:
    if card.key != path.stem:
        raise LibraryError(f"{path.name}: key is {card.key!r}; name the file {card.key}.md.")
    return card


def _card_faults(card: GuidanceCard, library: GuidanceLibrary) -> Iterator[str]:
    yield from _heading_faults(card)
    yield from _citation_faults(card, library)
    for section in card.sections:
        yield from _text_faults(section)
    grade = reading_grade(_INLINE.sub("", "\n".join(section.text for section in card.sections)))
    if grade > MAX_GRADE:
        yield f"reads at grade {grade:.1f}; at most {MAX_GRADE:.0f} (shorter sentences and words)"


def _text_faults(section: Section) -> Iterator[str]:
    name = " / ".join(section.path)
    words = len(section.text.split())
    if words > MAX_SECTION_WORDS:
        yield f"{name!r} has {words} words; at most {MAX_SECTION_WORDS}, or split it"
    if _LIVE_MARKUP.search(section.text):
        yield f"{name!r} holds HTML; write Markdown"
    for sentence in re.split(r"(?<=[.!?])\s+(?!\[@)", section.text):
        if _FIGURE.search(sentence) and not _INLINE.search(sentence):
            yield f"{name!r} gives a figure without a source: {sentence.strip()[:60]!r}"
    if slugify(section.path[0]).startswith("questions"):
        for question in (bullet.split("|")[0].strip() for bullet in section.bullets):
            if not question.endswith("?"):
                yield f"{name!r}: {question[:60]!r} is not a question"
            elif _CLOSED.match(question):
                yield f"{name!r}: {question[:60]!r} can be answered yes or no"


def _heading_faults(card: GuidanceCard) -> Iterator[str]:
    required = KIT_SECTIONS if isinstance(card, TopicKit) else CARD_SECTIONS
    if not isinstance(card, TopicKit) and len(card.situations) < MIN_SITUATIONS:
        yield f"needs at least {MIN_SITUATIONS} 'situations': what people say when they need it"
    for heading in required:
        if card.section(heading) is None:
            yield f"the section '## {heading}' is missing or empty"
    words = card.section("Words to use")
    for line in words.bullets if words else ():
        if not re.match(rf"({'|'.join(SPEAKERS)}): [\"“]", line):
            yield f"'Words to use': begin {line[:40]!r} with who speaks, such as 'Mentor: \"…\"'"
    if isinstance(card, TopicKit):
        yield from kit_faults(card)


def _citation_faults(card: GuidanceCard, library: GuidanceLibrary) -> Iterator[str]:
    text = "\n".join(section.text for section in card.sections)
    cited = {
        key.strip() for group in _INLINE.findall(text) for key in re.split(r"[;,]\s*@?", group)
    }
    for key in sorted(cited - set(card.sources)):
        yield f"cites [@{key}], which its 'sources' do not list"
    for key in sorted(set(card.sources) - cited):
        yield f"lists the source {key!r} but never cites it as [@{key}]"
    for key in sorted(set(card.sources) - set(library.sources)):
        yield f"the source {key!r} is not in sources.yaml"


def _whole_faults(library: GuidanceLibrary) -> Iterator[Fault]:
    everything = (*library.cards, *library.kits)
    served = {use for card in library.cards for use in card.uses}
    for use in Use:
        if use not in served:
            yield Fault(file="cards", what=f"no card has the use {use.value!r}; each is needed")
    general = [kit.key for kit in library.kits if kit.general]
    if len(general) != 1:
        what = f"one kit must be 'general: true', for subjects that have none; {len(general)} are"
        yield Fault(file="topics", what=what)
    used = {key for card in everything for key in card.sources}
    for key in sorted(set(library.sources) - used):
        yield Fault(file="sources.yaml", what=f"the source {key!r} is cited nowhere")
    for kind, count in Counter(card.title.lower() for card in everything).items():
        if count > 1:
            yield Fault(file="cards", what=f"{count} cards have the title {kind!r}")
    for key, count in Counter(card.key for card in everything).items():
        if count > 1:
            yield Fault(file="cards", what=f"{count} files have the key {key!r}")
    yield from _repeats(everything)


def _repeats(cards: Sequence[GuidanceCard]) -> Iterator[Fault]:
    runs = {card.key: _runs(card) for card in cards}
    for first, second in combinations(sorted(runs), 2):
        shorter = max(1, min(len(runs[first]), len(runs[second])))
        shared = len(runs[first] & runs[second]) / shorter
        if shared > MAX_OVERLAP:
            what = f"repeats {shared:.0%} of {second}.md; merge or rewrite"
            yield Fault(file=f"{first}.md", what=what)


def _runs(card: GuidanceCard, length: int = 5) -> set[tuple[str, ...]]:
    words = slugify(" ".join(section.text for section in card.sections)).split("-")
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}
