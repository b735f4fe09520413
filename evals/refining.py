"""What a real model's words are worth to the coach: slots accepted, refused and why.

::

    python -m evals.refining --gguf FILE [--skip N] [--briefs N] [--replies FILE]

Drafts of generated briefs are refined by a model in a GGUF file, through the coach's own prompts,
adapter, budget and verification. ``--replies`` keeps what the model said in a file of JSON Lines,
and asks it only what is not there yet: a change of verification is then measured on the very same
words. Exit code 1 if an accepted text says what nothing supports, or an agenda lost something.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

import numpy as np

from coach.bootstrap import Coach, open_coach, open_journal, open_model, open_screen
from coach.domain.agenda import Agenda
from coach.domain.chat import Message, Usage
from coach.domain.guidance import Frozen
from coach.domain.proposal import Slot
from coach.domain.refinement import Refinement
from coach.errors import CoachError, ModelReplyError
from coach.ports import ChatModel, Schema
from coach.prepare.refine import Refiner
from coach.prepare.refined import take
from coach.settings import read_settings
from evals.agendas import briefs
from evals.show import bullets, heading, machine_line, rate, share
from evals.unsupported import known_of, unsupported

_EXAMPLES = 20


class Reworded(Frozen):
    """Accepted words for a slot, and what in them nothing supports."""

    slot: Slot
    draft: str
    text: str
    unsupported: tuple[str, ...]


class RefiningReport(Frozen):
    """What came of every slot. Times are milliseconds of one reply, its waiting included."""

    model: str
    briefs: int
    slots: int
    accepted: tuple[Reworded, ...]
    refused: dict[str, int]
    errors: dict[str, int]
    lost: tuple[str, ...]
    p50_ms: float | None
    p95_ms: float | None
    tokens_per_second: float | None

    @property
    def holds(self) -> bool:
        """Whether nothing unsupported was accepted, and no draft lost anything."""
        return not self.lost and not any(one.unsupported for one in self.accepted)


class KeptReplies:
    """A chat model that asks ``inner`` once for each conversation, and keeps what it said."""

    def __init__(self, inner: ChatModel, file: Path) -> None:
        self._inner = inner
        self._file = file
        self._writing = Lock()
        self._kept: dict[str, tuple[str, dict[str, int]]] = {}
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                self._kept[row["asked"]] = (row["text"], row["usage"])

    @property
    def name(self) -> str:
        """The inner model's."""
        return self._inner.name

    def stream(
        self, messages: Sequence[Message], *, limit: int, keep: str = "", stop: Event | None = None
    ) -> Generator[str, None, Usage]:
        """What it said, or says now; that a reply was unusable is kept too."""
        said = json.dumps([(message.speaker.value, message.text) for message in messages])
        asked = hashlib.sha256(f"{self.name}\n{limit}\n{said}".encode()).hexdigest()
        if asked not in self._kept:
            try:
                text, usage = _whole(
                    self._inner.stream(messages, limit=limit, keep=keep, stop=stop)
                )
                self._keep(asked, text, usage.model_dump())
            except ModelReplyError as error:
                self._keep(asked, str(error), {})
        text, counted = self._kept[asked]
        if not counted:
            raise ModelReplyError(text)
        yield text
        return Usage.model_validate(counted)

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """Not kept: no slot is asked for in this way."""
        return self._inner.structured(messages, schema, limit=limit, stop=stop)

    def _keep(self, asked: str, text: str, usage: dict[str, int]) -> None:
        with self._writing, self._file.open("a", encoding="utf-8") as file:
            self._kept[asked] = (text, usage)
            row = {"asked": asked, "text": text, "usage": usage}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def measure(
    coach: Coach, refiner: Refiner, model: str, count: int, skip: int = 0
) -> RefiningReport:
    """Refine the agenda and the questions for ``count`` briefs, and check all that was accepted.

    The first ``skip`` briefs are left out: verification is fitted on replies for the first 16.
    """
    came: list[Refinement] = []
    accepted: list[Reworded] = []
    lost: list[str] = []
    for brief in islice(briefs(skip + count), skip, None):
        agenda = coach.agenda(brief)
        found = list(_shown(refiner.agenda(agenda)))
        cited = {
            (one.place.slot, one.place.position): agenda.items[one.place.position].citations
            for one in found
        }
        asked = coach.questions(brief)
        more = list(_shown(refiner.questions(asked)))
        lost += _lost(agenda, found)
        for one, citations in (
            *((one, cited[one.place.slot, one.place.position]) for one in found),
            *((one, asked.questions[one.place.position].citations) for one in more),
        ):
            came.append(one)
            if one.text is not None:
                known = known_of(brief, one.draft, tuple(cite.passage for cite in citations))
                accepted.append(
                    Reworded(
                        slot=one.place.slot,
                        draft=one.draft,
                        text=one.text,
                        unsupported=unsupported(one.text, known),
                    )
                )
    usages = [one.provenance.usage for one in came if one.provenance]
    took = [usage.milliseconds for usage in usages]
    seconds = sum(took) / 1_000
    return RefiningReport(
        model=model,
        briefs=count,
        slots=len(came),
        accepted=tuple(accepted),
        refused=_counted(one.refusal.value for one in came if one.refusal),
        errors=_counted(one.error for one in came if one.error),
        lost=tuple(lost),
        p50_ms=float(np.quantile(took, 0.5)) if took else None,
        p95_ms=float(np.quantile(took, 0.95)) if took else None,
        tokens_per_second=sum(usage.reply_tokens for usage in usages) / seconds
        if seconds
        else None,
    )


