"""Does every agenda keep its promises? Generated briefs, checked against the library."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import numpy as np

from coach.bootstrap import Coach
from coach.domain.agenda import Agenda
from coach.domain.brief import MAX_MINUTES, MIN_MINUTES, Brief, Setting
from coach.domain.guidance import Frozen
from coach.errors import CoachError
from evals.cases import topic_cases
from evals.closed import is_closed
from evals.show import bullets, heading, rate, share

BRIEFS, _SEED = 300, 20260301
_ROLES = (
    ("", ""),
    ("graduate analyst", "Finance Director"),
    ("software engineer", "CEO"),
    ("apprentice", "head of HR"),
    ("nurse", "the hospital's medical director"),
    ("social media assistant", "VP Sales"),
    ("data scientist", "plant manager"),
    ("trainee solicitor", "partner"),
)
_CARRIED = (
    "I send the three prompts that worked",
    "She tries the summary on her own board paper",
    "We look at the captions together",
    "He asks his team how they share files",
)
_WORRIES = (
    "I am nervous that I will sound like a know-it-all",
    "he keeps looking at his phone",
    "she always agrees with everything I say",
    "we never have enough time",
)


class AgendaReport(Frozen):
    """What 300 agendas came to. Times are milliseconds of one warm call; shares are 0 to 1."""

    briefs: int
    items: int
    citations: int
    questions: int
    failed: tuple[str, ...]
    minutes_off: tuple[str, ...]
    citations_not_found: tuple[str, ...]
    closed_questions: tuple[str, ...]
    items_with_two_citations: float | None
    p50_ms: float
    p95_ms: float

    @property
    def holds(self) -> bool:
        """Whether every agenda was made and keeps what is promised."""
        broken = (self.failed, self.minutes_off, self.citations_not_found, self.closed_questions)
        return not any(broken)


def briefs(count: int = BRIEFS, seed: int = _SEED) -> Iterator[Brief]:
    """The same ``count`` briefs for the same seed: every labelled subject in turn, the rest drawn.

    About a third carry something over, and about a third name a worry.
    """
    draw = random.Random(seed)  # noqa: S311 - variety, not secrecy
    topics = [case.topic for case in topic_cases()]
    for number in range(count):
        planned = draw.randint(1, 12)
        mentor, mentee = draw.choice(_ROLES)
        yield Brief(
            topic=topics[number % len(topics)],
            minutes=draw.randint(MIN_MINUTES, MAX_MINUTES),
            session=draw.randint(1, planned),
            planned_sessions=planned,
            mentor_role=mentor,
            mentee_role=mentee,
            setting=draw.choice(list(Setting)),
            carried_over=draw.sample(_CARRIED, draw.randint(1, 4)) if draw.random() < 1 / 3 else (),
            worry=draw.choice(_WORRIES) if draw.random() < 1 / 3 else "",
        )


def measure(coach: Coach, count: int = BRIEFS) -> AgendaReport:
    """Compose an agenda for every brief, and check each."""
    coach.agenda(Brief(topic="warm up"))
    made: list[Agenda] = []
    failed: list[str] = []
    seconds: list[float] = []
    for brief in briefs(count):
        started = time.perf_counter()
        try:
            made.append(coach.agenda(brief))
        except (CoachError, ValueError) as error:
            failed.append(f"{_name(brief)}: {error}")
        seconds.append(time.perf_counter() - started)
    items = [item for agenda in made for item in agenda.items]
    cited = [one for item in items for one in item.citations]
    cited += [
        one for agenda in made if agenda.worry_advice for one in agenda.worry_advice.citations
    ]
    asked = [question for item in items for question in item.questions]
    # What a page opens when a person follows the citation.
    opened = {one: coach.passage(one.passage_id) for one in set(cited)}
    p50, p95 = np.quantile(seconds, (0.5, 0.95)) * 1_000
    return AgendaReport(
        briefs=count,
        items=len(items),
        citations=len(cited),
        questions=len(asked),
        failed=tuple(failed),
        minutes_off=tuple(_name(agenda.brief) for agenda in made if not _sums(agenda)),
        citations_not_found=tuple(
            sorted(
                one.passage_id
                for one, passage in opened.items()
                if passage is None or passage.text != one.passage
            )
        ),
        closed_questions=tuple(sorted({text for text in asked if is_closed(text)})),
        items_with_two_citations=share(sum(len(item.citations) >= 2 for item in items), len(items)),
        p50_ms=float(p50),
        p95_ms=float(p95),
    )


def lines(found: AgendaReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading(f"Agendas: {found.briefs} generated briefs, composed and checked")
    yield from bullets("agendas that could not be composed", found.failed)
    yield from bullets("agendas whose minutes do not sum to the session", found.minutes_off)
    title = f"passages cited that the library does not hold, of {found.citations} citations"
    yield from bullets(title, found.citations_not_found)
    yield from bullets(f"closed questions, of {found.questions} questions", found.closed_questions)
    two = rate(found.items_with_two_citations)
    yield f"items with two citations or more, of {found.items}: {two}"
    yield f"per agenda, warm: p50 {found.p50_ms:.1f} ms, p95 {found.p95_ms:.1f} ms"


def _sums(agenda: Agenda) -> bool:
    return sum(item.minutes for item in agenda.items) == agenda.brief.minutes


def _name(brief: Brief) -> str:
    return f"{brief.topic!r}, {brief.minutes} minutes, {brief.session} of {brief.planned_sessions}"
