"""What of somebody's own words waits for a program's themes, or was counted in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.domain.kept_reflection import Reflection
from coach.domain.kept_themes import KeptRelease, KeptStatement, ReleaseState, ThemeTerms
from coach.domain.meeting import Session
from coach.pair.pseudonyms import origin_keys, source_key
from coach.ports import Work

_STATES = {
    ReleaseState.PROPOSED: "in preview for release {}",
    ReleaseState.RELEASED: "counted in release {}, and deleted then",
    ReleaseState.DROPPED: "taken up for release {}, which was given up, and deleted then",
}


def own_statements(work: Work, person_id: str) -> list[dict[str, Any]]:
    """Each statement that is still kept, as it is kept; and where a reflection was counted.

    A release deletes the statements that it counted, so of those only that is left.
    """
    found = work.find(Reflection, person_id=person_id)
    return [one for mine in found for one in _of(work, mine)]


def _of(work: Work, mine: Reflection) -> Iterator[dict[str, Any]]:
    terms = work.find(ThemeTerms, program_id=mine.program_id)
    if not terms:
        return
    number = work.get(Session, mine.session_id).number
    keys = origin_keys(terms[0], mine)
    kept = work.find(KeptStatement, program_id=mine.program_id, origin_key=keys)
    source = source_key(terms[0], mine.id)
    taken = [
        one
        for one in work.find(KeptRelease, program_id=mine.program_id, order="number")
        if source in one.cells.sources
    ]
    stands = _STATES[taken[0].state].format(taken[0].number) if taken else "waiting for a release"
    for one in sorted(kept, key=lambda one: one.content.text):
        said = {"kind": one.content.kind.value, "text": one.content.text}
        yield {"session_number": number, **said, "stands": stands}
    if taken and not kept:
        yield {"session_number": number, "stands": stands}
