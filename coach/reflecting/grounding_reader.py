"""Chooses the sentences of a source that may carry a summary's sentence, and reads both."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from coach.language.lexicon import are_synonyms
from coach.phrasing.floor_facts import names_of, said_in
from coach.reflecting.grounding_rivals import renamed
from coach.reflecting.grounding_said import Said, numbers_in, said
from coach.reflecting.grounding_source import WRITER, Unit, retold, units_of
from coach.reflecting.grounding_words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coach.ports import Embedder, Grammar

#: Source sentences that are compared by their vectors, and those that are read word by word.
_COMPARED, _READ = 10, 4
#: Sentences before the best one in which "she" may have been named.
_BEFORE = 3
#: How near words of one stem or one meaning are.
_KIN = 0.9
#: Single words whose vectors are kept; about 30 MB at most.
_MOST_WORDS = 20_000


@dataclass(frozen=True)
class Pairing:
    """A summary's sentence beside its best source sentences (``units``, at least one).

    ``near`` are their cosines, and ``alike`` how near each content word of the sentence (rows) is
    to each of a unit's (columns). ``known`` counts all words of the source, ``figures`` are its
    numbers, ``recent`` the names that a pronoun of the best unit may stand for. ``lead`` says
    how much nearer the units are to the sentence than to the same with another name.
    """

    sentence: Said
    units: tuple[Said, ...]
    near: NDArray[np.float32]
    alike: tuple[NDArray[np.float32], ...]
    known: Counter[str]
    figures: frozenset[float]
    recent: frozenset[str]
    lead: float

    @property
    def first(self) -> Said:
        """The best unit."""
        return self.units[0]


@dataclass(frozen=True)
class _Chosen:
    """The places of the best units with their cosines, best first, and their vectors."""

    near: dict[int, float]
    vectors: NDArray[np.float32]


class PairingReader:
    """Keeps the vectors of single words; of texts it keeps nothing."""

    def __init__(self, grammar: Grammar, embedder: Embedder) -> None:
        self._grammar = grammar
        self._embedder = embedder
        self._words: dict[str, NDArray[np.float32]] = {}
        self._guard = Lock()

    def pairings(self, source: str, sentences: Sequence[str]) -> list[Pairing]:
        """Each sentence beside what may carry it. Raises ``EmbedderError``."""
        units = units_of(source)
        told = [retold(sentence, source) for sentence in sentences]
        chosen = self._choose(units, told)
        wanted = sorted({place for choice in chosen for place in choice.near})
        names = self._names(units, [*told, *(units[place].text for place in wanted)])
        read = {
            place: said(self._grammar.read(units[place].text), units[place].speaker, names)
            for place in wanted
        }
        asked = [said(self._grammar.read(sentence), "", names) for sentence in told]
        leads = self._leads(asked, chosen, read)
        vectors = self._learn(
            {act.lemma for one in (*asked, *read.values()) for act in one.content}
        )
        known, figures = said_in(source), numbers_in(source)
        return [
            Pairing(
                sentence=one,
                units=tuple(read[place] for place in choice.near),
                near=np.array(list(choice.near.values())),
                alike=tuple(_alike(one, read[place], vectors) for place in choice.near),
                known=known,
                figures=figures,
                recent=_recent(units, next(iter(choice.near)), names),
                lead=lead,
            )
            for one, choice, lead in zip(asked, chosen, leads, strict=True)
        ]

    def _choose(self, units: tuple[Unit, ...], told: list[str]) -> list[_Chosen]:
        """For each sentence the best units."""
        spoken = [
            unit.text if unit.speaker in {"", WRITER} else f"{unit.speaker}: {unit.text}"
            for unit in units
        ]
        bags, stems = [_stems(text) for text in spoken], [_stems(sentence) for sentence in told]
        counts = Counter(stem for bag in bags for stem in bag)
        rarity = {stem: math.log(1 + len(bags) / count) for stem, count in counts.items()}
        unknown = math.log(1 + len(bags))
        lists = [_shortlist(one, bags, rarity) for one in stems]
        wanted = sorted({place for places in lists for place in places})
        vectors = self._embedder.embed([*told, *(spoken[place] for place in wanted)])
        row = {place: number + len(told) for number, place in enumerate(wanted)}
        chosen = []
        for number, (one, places) in enumerate(zip(stems, lists, strict=True)):
            near = vectors[[row[place] for place in places]] @ vectors[number]
            total = sum(rarity.get(stem, unknown) for stem in one) or 1.0
            shared = [sum(rarity[stem] for stem in one & bags[place]) / total for place in places]
            order = np.argsort(-(near + np.array(shared)), kind="stable")[:_READ]
            chosen.append(
                _Chosen(
                    near={places[at]: float(near[at]) for at in order},
                    vectors=vectors[[row[places[at]] for at in order]],
                )
            )
        return chosen

    def _leads(
        self, asked: list[Said], chosen: list[_Chosen], read: dict[int, Said]
    ) -> list[float]:
        """How much nearer the units are to each sentence than to the same with another name."""
        rivals = []
        for one, choice in zip(asked, chosen, strict=True):
            names = one.names - {WRITER.lower()}
            there = {name for place in choice.near for name in read[place].names}
            rivals.append(renamed(one.text, names, there - one.names - {WRITER.lower()}))
        texts = sorted({text for others in rivals for text in others})
        vectors = dict(zip(texts, self._embedder.embed(texts), strict=True))
        return [
            min(
                (
                    max(choice.near.values()) - float((choice.vectors @ vectors[text]).max())
                    for text in others
                ),
                default=0.0,
            )
            for others, choice in zip(rivals, chosen, strict=True)
        ]

    def _names(self, units: tuple[Unit, ...], texts: list[str]) -> frozenset[str]:
        found = {name for text in texts for name in names_of(self._grammar.read(text))}
        speakers = {part.lower() for unit in units for part in unit.speaker.split()}
        return frozenset((found | speakers) - words_of("light"))

    def _learn(self, words: set[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of ``words``; only new ones are computed."""
        with self._guard:
            new = sorted(words - self._words.keys())
        vectors = self._embedder.embed(new)
        with self._guard:
            if len(self._words) > _MOST_WORDS:
                self._words = {}
            self._words.update(zip(new, vectors, strict=True))
            missing = sorted(words - self._words.keys())
            self._words.update(zip(missing, self._embedder.embed(missing), strict=True))
            return {word: self._words[word] for word in words}


