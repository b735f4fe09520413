"""A label and one general sentence for a theme, of words that many of its pairs used.

No model has a part in it. A word is taken only if at least K pairs of the theme used it or another
form of it, K being the threshold, and if it is a common word of English that nowhere stands for
somebody or something; so no name and no rare word can come into a label. Four words of a statement
never stand in a label or a sentence in their order: it would be a quotation.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from coach.domain.reflection import ItemKind
from coach.domain.themes import Statement
from coach.language.cues import Cues
from coach.themes.discovering import Group
from coach.themes.telling import Telling, telling

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_SILENT = Cues(Path(__file__).parent).word_list("silent")
#: Short words that say a lot at work.
_SHORT = frozenset({"ai", "hr"})
#: Words of a label, parts of it, letters of a word, and words of a run that would be a quotation.
_MOST_WORDS, _MOST_PARTS, _LETTERS, _QUOTATION = 4, 3, 3, 4
#: Words that are weighed for a label; a rarer one than these is hardly ever taken.
_WEIGHED = 40
#: Words that begin with as many of the same letters are taken to be forms of one another.
_BEGINNING = 5
#: Statements that hold all words of a label and are looked at for orders.
_TYPICAL = 3
#: A theme is about this many words at least, or it has no name.
_LEAST_WORDS = 2

_PLAIN = "Something that several pairs speak of: {}."
#: After the colon any words make sense, whether they are things, acts or properties.
_BY_KIND = {
    ItemKind.WIN: "Something that goes well for several pairs: {}.",
    ItemKind.CHALLENGE: "Something that several pairs find hard: {}.",
    ItemKind.LEARNING: "Something that several pairs are learning about: {}.",
    ItemKind.SURPRISE: "Something that surprised several pairs: {}.",
    ItemKind.NEXT_STEP: "Something that several pairs plan for: {}.",
    ItemKind.FEELING: "Something that several pairs have feelings about: {}.",
    ItemKind.QUESTION: "Something that several pairs ask themselves about: {}.",
    ItemKind.COMMITMENT: "Something that several pairs made promises about: {}.",
}


@dataclass(frozen=True)
class Name:
    """What a theme is called. ``shared`` is the smallest number of its pairs behind a word of it.

    The kind of thing that the sentence says is told counts as a word. Copies count as one pair.
    """

    label: str
    sentence: str
    words: tuple[str, ...]
    shared: int


@dataclass(frozen=True)
class Vocabulary:
    """What may be said: ``is_common`` of a word, ``stem`` of one; ``is_order`` of a whole text.

    An order is a text that instructs a language model.
    """

    is_common: Callable[[str], bool]
    stem: Callable[[str], str]
    is_order: Callable[[str], bool]


@dataclass
class _Said:
    """Which pairs of a group used each family of words, each form, and each two in a row."""

    pairs: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    rows: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    row_forms: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )


class Namer:
    """Names the groups of one discovery; knows all their words, so as to tell them apart."""

    def __init__(self, groups: Sequence[Group], vocabulary: Vocabulary, min_pairs: int) -> None:
        self._vocabulary = vocabulary
        self._silent = _SILENT | {vocabulary.stem(word) for word in _SILENT}
        self._least = min_pairs
        self._stems: dict[str, str] = {}
        self._said = {group.members: self._heard(group) for group in groups}
        self._everywhere = Counter(
            family
            for said in self._said.values()
            for family, pairs in said.pairs.items()
            for _ in pairs
        )
        self._runs = {
            run for group in groups for one in group.statements for run in _runs(one.text)
        }

    def name(self, group: Group) -> Name | None:
        """The name of one of the groups; ``None`` where too few pairs share even two words."""
        said = self._said[group.members]
        parts = list(self._parts(said))
        told = self.telling(group)
        while sum(len(part.split()) for part in parts) >= _LEAST_WORDS:
            found = self._told(parts, said, told)
            if not any(
                run in self._runs for text in (found.label, found.sentence) for run in _runs(text)
            ):
                named = replace(found, sentence=told.few or told.sentence(found.sentence))
                return None if self._is_order(group, found) else named
            parts.pop()
        return None

    def telling(self, group: Group) -> Telling:
        """How its pairs tell of it, copies left out."""
        return telling(self._own(group), self._least)

    def _is_order(self, group: Group, name: Name) -> bool:
        """Whether it is, or most of what it was taken from, an order to a model."""
        families = set(map(self._stem, name.words))
        typical = [
            one.text
            for one in self._own(group)
            if families <= set(map(self._stem, _WORD.findall(one.text.casefold())))
        ][:_TYPICAL]
        orders = sum(map(self._vocabulary.is_order, typical))
        return 2 * orders > len(typical) or self._vocabulary.is_order(name.sentence)

    def _told(self, parts: Sequence[str], said: _Said, told: Telling) -> Name:
        words = tuple(word for part in parts for word in part.split())
        shared = (len(said.pairs[self._stem(word)]) for word in words)
        pattern = _BY_KIND[told.kind] if told.kind else _PLAIN
        label = ", ".join(parts)
        return Name(
            label=label[0].upper() + label[1:],
            sentence=pattern.format(_listed(parts)),
            words=words,
            shared=min((*shared, told.behind)),
        )

    def _parts(self, said: _Said) -> Iterator[str]:
        """One word, or two that many pairs said in a row, best first."""
        weights = {
            family: len(pairs) * math.log(1 + self._total / self._everywhere[family])
            for family, pairs in said.pairs.items()
            if len(pairs) >= self._least
        }
        best = sorted(weights, key=lambda family: (-weights[family], family))[:_WEIGHED]
        taken: set[str] = set()
        count = parts = 0
        for family in best:
            if _is_among(family, taken) or parts == _MOST_PARTS or count == _MOST_WORDS:
                continue
            row = self._row_with(family, said, taken) if count + 2 <= _MOST_WORDS else None
            words = row or (_commonest(said.forms[family]),)
            taken.update(map(self._stem, words))
            count, parts = count + len(words), parts + 1
            yield " ".join(words)

    def _row_with(self, family: str, said: _Said, taken: set[str]) -> tuple[str, str] | None:
        rows = {
            row: len(pairs)
            for row, pairs in said.rows.items()
            if family in row
            and not any(_is_among(one, taken) for one in row)
            and len(pairs) >= max(self._least, len(said.pairs[family]) / 2)
        }
        if not rows:
            return None
        best = min(rows, key=lambda row: (-rows[row], row))
        forms = said.row_forms[best]
        return min(forms, key=lambda form: (-forms[form], form))

    def _heard(self, group: Group) -> _Said:
        said = _Said()
        for one in self._own(group):
            words = _WORD.findall(one.text.casefold().replace("’", "'"))
            for word in set(words):
                if self._speaks(word):
                    family = self._stem(word)
                    said.pairs[family].add(one.pair)
                    said.forms[family][word] += 1
            for row in pairwise(words):
                if all(map(self._speaks, row)):
                    families = (self._stem(row[0]), self._stem(row[1]))
                    if families[0] != families[1]:
                        said.rows[families].add(one.pair)
                        said.row_forms[families][row] += 1
        return said

    def _own(self, group: Group) -> Iterable[Statement]:
        return (one for one in group.statements if one.pair not in group.copies)

    def _speaks(self, word: str) -> bool:
        return self._stem(word) != ""

    def _stem(self, word: str) -> str:
        """The family of ``word``; empty for one that may not be said, or that says nothing."""
        known = self._stems.get(word)
        if known is None:
            long = len(word) >= _LETTERS or word in _SHORT
            usable = long and word not in self._silent and "'" not in word
            known = self._vocabulary.stem(word) if usable else ""
            if known and (known in self._silent or not self._vocabulary.is_common(word)):
                known = ""
            self._stems[word] = known
        return known

    @property
    def _total(self) -> int:
        return max(self._everywhere.values(), default=1)


def _is_among(family: str, taken: set[str]) -> bool:
    """Whether a word of the family, or one like it, such as "delivered" to "delivery", is there."""
    begins = family[:_BEGINNING]
    return family in taken or any(
        len(begins) == _BEGINNING and one.startswith(begins) for one in taken
    )


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return (tuple(words[at : at + _QUOTATION]) for at in range(len(words) - _QUOTATION + 1))
