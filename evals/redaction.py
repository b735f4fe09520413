"""Do names stay here? ``python -m evals.redaction [--quick]``.

Five questions: (a) does a participant's name leave, and does everything come back unchanged;
(b) how much is found in third-party sentences, and how much of what is taken is right; (c) are
names from all regions found where nobody gave them; (d) how much of our own subject is taken
for a name; (e) how long it takes. Presidio on spaCy's model, as they come, is the baseline in the
same run.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from coach.bootstrap import open_identifiers
from coach.domain.guidance import Frozen
from coach.domain.identifiers import IdentifierKind as Kind
from evals.cases import Part
from evals.name_carriers import library_sentences, questions
from evals.names import Sentence, presidio_sentences, wnut_sentences
from evals.redaction_briefs import leaving
from evals.redaction_plain import plain
from evals.redaction_regions import regions
from evals.redaction_speed import speed
from evals.show import heading, rate, share, table

Span = tuple[int, int, Kind]
Find = Callable[[str], list[Span]]

_GOLD = {
    "PERSON": Kind.PERSON, "person": Kind.PERSON,
    "GPE": Kind.PLACE, "STREET_ADDRESS": Kind.PLACE, "location": Kind.PLACE,
    "ORGANIZATION": Kind.ORGANISATION, "corporation": Kind.ORGANISATION,
    "PHONE_NUMBER": Kind.PHONE, "EMAIL_ADDRESS": Kind.EMAIL, "DOMAIN_NAME": Kind.LINK,
    "CREDIT_CARD": Kind.NUMBER, "IBAN_CODE": Kind.NUMBER, "US_SSN": Kind.NUMBER,
    "IP_ADDRESS": Kind.NUMBER,
}  # fmt: skip


class Counted(Frozen):
    """Words of one kind: labelled, taken, both; and labelled words hidden as whatever kind."""

    labelled: int
    taken: int
    right: int
    hidden: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Labelled, recall, recall as any kind, precision."""
        return (
            str(self.labelled),
            rate(share(self.right, self.labelled)),
            rate(share(self.hidden, self.labelled)),
            rate(share(self.right, self.taken)),
        )


def ours() -> Find:
    """The coach's finder."""
    finder = open_identifiers()
    return lambda text: [(one.start, one.end, one.kind) for one in finder.find(text)]


def counted(sentences: Iterable[Sentence], find: Find) -> dict[Kind, Counted]:
    """Word by word over ``sentences``."""
    sums: dict[Kind, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        gold = [(a, b, _GOLD[kind]) for a, b, kind in sentence.spans if kind in _GOLD]
        taken = find(sentence.text)
        for start, end in _units(sentence.text):
            labels = {kind for a, b, kind in gold if a < end and start < b}
            guesses = {kind for a, b, kind in taken if a < end and start < b}
            for kind in labels:
                sums[kind].update(labelled=1, right=kind in guesses, hidden=bool(guesses))
            for kind in guesses:
                sums[kind].update(taken=1)
    return {
        kind: Counted(
            labelled=found["labelled"],
            taken=found["taken"],
            right=found["right"],
            hidden=found["hidden"],
        )
        for kind, found in sums.items()
    }


def _units(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for piece in text.split():
        start = text.index(piece, position)
        position = start + len(piece)
        if any(map(str.isalnum, piece)):
            yield start, position


def touched(sentences: Sequence[Sentence], find: Find) -> tuple[float, Counter[str], int]:
    """The share of sentences with any identifier, and with which kinds."""
    kinds: Counter[str] = Counter()
    hit = 0
    for sentence in sentences:
        here = {kind.value for _, _, kind in find(sentence.text)}
        hit += bool(here)
        kinds.update(here)
    return hit / len(sentences), kinds, len(sentences)


def main() -> None:
    """Print the five tables."""
    find = ours()
    if "--quick" not in sys.argv:
        print(heading("(a) 1,000 briefs: what leaves, and what comes back"))
        print(leaving(1000))
    print(heading("(b) third-party sentences, word by word"))
    for name, sentences in (("presidio_synth", presidio_sentences()), ("wnut17", wnut_sentences())):
        for part in (Part.HELD_OUT, Part.TUNE):
            mine = [one for one in sentences if one.part is part]
            print(f"\n{name}, {part.value}: {len(mine)} sentences")
            print(_compared(counted(mine, find), counted(mine, plain)))
    print(heading("(c) names nobody gave, by region: share hidden whole"))
    print(regions(find, plain))
    print(heading("(d) our own subject: share of sentences in which anything is hidden"))
    for name, ours_ in (("guidance library", library_sentences()), ("questions", questions())):
        for part in (Part.HELD_OUT, Part.TUNE):
            mine = [one for one in ours_ if one.part is part]
            got, base = touched(mine, find), touched(mine, plain)
            print(f"{name}, {part.value}: {got[2]} sentences, ours {rate(got[0])} {dict(got[1])}")
            print(f"    baseline {rate(base[0])} {dict(base[1])}")
    print(heading("(e) texts a second"))
    texts = (*presidio_sentences(), *wnut_sentences())
    print(speed([one.text for one in texts if one.part is Part.HELD_OUT]))


def _compared(own: dict[Kind, Counted], base: dict[Kind, Counted]) -> str:
    none = Counted(labelled=0, taken=0, right=0, hidden=0)
    kinds = [kind for kind in Kind if own.get(kind, none).labelled]
    return table(
        (
            "kind",
            "words",
            "recall",
            "any kind",
            "precision",
            "baseline: recall",
            "any",
            "precision",
        ),
        [(kind.value, *own[kind].cells, *base.get(kind, none).cells[1:]) for kind in kinds],
    )


if __name__ == "__main__":
    main()
