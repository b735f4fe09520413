"""The guidance library as a whole, and the passages that it is searched by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from coach.domain.guidance import Citation, Frozen, GuidanceCard, Passage, Section, Source, TopicKit

_LOWER = re.compile(r"\b[a-z]+\b")
_MARK = re.compile(r"\[@([^\]]+)\]")


class GuidanceLibrary(Frozen):
    """Cards, topic kits, and the sources that they cite, by key."""

    cards: tuple[GuidanceCard, ...]
    kits: tuple[TopicKit, ...]
    sources: dict[str, Source]

    @cached_property
    def by_key(self) -> dict[str, GuidanceCard]:
        """Cards and kits together."""
        return {card.key: card for card in (*self.cards, *self.kits)}

    def passages(self) -> Iterator[Passage]:
        """Every section that a search may find, in order: the general kit answers no question."""
        for card in (*self.cards, *(kit for kit in self.kits if not kit.general)):
            for section in card.sections:
                yield self.passage(card, section)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words that the library uses in lower case: ordinary ones, and no names."""
        texts = (f"{passage.text} {' '.join(passage.hints)}" for passage in self.passages())
        return frozenset(word for text in texts for word in _LOWER.findall(text))

    def passage(self, card: GuidanceCard, section: Section) -> Passage:
        """One section as a passage, with its sources printed."""
        return Passage(
            id=f"{card.key}#{section.slug}",
            doc_id=card.key,
            title=card.title,
            heading=" · ".join(section.path),
            text=self.readable(section.text),
            sources=self._references(card, section),
            indirect=not _cited(card, section),
            hints=_hints(card, section),
        )

    def readable(self, text: str) -> str:
        """``text`` with ``[@key]`` marks as a reader expects them: ``(Gollwitzer 1999)``."""
        return _MARK.sub(lambda mark: f"({'; '.join(self._names(mark.group(1)))})", text)

    def _names(self, keys: str) -> Iterator[str]:
        for key in re.split(r"[;,]\s*@?", keys):
            source = self.sources.get(key.strip())
            yield source.short if source else key.strip()

    def _references(self, card: GuidanceCard, section: Section) -> tuple[str, ...]:
        """The sources that this section cites, or the whole card's where it cites none itself."""
        keys = _cited(card, section) or card.sources
        return tuple(self.sources[key].reference for key in keys if key in self.sources)

    def cite(self, card: GuidanceCard, section: Section) -> Citation:
        """A citation of one section."""
        passage = self.passage(card, section)
        return Citation(
            key=card.key,
            title=card.title,
            heading=passage.heading,
            passage=passage.text,
            passage_id=passage.id,
            sources=passage.sources,
            indirect=passage.indirect,
        )


def _cited(card: GuidanceCard, section: Section) -> tuple[str, ...]:
    named = {key for mark in _MARK.findall(section.text) for key in re.split(r"[;,]\s*@?", mark)}
    return tuple(key for key in card.sources if key in {name.strip() for name in named})


def _hints(card: GuidanceCard, section: Section) -> tuple[str, ...]:
    """A card is found by its situations, a kit by its aliases; both lead to the first section."""
    if section is not card.sections[0]:
        return ()
    return (*card.situations, *(card.aliases if isinstance(card, TopicKit) else ()))
