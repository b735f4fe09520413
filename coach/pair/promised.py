"""A promise out of a reflection, in words that both of the two can read."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coach.domain.identity import Actor
from coach.domain.meeting import Commitment, Session
from coach.domain.program import Pair, Person
from coach.errors import ProgramError
from coach.ports import Work

_SELVES = (
    (re.compile(r"\bI['’]m\b"), "{} is"),
    (re.compile(r"\bI['’]ve\b"), "{} has"),
    (re.compile(r"\bI['’]ll\b"), "{} will"),
    (re.compile(r"\bI am\b"), "{} is"),
    (re.compile(r"\bI have\b"), "{} has"),
    (re.compile(r"\b(?:I|[Mm]e|[Mm]yself)\b"), "{}"),
    (re.compile(r"\b(?:[Mm]y|[Mm]ine)\b"), "{}’s"),
)
#: In an act of one's own, "me" and "my" are whoever it is for: "send him my notes".
_OTHERS = {"partner", "both"}


def write_down(
    work: Work,
    session: Session,
    actor: Actor,
    *,
    who: str,
    what: str,
    due: date | None,
    now: datetime,
) -> tuple[Commitment, ...]:
    """The promise of ``who``, ``me``, ``partner`` or ``both``, as one commitment for each.

    Raises ``ProgramError`` for anybody else, for nothing to do, and for a day that is past.
    """
    pair = work.get(Pair, session.pair_id)
    me, partner = actor.person_id, pair.partner(actor.person_id)
    people = {"me": (me,), "partner": (partner,), "both": (me, partner)}
    if who not in people:
        raise ProgramError("A promise is made by one of the two of you, or by both.")
    if not what.strip():
        raise ProgramError("Write in a few words what will be done.")
    if due is not None and due < now.astimezone(ZoneInfo(session.zone)).date():
        raise ProgramError("This day is past. Choose a day from today on, or none.")
    told = as_both_read(what, who, work.get(Person, me).name)
    return tuple(
        work.add(
            Commitment(
                program_id=session.program_id,
                pair_id=pair.id,
                session_id=session.id,
                who_id=person,
                what=told,
                due=due,
                made=now,
            )
        )
        for person in people[who]
    )


def as_both_read(what: str, who: str, author: str) -> str:
    """``what``, in which "me" is ``author`` by first name where somebody else is to do it.

    ``who`` is ``me``, ``partner`` or ``both``. "You: introduce me to Priya" would be read by the
    other as their own "me".
    """
    first = author.strip().partition(" ")[0]
    if who not in _OTHERS or not first:
        return what
    for pattern, said in _SELVES:
        # What a name holds is no instruction to put groups in.
        what = pattern.sub(said.format(first).replace("\\", r"\\"), what)
    return what
