"""A model's verified words in the sentences of a summary: take them, and put one's own back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.domain.kept_reflection import KeptSentence, KeptSummary
from coach.domain.refinement import Refinement
from coach.domain.reflection import ReflectionSummary
from coach.errors import ProgramError
from coach.pair.reading import Rewrite
from coach.pair.summarised import line_of, summarised, with_line


def taken(summary: KeptSummary, before: KeptSummary, found: Refinement) -> KeptSummary:
    """``summary`` with a model's accepted words for a sentence of ``before``.

    It stays as it is where that sentence was changed or dropped in the meantime.
    """
    asked = before.sentences[found.place.position]
    here = next((one for one in summary.sentences if one == asked), None)
    if here is None or found.text is None:
        return summary
    worded = {
        "text": found.text,
        "by_model": True,
        "draft": here.text,
        "provenance": found.provenance,
    }
    return with_line(summary, here.model_copy(update=worded))


def put_back(summary: KeptSummary, line_id: str) -> KeptSummary:
    """``summary`` with one's own words where a model's stood. Raises ``ProgramError``."""
    line = line_of(summary, line_id)
    if not isinstance(line, KeptSentence) or not line.by_model:
        raise ProgramError("These words are no longer a model's, so nothing was put back.")
    own = {"text": line.draft, "by_model": False, "draft": "", "provenance": None}
    return with_line(summary, line.model_copy(update=own))


def rewritten(
    found: ReflectionSummary,
    texts: Sequence[str],
    rewrite: Rewrite,
    *,
    person: str,
    participants: Collection[str] = (),
) -> ReflectionSummary:
    """A new summary of ``texts`` with all that a model says better; waits for the model.

    Where the model cannot be asked at all, the note says why.
    """
    before = summary = summarised(found, tuple(texts), None)
    note = found.note
    for one in rewrite(before, person=person, participants=participants):
        summary = taken(summary, before, one)
        note = f"{note} {one.error}".strip() if one.is_over else note
    return found.model_copy(update={"sentences": summary.sentences, "note": note})
