"""Are names from all regions found where nobody gave them?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from coach.adapters.identifiers.words import words
from coach.domain.identifiers import IdentifierKind as Kind
from evals.cases import Part
from evals.names import REGION_OF, REGIONS, Name, names
from evals.show import table

Find = Callable[[str], list[tuple[int, int, Kind]]]

#: Sentences of a brief, written for this evaluation alone.
_CARRIERS = (
    "In our second session {} wanted to see how the juniors plan their week.",
    "My worry is that {} will think I am lecturing.",
    "I would like to invite {} to the next round of the program.",
    "Since January {} has been running the warehouse project.",
    "{} asked for two articles about inclusive language.",
    "The workshop that {} gave was too fast for most of us.",
    "Carried over: {} tries voice typing for a week.",
    "How do I tell {} that the jokes were not funny?",
)
#: How often each sentence is used: few countries of a region are held out, and eight names of one
#: say little of it.
_TIMES = 3


def regions(find: Find, plain: Find) -> str:
    """A table of shares by region: romanised and local spellings, held-out and tuning countries."""
    lines = []
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    columns = [
        by_region([one for one in names() if one.part is part], finding, spelling)
        for spelling in ("roman", "local")
        for part in (Part.HELD_OUT, Part.TUNE)
        for finding in (find, plain)
    ]
    for region in REGIONS:
        cells = [column.get(region, (0, 0)) for column in columns]
        for at, (done, of) in enumerate(cells):
            sums[at][0] += done
            sums[at][1] += of
        lines.append((region, *(_of(done, of) for done, of in cells)))
    lines.append(("all", *(_of(*sums[at]) for at in range(len(columns)))))
    header = ("region", "roman held out", "base", "roman tune", "base",
              "local held out", "base", "local tune", "base")  # fmt: skip
    return table(header, lines)


def _of(done: int, of: int) -> str:
    return f"{done / of:.2f} ({of})" if of else "-"


def by_region(people: Sequence[Name], find: Find, spelling: str) -> dict[str, tuple[int, int]]:
    """Whole names hidden, of how many, by region; 24 per country."""
    found: dict[str, tuple[int, int]] = {}
    for country in sorted({name.country for name in people}):
        mine = [name for name in people if name.country == country]
        first = [name for name in mine if name.kind == "forenames"]
        last = [name for name in mine if name.kind == "surnames"]
        for number, carrier in enumerate(_CARRIERS * _TIMES):
            name = _full(first, last, number, spelling)
            if not name:
                continue
            text = carrier.format(name)
            start = text.index(name)
            spans = find(text)
            hidden = all(
                any(a <= start + word.start and start + word.end <= b for a, b, _ in spans)
                for word in words(name)
            )
            region = REGION_OF[country]
            done, of = found.get(region, (0, 0))
            found[region] = done + hidden, of + 1
    return found


def _full(first: Sequence[Name], last: Sequence[Name], number: int, spelling: str) -> str:
    # Forename and surname in turn with either alone, each further down its country's list.
    pair = [group[number * 3 % len(group)] for group in (first, last) if group]
    chosen = pair if number % 3 == 0 else [pair[number % len(pair)]]
    spelt = [getattr(name, spelling) for name in chosen]
    if spelling == "local" and all(name.local == name.roman for name in chosen):
        return ""
    if len(spelt) > 1 and all(ord(part[0]) > 0x2E80 for part in spelt):
        return "".join(reversed(spelt))
    return " ".join(spelt)
