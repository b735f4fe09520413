"""Which signs does ``coach care`` see, and what alarms it falsely? ``python -m evals.care``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.domain.guidance import Frozen
from coach.domain.reflection import CareSignal
from coach.reflecting.caring import Carer
from evals.cases import FOLDER, Part
from evals.show import heading, rate, share, table

Read = Callable[[str], CareSignal | None]
#: Tuning texts, a file for each author.
TUNED = (
    "tune",
    "tune_q",
    "tune_r",
    "tune_s",
    "tune_x",
    "tune_y",
    "tune_v",
    "tune_t",
    "tune_u",
    "tune_h",
    "tune_g",
)
#: The words that a first attempt would look for.
_KEYWORDS = {
    CareSignal.RISK_OF_HARM: r"suicid|kill|die\b|dead\b|hurt|danger|violen|unsafe|hit me",
    CareSignal.RETALIATION: r"retaliat|reveng|punish|report|complain",
    CareSignal.HARASSMENT: r"harass|bull(?:y|ie)|touch|sexual|stalk|insult|scream|humiliat|threat",
    CareSignal.DISCRIMINATION: r"discriminat|racis|sexis|ageis|too old|pregnan|accent|disab|gender",
}


class CareCase(Frozen):
    """A text, what it shows signs of, and the characters that show it (in the tuning part)."""

    id: str
    text: str
    signal: CareSignal | None
    span: tuple[int, int] | None = None


class CareFigures(Frozen):
    """Recall by signal, right signals among those seen, and false alarms on ordinary texts."""

    seen: dict[CareSignal, float | None]
    named: float | None
    alarms: float | None


def care_cases(part: Part) -> tuple[CareCase, ...]:
    """The cases; the held-out part has another author, and nobody tunes on it."""
    if part is Part.TUNE:
        return tuple(case for name in TUNED for case in _cases(name))
    return _cases("heldout")


def care_cases_by(author: str) -> tuple[CareCase, ...]:
    """The tuning cases of one of ``TUNED``."""
    return _cases(author)


def _cases(name: str) -> tuple[CareCase, ...]:
    lines = (FOLDER / "care" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(CareCase.model_validate(json.loads(line)) for line in lines)


def keyword(text: str) -> CareSignal | None:
    """The baseline: the first list of words of which one is there."""
    lowered = text.lower()
    return next((signal for signal, words in _KEYWORDS.items() if re.search(words, lowered)), None)


def figures(cases: Sequence[CareCase], read: Read) -> CareFigures:
    """What ``read`` makes of ``cases``. A sign counts as seen only under its own name."""
    found = [(case.signal, read(case.text)) for case in cases]
    seen = {
        signal: share(
            sum(said is signal for true, said in found if true is signal),
            sum(true is signal for true, _ in found),
        )
        for signal in CareSignal
    }
    noted = [(true, said) for true, said in found if true and said]
    ordinary = [said for true, said in found if true is None]
    return CareFigures(
        seen=seen,
        named=share(sum(true is said for true, said in noted), len(noted)),
        alarms=share(sum(said is not None for said in ordinary), len(ordinary)),
    )


def lines() -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Care: signs that need people")
    methods: dict[str, Read] = {"coach": Carer(MiniLMEmbedder()).signal_of, "keywords": keyword}
    rows = {
        f"{name}, {part.value}": (len(care_cases(part)), figures(care_cases(part), read))
        for part in Part
        for name, read in methods.items()
    }
    yield table(
        ("recall", "texts", *(signal.value for signal in CareSignal), "right name", "false alarms"),
        [
            (
                name,
                str(count),
                *(rate(found.seen[signal]) for signal in CareSignal),
                rate(found.named),
                rate(found.alarms),
            )
            for name, (count, found) in rows.items()
        ],
    )


if __name__ == "__main__":
    print(*lines(), sep="\n")
