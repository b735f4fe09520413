"""What the two of the demonstration wrote about their sessions, with its summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coach.domain.kept_reflection import (
    Form,
    KeptItem,
    KeptSentence,
    KeptSummary,
    Progress,
    Reflection,
    SharedSummary,
    Written,
)
from coach.domain.meeting import Commitment, Session
from coach.domain.program import Pair, Role
from coach.domain.reflection import Evidence, ItemKind
from coach.pair.shared_reflections import shared_line
from coach.ports import Work


def reflections(
    work: Work,
    pair: Pair,
    sessions: Sequence[Session],
    promises: Sequence[Commitment],
    told: Mapping[str, Any],
) -> None:
    """Add the reflections of one pair, some of them shared with the other."""
    people = {Role.MENTOR.value: pair.mentor_id, Role.MENTEE.value: pair.mentee_id}
    for one in told.get("reflections", ()):
        written = tuple(Written(prompt=key, text=text) for key, text in one["written"].items())
        summary = _summary(tuple(part.text for part in written), one, promises)
        shared = one.get("shared", False)
        session = sessions[one["session"] - 1]
        goal = Progress(goal=told["agreement"][one["of"]]["learns"], rating=one["goal"])
        work.add(
            Reflection(
                program_id=pair.program_id,
                pair_id=pair.id,
                session_id=session.id,
                person_id=people[one["of"]],
                form=Form.THREE,
                written=written,
                before=one["before"],
                after=one["after"],
                progress=(goal,),
                partner_may_read=shared,
                summary=summary,
                shared=_as_shared(summary, one["after"]) if shared else None,
                shared_at=session.starts if shared else None,
            )
        )


def _summary(
    texts: tuple[str, ...], told: Mapping[str, Any], promises: Sequence[Commitment]
) -> KeptSummary:
    by_what = {one.what: one for one in promises}
    items = []
    for one in told["items"]:
        evidence = (_evidence(texts, one["text"]),)
        item = KeptItem(kind=ItemKind(one["kind"]), text=one["text"], evidence=evidence)
        if promise := by_what.get(one.get("promised", "")):
            fact = {"who": "me", "what": promise.what, "when": promise.due}
            item = item.model_copy(update={"promised": (promise.id,), **fact})
        items.append(item)
    return KeptSummary(
        texts=texts,
        sentences=tuple(
            KeptSentence(text=text, evidence=(_evidence(texts, text),))
            for text in told["paragraph"]
        ),
        items=tuple(items),
    )


def _evidence(texts: Sequence[str], words: str) -> Evidence:
    place = next(number for number, text in enumerate(texts) if words in text)
    start = texts[place].index(words)
    return Evidence(text_index=place, start=start, end=start + len(words))


def _as_shared(summary: KeptSummary, after: int) -> SharedSummary:
    return SharedSummary(
        paragraph=tuple(map(shared_line, summary.sentences)),
        items=tuple(map(shared_line, summary.items)),
        after=after,
    )