def _alike(one: Said, unit: Said, vectors: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    if not one.content or not unit.content:
        return np.zeros((len(one.content), len(unit.content)), dtype=np.float32)
    rows = np.array([vectors[act.lemma] for act in one.content])
    columns = np.array([vectors[act.lemma] for act in unit.content])
    table: NDArray[np.float32] = np.clip(rows @ columns.T, 0.0, 1.0)
    for row, act in enumerate(one.content):
        for column, other in enumerate(unit.content):
            if act.lemma == other.lemma or act.lower == other.lower:
                table[row, column] = 1.0
            elif _are_kin(act.lemma, other.lemma) or are_synonyms(act.lemma, other.lemma):
                table[row, column] = max(table[row, column], _KIN)
    return table


def _are_kin(one: str, other: str) -> bool:
    """Whether two words seem to share a stem: "propose" and "proposal"."""
    short, long = sorted((len(one), len(other)))
    same = next((at for at in range(short) if one[at] != other[at]), short)
    return same >= 4 and same >= short - 2 and long - same <= 4


def _recent(units: tuple[Unit, ...], place: int, names: frozenset[str]) -> frozenset[str]:
    texts = " ".join(unit.text for unit in units[max(0, place - _BEFORE) : place + 1])
    return frozenset(said_in(texts).keys() & names)


def _stems(text: str) -> frozenset[str]:
    light = words_of("light")
    return frozenset(
        _stem(word) for word in re.findall(r"[^\W_]+", text.lower()) if word not in light
    )


def _stem(word: str) -> str:
    for end in ("ing", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word.removesuffix(end)
    return word


def _shortlist(
    stems: frozenset[str], bags: list[frozenset[str]], rarity: dict[str, float]
) -> list[int]:
    scores = [sum(rarity[stem] for stem in stems & bag) / (3 + len(bag)) ** 0.3 for bag in bags]
    return sorted(range(len(bags)), key=lambda place: -scores[place])[:_COMPARED]
