"""The wins, challenges, promises and the like of what somebody wrote, in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from coach.domain.reflection import Evidence, ItemKind, SummaryItem
from coach.reflecting.acts import act_of
from coach.reflecting.clauses import Clause, promising
from coach.reflecting.corrected import corrected
from coach.reflecting.due_days import due_day
from coach.reflecting.kinds import CONTEXT
from coach.reflecting.promises import ME, People, speaker_of, who_promised
from coach.reflecting.read import Sentence
from coach.reflecting.trimming import trimmed

#: Cosine from which two items of one kind say the same.
_SAME = 0.88
#: Items of one kind that are listed; a transcript of an hour has hundreds of sentences.
_MOST_OF_A_KIND = 15


@dataclass(frozen=True)
class Setting:
    """Who is there, who writes, and the day from which days are counted."""

    people: People
    author: str
    today: date


def items_of(said: Sequence[Sentence], setting: Setting) -> tuple[SummaryItem, ...]:
    """What ``said`` tells, in its order, without what repeats something."""
    told = [sentence for sentence in said if sentence.kind != CONTEXT]
    kept: list[Sentence] = []
    for kind in ItemKind:
        alike = [one for one in told if one.kind == kind.value]
        alike.sort(key=lambda one: -one.weight)
        distinct: list[Sentence] = []
        for one in alike:
            if len(distinct) < _MOST_OF_A_KIND and not any(_same(one, two) for two in distinct):
                distinct.append(one)
        kept += distinct
    kept.sort(key=lambda one: (one.text_index, one.span.start))
    items: list[SummaryItem] = []
    before: date | None = None
    for one in kept:
        if one.kind != ItemKind.COMMITMENT:
            items.append(_plain(one))
            continue
        for item in _promises(one, setting, before):
            items.append(item)
            before = item.when or before
    return tuple(items)


def _plain(one: Sentence) -> SummaryItem:
    return SummaryItem(kind=ItemKind(one.kind), text=trimmed(one.own), evidence=(evidence_of(one),))


def _promises(one: Sentence, setting: Setting, before: date | None) -> Iterator[SummaryItem]:
    clauses = [
        clause
        for clause in promising(one.reading)
        if corrected(ItemKind.COMMITMENT, one.span.text[clause.start : clause.end])
        == ItemKind.COMMITMENT
    ]
    whole = Clause(start=0, end=len(one.span.text), main=0)
    for clause in clauses or [whole]:
        item = _promise(one, clause, setting, before)
        before = item.when or before
        yield item


def _promise(one: Sentence, clause: Clause, setting: Setting, before: date | None) -> SummaryItem:
    text, people = one.span.text, setting.people
    part = one.reading.part(clause.main, clause.end)
    due = due_day(part.text, setting.today, before=before)
    when = due or due_day(text[clause.start : clause.main], setting.today, before=before)
    who = who_promised(part, people)
    if who == ME:
        # The label at the start names who speaks in every clause.
        who = speaker_of(one.reading, people) or ME
    what = act_of(part, due)
    return SummaryItem(
        kind=ItemKind.COMMITMENT,
        text=trimmed(text[max(clause.start, one.label.start) : clause.end]),
        evidence=(evidence_of(one, clause.start, clause.end),),
        who=ME if who in {setting.author, setting.author.partition(" ")[0]} else who,
        what=f"{what}, {clause.condition}" if clause.condition else what,
        when=when.day if when else None,
        when_words=when.words if when else "",
    )


def evidence_of(one: Sentence, start: int = 0, end: int | None = None) -> Evidence:
    """Where the sentence stands, or characters ``start`` to ``end``, excluded, of it."""
    begin = one.span.start
    return Evidence(
        text_index=one.text_index,
        start=begin + start,
        end=one.span.end if end is None else begin + end,
    )


def _same(one: Sentence, two: Sentence) -> bool:
    return float(np.dot(one.vector, two.vector)) >= _SAME
