"""What one text tells and another denies, opposes, or only wishes for, in other words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.language.cues import Cues
from coach.language.expressions import Expressions, Formed, Found
from coach.language.lexicon import antonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.grammar import Reading, Word

_HERE = Path(__file__).parent
_OPPOSITES = ("doing", "talk", "feelings", "work", "learning", "qualities")
#: What a text may say of an act beside naming it; each is counted.
MANNERS = (
    "denying", "denying_before", "unreal", "done", "whole", "part", "doubt", "certainty",
)  # fmt: skip
_DENIALS = {
    "not", "no", "never", "nobody", "nothing", "none", "without", "hardly", "neither", "nor",
    "n't", "n’t", "cannot", "nowhere", "barely", "scarcely", "lack", "instead", "rather", "fail",
    "refuse", "avoid",
}  # fmt: skip
#: Relations of a word that denies its head, and all that hangs on it.
_BESIDE, _ALONE = {"neg", "advmod", "det"}, {"preconj", "cc", "mark"}
#: A denial does not reach into clauses of their own.
_OWN_CLAUSES = {"ccomp", "advcl", "relcl", "parataxis", "acl"}
_HELD = {"advmod", "aux"}


class Side(NamedTuple):
    """One side of an idea: ``sign`` is 1 or -1, ``in_words`` false for single antonyms."""

    idea: int
    sign: int
    in_words: bool


@dataclass(frozen=True)
class Said:
    """An idea that a text tells of: its side once denials are counted, and whether it is real."""

    side: Side
    sign: int
    unreal: bool
    words: tuple[str, ...]
    places: tuple[int, ...]


class Scope(NamedTuple):
    """Words that deny or make unreal (``by``), and the places of what they do it to."""

    by: frozenset[int]
    over: frozenset[int]


@dataclass(frozen=True)
class Told:
    """The ideas of a text, and how often it denies, wishes, widens or doubts."""

    ideas: dict[int, tuple[Said, ...]]
    counts: dict[str, int]


def told_in(reading: Reading) -> Told:
    """Read a text for ``turn_features``."""
    words, formed = reading.words, Formed(reading.words)
    below = _below(words)
    spans = {name: _manner(name).apart(formed) for name in (*MANNERS, "affirming")}
    denied = _denials(words, below, spans)
    unreal = [_scope_of(span, words, below) for span in spans["unreal"]]
    ideas: dict[int, list[Said]] = {}
    for found in _ideas().find(formed):
        top, places = found.top(words), frozenset(found.places)
        turned = sum(top in scope.over and not scope.by & places for scope in denied) % 2
        wished = any(top in scope.over and not scope.by & places for scope in unreal)
        for side in found.meanings:
            said = Said(side, -side.sign if turned else side.sign, wished, *_of(found))
            ideas.setdefault(side.idea, []).append(said)
    counts = {name: len(spans[name]) for name in MANNERS}
    return Told(
        {idea: tuple(said) for idea, said in ideas.items()}, {**counts, "denials": len(denied)}
    )


def turn_features(before: Told, after: Told) -> dict[str, float]:
    """How ``after`` turns ``before`` round, in numbers that each mean one thing."""
    found = dict.fromkeys(
        ("opposed", "opposed_single", "denied_same", "opposed_new", "opposed_phrase"), 0.0
    )
    agreed = otherwise = wished = 0
    spoken, kept = _wordings(before), _wordings(after)
    seen: set[object] = set()
    for idea in sorted(before.ideas.keys() & after.ideas.keys()):
        one, other = before.ideas[idea], after.ideas[idea]
        mine, theirs = {said.words for said in one}, {said.words for said in other}
        if {said.sign for said in one} & {said.sign for said in other}:
            agreed += 1
            otherwise += mine.isdisjoint(theirs)
            wished += {said.unreal for said in one}.isdisjoint({said.unreal for said in other})
            continue
        shared = mine & theirs
        # The same words may be on many lines; they turn once.
        key: object = frozenset(shared) or (
            frozenset(said.places for said in one), frozenset(said.places for said in other)
        )  # fmt: skip
        if key in seen:
            continue
        seen.add(key)
        if shared:
            found["denied_same"] += 1
            continue
        found["opposed" if one[0].side.in_words else "opposed_single"] += 1
        found["opposed_new"] += bool(mine - kept and theirs - spoken)
        found["opposed_phrase"] += any(len(words) > 1 for words in mine | theirs)
    more = {
        f"{name}_more": float(after.counts[name] - count) for name, count in before.counts.items()
    }
    return {
        **found,
        "agreed": float(agreed),
        "agreed_otherwise": float(otherwise),
        "agreed_unreal": float(wished),
        **more,
        "denials_odd": abs(more["denials_more"]) % 2,
    }


def _wordings(told: Told) -> set[tuple[str, ...]]:
    return {said.words for every in told.ideas.values() for said in every}


def _of(found: Found[Side]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return found.words, found.places


def _below(words: Sequence[Word]) -> list[list[int]]:
    below: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head != word.place:
            below[word.head].append(word.place)
    return below


def _denials(
    words: Sequence[Word], below: list[list[int]], spans: dict[str, list[frozenset[int]]]
) -> list[Scope]:
    """Every denial of a text with what it denies; "not only" and the like deny nothing."""
    taken = {at for span in spans["affirming"] for at in span}
    single = [frozenset({word.place}) for word in words if word.lower in _DENIALS]
    found = []
    for span in [*spans["denying"], *single]:
        if not span & taken:
            taken |= span
            found.append(_scope_of(span, words, below, beside=True))
    for span in spans["denying_before"]:
        if not span & taken:
            taken |= span
            tops = _tops(span, words)
            over = {at for top in tops for at in _under(words, top, below, all_clauses=True)}
            found.append(Scope(span, frozenset(at for at in over if at < min(span))))
    return found


def _scope_of(
    span: frozenset[int], words: Sequence[Word], below: list[list[int]], *, beside: bool = False
) -> Scope:
    """What stands under the words of an expression, and after them."""
    tops = _tops(span, words)
    last = words[tops[-1]]
    if beside and (last.relation in _BESIDE or (len(span) == 1 and last.relation in _ALONE)):
        head = last.head
        over = {at for at in _under(words, head, below, all_clauses=False) if at >= min(span)}
        return Scope(span, frozenset({*over, head}))
    over = {at for top in tops for at in _under(words, top, below, all_clauses=True)}
    over = {at for at in over if at > max(span)}
    if not beside:
        over |= {words[top].head for top in tops if words[top].relation in _HELD}
    return Scope(span, frozenset(over))


def _tops(span: frozenset[int], words: Sequence[Word]) -> list[int]:
    ordered = sorted(span)
    tops = [at for at in ordered if words[at].head not in span or words[at].head == at]
    return tops or ordered[:1]


def _under(
    words: Sequence[Word], top: int, below: list[list[int]], *, all_clauses: bool
) -> set[int]:
    """The places that hang on ``top``, without what is only joined to them by "and"."""
    found: set[int] = set()
    waiting = [top]
    while waiting:
        at = waiting.pop()
        found.add(at)
        waiting += [
            child
            for child in below[at]
            if words[child].relation != "conj"
            and (all_clauses or words[child].relation not in _OWN_CLAUSES)
        ]
    return found


@lru_cache(maxsize=1)
def _ideas() -> Expressions[Side]:
    """Ways to say an idea and its opposite: our lists, then single antonyms."""
    return Expressions(_listed())


def _listed() -> Iterable[tuple[str, Side]]:
    lists, idea = Cues(_HERE / "opposites"), 0
    for name in _OPPOSITES:
        for line in lists.lines(name):
            idea += 1
            for sign, side in zip((1, -1), line.split(" | "), strict=True):
                yield from ((way, Side(idea, sign, in_words=True)) for way in side.split(", "))
    for word, others in antonyms().items():
        for other in others:
            if word < other:
                idea += 1
                yield word, Side(idea, 1, in_words=False)
                yield other, Side(idea, -1, in_words=False)


@lru_cache(maxsize=16)
def _manner(name: str) -> Expressions[str]:
    return Expressions((line, name) for line in Cues(_HERE / "told").lines(name))
