"""What a model's words do to summaries: sentences accepted, refused and why, and what is wrong.

::

    python -m evals.summaries_by_models --adversary [--summaries N]
    python -m evals.summaries_by_models --gguf FILE [--summaries N] [--replies FILE]
        [--accepted FILE]

Summaries of the labelled reflections that may be tuned on, and of groups of them, go sentence by
sentence through the coach's own prompt, screens and judge. The adversary offers each sentence in
every way of ``evals.summary_adversary``; each reply is known to be wrong, so that one acceptance
is a fault. What a real model said and was accepted is written to ``--accepted`` beside its draft:
that is to be read by a person. Exit code 1 if a wrong reply was accepted.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from coach.bootstrap import Reflecting, open_journal, open_model, open_reading, open_reflecting
from coach.domain.guidance import Frozen
from coach.domain.kept_reflection import KeptSummary
from coach.domain.refinement import Refinement
from coach.errors import CoachError
from coach.pair.summarised import summarised
from coach.ports import ChatModel
from coach.reflecting.rewriting import SummaryRewriter
from coach.reflecting.rewriting_judge import SentenceJudge, source_of
from coach.settings import read_settings
from evals.cases import Part
from evals.refining import KeptReplies
from evals.reflection_cases import labelled_reflections
from evals.reflection_summaries import sources
from evals.show import bullets, heading, rate, share
from evals.summary_adversary import spoilt

_DAY = date(2026, 3, 12)
_SEED = 6


class Accepted(Frozen):
    """A sentence that was accepted, with its draft and, of an adversary, how it was made wrong."""

    draft: str
    text: str
    way: str = ""


class Report(Frozen):
    """What came of all sentences of so many summaries."""

    who: str
    summaries: int
    replies: int
    accepted: tuple[Accepted, ...]
    refused: dict[str, int]
    errors: dict[str, int]


def summaries(reflecting: Reflecting, count: int) -> Iterator[KeptSummary]:
    """Summaries of whole reflections, then of what many wrote, then of excerpts."""
    cases = [case for case in labelled_reflections() if case.part is Part.TUNE]
    whole = [case for case in cases if case.is_whole]
    excerpts = [[case.text] for case in cases if not case.is_whole]
    every = [[case.text] for case in whole], sources(whole)["of many people"], excerpts
    for texts in islice((one for group in every for one in group), count):
        found = reflecting.summariser.summarise(texts, session_date=_DAY)
        yield summarised(found, tuple(texts), None)


def by_adversary(judge: SentenceJudge, given: Sequence[KeptSummary]) -> Report:
    """Every sentence, made wrong in every way that applies."""
    draw = random.Random(_SEED)  # noqa: S311 - to repeat a run
    drafts = [line.text for summary in given for line in summary.sentences]
    accepted, refused, replies = [], Counter[str](), 0
    for summary in given:
        for line in summary.sentences:
            source = source_of(summary.texts, line.evidence)
            for way, text in spoilt(line.text, draw.choice(drafts), draw):
                replies += 1
                verdict = judge.verify(line.text, source, text)
                if verdict.reason is None:
                    accepted.append(Accepted(draft=line.text, text=text, way=way))
                else:
                    refused[verdict.reason.value] += 1
    return Report(
        who="the adversary",
        summaries=len(given),
        replies=replies,
        accepted=tuple(accepted),
        refused=dict(refused.most_common()),
        errors={},
    )


def by_model(model: ChatModel, rewriter: SummaryRewriter, given: Sequence[KeptSummary]) -> Report:
    """What a real model makes of every sentence."""
    came: list[Refinement] = []
    for summary in given:
        came += rewriter.rewritten(summary)
        print(".", end="", file=sys.stderr, flush=True)
    return Report(
        who=model.name,
        summaries=len(given),
        replies=sum(one.provenance is not None for one in came),
        accepted=tuple(Accepted(draft=one.draft, text=one.text) for one in came if one.text),
        refused=_counted(one.refusal.value for one in came if one.refusal),
        errors=_counted(one.error for one in came if one.error),
    )


def lines(found: Report) -> Iterator[str]:
    """The report, for people."""
    yield heading(f"Summaries by {found.who}: {found.summaries}, {found.replies} replies")
    kept = share(len(found.accepted), found.replies)
    yield f"accepted: {len(found.accepted)}, a share of {rate(kept)}"
    yield from bullets(
        "refused, by reason", [f"{reason}: {count}" for reason, count in found.refused.items()]
    )
    yield from bullets(
        "without a reply", [f"{error}: {count}" for error, count in found.errors.items()]
    )
    yield from bullets(
        "accepted", [f"{one.way} {one.draft!r} → {one.text!r}" for one in found.accepted]
    )


def _counted(names: Iterator[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())


def _measured(options: argparse.Namespace, home: Path) -> Report:
    settings = read_settings().model_copy(
        update={
            "home": home,
            "local_gguf": options.gguf.absolute() if options.gguf else None,
            "local_threads": options.threads,
            "llm_model": None,
            "llm_daily_tokens": 10**9,
        }
    )
    reflecting = open_reflecting(settings)
    given = list(summaries(reflecting, options.summaries))
    if options.adversary:
        return by_adversary(reflecting.sentence_judge, given)
    model = open_model(settings)
    if model is None:
        raise CoachError("No model is set. Give --gguf FILE, or --adversary.")
    if options.replies:
        model = KeptReplies(model, options.replies)
    rewriter = SummaryRewriter(
        model,
        reflecting.sentence_judge,
        open_reading(settings).grave,
        open_journal(settings),
        parallel=options.threads,
    )
    return by_model(model, rewriter, given)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.summaries_by_models")
    parser.add_argument("--gguf", type=Path, metavar="FILE")
    parser.add_argument("--adversary", action="store_true")
    parser.add_argument("--summaries", type=int, default=500, metavar="N")
    parser.add_argument("--threads", type=int, default=1, metavar="N")
    parser.add_argument("--replies", type=Path, metavar="FILE", help="keep what it said, or use it")
    parser.add_argument("--accepted", type=Path, metavar="FILE", help="write these here, to read")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = _measured(options, Path(folder))
    print(*lines(found), sep="\n")
    if options.accepted:
        rows = [json.dumps(one.model_dump(), ensure_ascii=False) for one in found.accepted]
        options.accepted.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return 1 if options.adversary and found.accepted else 0


if __name__ == "__main__":
    sys.exit(main())
