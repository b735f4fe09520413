"""Does an answer in the library's own words cite the card that answers, word for word?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.bootstrap import Coach
from coach.domain.answer import Answer
from coach.domain.guidance import Frozen
from evals.cases import Part, off_topic_cases, retrieval_cases
from evals.show import bullets, heading, rate, share, table


class Asked(Frozen):
    """One question and what its answer cites.

    ``cited`` are documents in the order of the sentences; ``found`` is what a search puts first,
    as the baseline. ``strays`` are sentences that do not stand in their passage word for word.
    """

    id: str
    question: str
    part: Part
    relevant: tuple[str, ...]
    covered: bool
    cited: tuple[str, ...]
    found: str
    strays: tuple[str, ...]

    @property
    def is_cited(self) -> bool:
        """Whether a sentence stands on a document that answers."""
        return any(name in self.relevant for name in self.cited)


class AskingRates(Frozen):
    """Counts, and shares from 0 to 1, over one part of the questions.

    ``cites`` counts a question that is wrongly called "not covered" as a miss; ``cites_covered``
    leaves those out. ``first_hit`` is ``cites`` for the search's first passage alone.
    """

    on_topic: int
    off_topic: int
    sentences: int
    cites: float | None
    cites_covered: float | None
    first_hit: float | None
    refused: float | None
    verbatim: float | None


class AskingReport(Frozen):
    """Rates by part with ``all``, and every sentence that is not verbatim."""

    parts: dict[str, AskingRates]
    strays: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every sentence stands in its passage word for word."""
        return not self.strays


def measure(coach: Coach) -> AskingReport:
    """Ask every labelled question, on and off the subject, without a model."""
    asked = tuple(_asked(coach))
    groups = {part.value: [one for one in asked if one.part is part] for part in Part}
    return AskingReport(
        parts={name: rates(found) for name, found in {**groups, "all": [*asked]}.items()},
        strays=tuple(f"{one.id} {text}" for one in asked for text in one.strays),
    )


def rates(asked: Sequence[Asked]) -> AskingRates:
    """What came of these questions."""
    on = [one for one in asked if one.relevant]
    off = [one for one in asked if not one.relevant]
    covered = [one for one in on if one.covered]
    sentences = sum(len(one.cited) for one in asked)
    strays = sum(len(one.strays) for one in asked)
    return AskingRates(
        on_topic=len(on),
        off_topic=len(off),
        sentences=sentences,
        cites=share(sum(one.is_cited for one in on), len(on)),
        cites_covered=share(sum(one.is_cited for one in covered), len(covered)),
        first_hit=share(sum(one.covered and one.found in one.relevant for one in on), len(on)),
        refused=share(sum(not one.covered for one in off), len(off)),
        verbatim=share(sentences - strays, sentences),
    )


def lines(found: AskingReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Asking: does the answer cite the card that answers, in its own words?")
    header = ("part", "on", "off", "cites it", "of covered", "first hit alone", "off refused")
    yield table((*header, "sentences", "verbatim"), (_row(*row) for row in found.parts.items()))
    yield ""
    yield from bullets("sentences that are not in their passage", found.strays)


def _row(name: str, of: AskingRates) -> tuple[str, ...]:
    return (
        name,
        str(of.on_topic),
        str(of.off_topic),
        rate(of.cites),
        rate(of.cites_covered),
        rate(of.first_hit),
        rate(of.refused),
        str(of.sentences),
        rate(of.verbatim),
    )


def _asked(coach: Coach) -> Iterator[Asked]:
    asked = [(case.id, case.question, case.part, case.relevant) for case in retrieval_cases()]
    asked += [(case.id, case.question, case.part, ()) for case in off_topic_cases()]
    for name, question, part, relevant in asked:
        answer = coach.ask(question)
        yield Asked(
            id=name,
            question=question,
            part=part,
            relevant=relevant,
            covered=answer.covered,
            cited=tuple(one.citation.key for one in answer.sentences),
            found=answer.near[0].passage.doc_id if answer.near else "",
            strays=tuple(_strays(coach, answer)),
        )


def _strays(coach: Coach, answer: Answer) -> Iterator[str]:
    for one in answer.sentences:
        # Opened anew, as a reader does: what a citation carries could be wrong too.
        passage = coach.passage(one.citation.passage_id)
        if passage is None or one.text not in " ".join(passage.text.split()):
            yield one.text
