"""Does the coach tell open, closed, leading and testing questions apart?

``python -m evals.ask_well`` prints the held-out writer beside the rule of the first word.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from coach.adapters.grammar import EnglishGrammar
from coach.domain.guidance import Frozen
from coach.domain.phrasing import QuestionCheck, QuestionKind
from coach.library.load import load_library
from coach.phrasing.ask_well import AskWell
from coach.resources import shipped
from evals.cases import FOLDER, Part
from evals.show import bullets, heading, machine_line, rate, share, table

#: Nobody has tuned on this writer's questions, or looked at them.
HELD_OUT_WRITER = "q3"
#: Better forms that a question which is not open should get at least.
_FEWEST_FORMS = 2
_QUESTION_WORDS = {
    "what",
    "which",
    "who",
    "where",
    "why",
    "how",
    "when",
    "tell",
    "walk",
    "describe",
}
_PRESSING = {"don't", "isn't", "aren't", "wasn't", "wouldn't", "shouldn't", "surely", "doesn't"}
_TESTING = {"name", "define", "remind", "recite", "list", "state", "spell"}


class LabelledQuestion(Frozen):
    """A question, its kind, and its writer in the id."""

    id: str
    text: str
    kind: QuestionKind

    @property
    def writer(self) -> str:
        """Who wrote it."""
        return self.id.split("-", maxsplit=1)[0]

    @property
    def part(self) -> Part:
        """Split by writer."""
        return Part.HELD_OUT if self.writer == HELD_OUT_WRITER else Part.TUNE


class Shares(Frozen):
    """Shares of one part, 0 to 1, and what was told as what.

    ``rewritten`` is the share of questions that are not open with at least two better forms,
    ``opened`` the share of all better forms that are open when they are checked themselves.
    """

    questions: int
    right: float | None
    baseline: float | None
    by_kind: dict[str, float | None]
    confused: dict[str, int]
    rewritten: float | None
    opened: float | None


class AskWellReport(Frozen):
    """Shares by part, and the questions of the tuning part that came out wrong."""

    parts: dict[Part, Shares]
    mistakes: tuple[str, ...]


def labelled_questions() -> tuple[LabelledQuestion, ...]:
    """All questions, in the order of the file."""
    lines = (FOLDER / "ask_well.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(LabelledQuestion.model_validate(json.loads(line)) for line in lines)


def first_word(text: str) -> QuestionKind:
    """The baseline: what the first word suggests."""
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    first = words[0] if words else ""
    if first in _TESTING:
        return QuestionKind.TESTING
    if first in _PRESSING:
        return QuestionKind.LEADING
    return QuestionKind.OPEN if first in _QUESTION_WORDS else QuestionKind.CLOSED


def measure(checker: AskWell) -> AskWellReport:
    """Check every question, and each better form once more."""
    cases = labelled_questions()
    checks = {case.id: checker.check(case.text) for case in cases}
    return AskWellReport(
        parts={
            part: _shares([case for case in cases if case.part is part], checks, checker)
            for part in Part
        },
        mistakes=tuple(
            f"{case.id} {case.kind.value}, told as {checks[case.id].kind.value}: {case.text}"
            for case in cases
            if case.part is Part.TUNE and checks[case.id].kind is not case.kind
        ),
    )


def lines(found: AskWellReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Ask well: what kind of question is it, and are the better forms open?")
    header = ("part", "questions", "right", "first word", *QuestionKind, "rewritten", "forms open")
    yield table(
        header,
        (
            (
                part.value,
                str(of.questions),
                rate(of.right),
                rate(of.baseline),
                *(rate(of.by_kind[kind]) for kind in QuestionKind),
                rate(of.rewritten),
                rate(of.opened),
            )
            for part, of in found.parts.items()
        ),
    )
    yield ""
    confused = found.parts[Part.HELD_OUT].confused
    yield from bullets(
        "held out, told as another kind", [f"{n} {what}" for what, n in confused.items()]
    )
    yield from bullets("of the tuning part, told as another kind", found.mistakes)


def open_checker() -> AskWell:
    """The checker over the shipped library."""
    return AskWell(EnglishGrammar(), load_library(shipped("knowledge")))


def main() -> int:
    """Measure and print."""
    print(machine_line())
    print(*lines(measure(open_checker())), sep="\n")
    return 0


def _shares(
    cases: Sequence[LabelledQuestion], checks: dict[str, QuestionCheck], checker: AskWell
) -> Shares:
    def right(of: Sequence[LabelledQuestion]) -> float | None:
        return share(sum(checks[case.id].kind is case.kind for case in of), len(of))

    narrow = [case for case in cases if case.kind is not QuestionKind.OPEN]
    forms = [form for case in narrow for form in checks[case.id].better]
    confused = Counter(
        f"{case.kind.value} as {checks[case.id].kind.value}"
        for case in cases
        if checks[case.id].kind is not case.kind
    )
    return Shares(
        questions=len(cases),
        right=right(cases),
        baseline=share(sum(first_word(case.text) is case.kind for case in cases), len(cases)),
        by_kind={
            kind.value: right([case for case in cases if case.kind is kind])
            for kind in QuestionKind
        },
        confused=dict(sorted(confused.items())),
        rewritten=share(
            sum(len(checks[case.id].better) >= _FEWEST_FORMS for case in narrow), len(narrow)
        ),
        opened=share(
            sum(checker.check(form).kind is QuestionKind.OPEN for form in forms), len(forms)
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