def lines(found: RefiningReport) -> Iterator[str]:
    """The report, for people."""
    yield heading(f"Refinement by {found.model}: {found.briefs} briefs, {found.slots} slots")
    kept = share(len(found.accepted), found.slots)
    yield f"accepted: {len(found.accepted)}, a share of {rate(kept)}"
    yield from bullets(
        "refused, by reason", [f"{reason}: {count}" for reason, count in found.refused.items()]
    )
    yield from bullets(
        "without a reply", [f"{error}: {count}" for error, count in found.errors.items()]
    )
    yield from bullets(
        "accepted texts that say what nothing supports",
        [f"{one.unsupported} {one.text}" for one in found.accepted if one.unsupported],
    )
    yield from bullets("agendas that lost something", found.lost)
    if found.p50_ms is not None and found.p95_ms is not None:
        yield f"per reply, with {machine_line()}:"
        yield f"  p50 {found.p50_ms:,.0f} ms, p95 {found.p95_ms:,.0f} ms"
        yield f"  {found.tokens_per_second:.1f} tokens a second in each request"
    step = max(1, len(found.accepted) // _EXAMPLES)
    yield heading("Accepted, beside their drafts")
    for one in found.accepted[::step][:_EXAMPLES]:
        yield f"[{one.slot}] {one.draft}"
        yield f"   → {one.text}"


def _lost(agenda: Agenda, came: Sequence[Refinement]) -> Iterator[str]:
    """What the refined agenda no longer has."""
    refined = agenda
    for one in came:
        refined = take(refined, one)
    about = repr(agenda.brief.topic)
    if len(refined.items) != len(agenda.items):
        yield f"{about}: {len(refined.items)} parts of {len(agenda.items)}"
    for before, after in zip(agenda.items, refined.items, strict=False):
        owned = {"purpose", "open_with", "questions", "refined"}
        if before.model_dump(exclude=owned) != after.model_dump(exclude=owned):
            yield f"{about}: {before.title!r} is another part"
        words = (after.purpose, after.open_with, *after.questions)
        if len(before.questions) != len(after.questions) or not all(map(str.strip, words)):
            yield f"{about}: {before.title!r} lost words"


def _whole(replies: Generator[str, None, Usage]) -> tuple[str, Usage]:
    pieces: list[str] = []
    while True:
        try:
            pieces.append(next(replies))
        except StopIteration as end:
            usage: Usage = end.value
            return "".join(pieces), usage


Item = TypeVar("Item")


def _shown(items: Iterator[Item]) -> Iterator[Item]:
    """``items``, with a dot each: a small model on two cores takes a minute for a brief."""
    for item in items:
        print(".", end="", file=sys.stderr, flush=True)
        yield item


def _counted(names: Iterator[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.refining")
    parser.add_argument("--gguf", type=Path, required=True, metavar="FILE")
    parser.add_argument("--briefs", type=int, default=3, metavar="N")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="leave out so many before")
    parser.add_argument("--threads", type=int, default=1, metavar="N")
    parser.add_argument("--replies", type=Path, metavar="FILE", help="keep what it said, or use it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all texts here")
    parser.add_argument("--home", type=Path, metavar="DIR", help="keep the index here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = read_settings().model_copy(
            update={
                "home": options.home or Path(folder),
                "local_gguf": options.gguf.absolute(),
                "local_threads": options.threads,
                "llm_model": None,
                "llm_daily_tokens": 10**9,
            }
        )
        coach = open_coach(settings)
        model = open_model(settings)
        if model is None:
            raise CoachError("No model is set.")
        if options.replies:
            model = KeptReplies(model, options.replies)
        refiner = Refiner(
            model,
            coach.judge,
            open_screen(),
            open_journal(settings),
            parallel=settings.llm_parallel,
        )
        found = measure(coach, refiner, model.name, options.briefs, options.skip)
    print(*lines(found), sep="\n")
    if options.json:
        options.json.write_text(found.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return 0 if found.holds else 1


if __name__ == "__main__":
    sys.exit(main())
