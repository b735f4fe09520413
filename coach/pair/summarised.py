"""A summary as its author works on it: made, made again, reworded and shortened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from coach.domain.brief import clean_line
from coach.domain.kept_reflection import KeptItem, KeptSentence, KeptSummary, Reflection
from coach.domain.reflection import Evidence, ItemKind, ReflectionSummary
from coach.errors import ProgramError
from coach.pair.reading import Sign

#: Characters of one line of a summary.
MOST_LINE = 2_000
#: What would mock somebody who tells of harm.
_CHEERFUL = {ItemKind.WIN, ItemKind.LEARNING, ItemKind.SURPRISE}
#: The facts of what is no commitment.
_NONE = {"who": "", "what": "", "when": None, "when_words": ""}
Line = TypeVar("Line", KeptSentence, KeptItem)


def summarised(
    found: ReflectionSummary, texts: tuple[str, ...], before: KeptSummary | None
) -> KeptSummary:
    """``found`` as it is kept.

    A line of the summary ``before`` that its author changed or promised stays in the place of
    its like, as long as the words that it stands on are still there.
    """
    sentences = [KeptSentence.model_validate(one.model_dump()) for one in found.sentences]
    items = [KeptItem.model_validate(one.model_dump()) for one in found.items]
    if before is not None:
        changed = (one for one in before.sentences if one.edited)
        sentences = _joined(_moved(before, changed, texts), sentences)
        own = (one for one in before.items if one.edited or one.promised or one.kept_out)
        items = _joined(_moved(before, own, texts), items)
    return KeptSummary(
        texts=texts,
        sentences=tuple(sentences),
        items=tuple(items),
        dropped=found.dropped,
        note=found.note,
    )


def summary_of(reflection: Reflection) -> KeptSummary:
    """Its summary. Raises ``ProgramError`` if there is none."""
    if reflection.summary is None:
        raise ProgramError("There is no summary yet. Summarise what you wrote first.")
    return reflection.summary


def line_of(summary: KeptSummary, line_id: str) -> KeptSentence | KeptItem:
    """The line with this identifier. Raises ``ProgramError``."""
    for line in summary.lines:
        if line.id == line_id:
            return line
    raise ProgramError("This line is no longer in the summary. Open the page anew.")


def reworded(summary: KeptSummary, line_id: str, text: str) -> KeptSummary:
    """``summary`` with other words in one line, which then is edited. Raises ``ProgramError``."""
    line = line_of(summary, line_id)
    words = str(clean_line(text))
    if not words:
        raise ProgramError("The line is empty. To take it out of the summary, drop it.")
    if len(words) > MOST_LINE:
        raise ProgramError(
            f"The line has {len(words):,} characters, and at most {MOST_LINE:,} can be kept."
        )
    if words == line.text:
        return summary
    mine = {"text": words, "edited": True, "by_model": False}
    return with_line(summary, line.model_copy(update=mine))


def moved_to(summary: KeptSummary, item_id: str, kind: ItemKind) -> KeptSummary:
    """``summary`` with an item under another heading, which then is edited.

    Raises ``ProgramError`` for a promise that is written down.
    """
    item = line_of(summary, item_id)
    if not isinstance(item, KeptItem):
        raise ProgramError("A sentence of the paragraph stands under no heading.")
    if item.kind is kind:
        return summary
    if item.promised:
        raise ProgramError("This promise is written down already, so it stays one.")
    facts = {"who": "me", "what": item.text.rstrip(".")} if kind is ItemKind.COMMITMENT else _NONE
    return with_line(summary, item.model_copy(update={"kind": kind, "edited": True, **facts}))


def soberly(
    summary: KeptSummary, signs: Callable[[Sequence[str]], Sequence[Sequence[Sign]]]
) -> KeptSummary:
    """``summary`` in which nothing that holds a sign of harm stands under a cheerful heading."""
    cheerful = [one for one in summary.items if one.kind in _CHEERFUL]
    places = sorted({one.text_index for item in cheerful for one in item.evidence})
    found = dict(zip(places, signs([summary.texts[place] for place in places]), strict=True))
    for item in cheerful:
        grave = any(
            sign.start < one.end and one.start < sign.end
            for one in item.evidence
            for sign in found[one.text_index]
        )
        if grave:
            summary = with_line(summary, item.model_copy(update={"kind": ItemKind.CHALLENGE}))
    return summary


def with_line(summary: KeptSummary, changed: KeptSentence | KeptItem) -> KeptSummary:
    """``summary`` with ``changed`` in the place of the line that it was."""
    return _rebuilt(summary, [changed if one.id == changed.id else one for one in summary.lines])


def without(summary: KeptSummary, line_id: str) -> KeptSummary:
    """``summary`` without one line. Raises ``ProgramError``."""
    gone = line_of(summary, line_id)
    return _rebuilt(summary, [one for one in summary.lines if one is not gone])


def _rebuilt(summary: KeptSummary, lines: Sequence[KeptSentence | KeptItem]) -> KeptSummary:
    sentences = tuple(one for one in lines if isinstance(one, KeptSentence))
    items = tuple(one for one in lines if isinstance(one, KeptItem))
    return summary.model_copy(update={"sentences": sentences, "items": items})


def _moved(before: KeptSummary, lines: Iterator[Line], texts: Sequence[str]) -> list[Line]:
    """Those of ``lines`` whose words are still in ``texts``, standing on them there."""
    found = []
    for line in lines:
        places = [_place(words, texts) for words in before.evidence_of(line)]
        if all(places):
            found.append(line.model_copy(update={"evidence": tuple(places)}))
    return found


def _place(words: str, texts: Sequence[str]) -> Evidence | None:
    for number, text in enumerate(texts):
        if (start := text.find(words)) >= 0:
            return Evidence(text_index=number, start=start, end=start + len(words))
    return None


def _joined(staying: list[Line], found: list[Line]) -> list[Line]:
    """Both in the order of the words that they stand on, without what stands on the same."""
    if not staying:
        return found
    taken = {one for line in staying for one in line.evidence}
    new = [line for line in found if taken.isdisjoint(line.evidence)]
    return sorted(staying + new, key=_first)


def _first(line: KeptSentence | KeptItem) -> tuple[int, int]:
    return min((one.text_index, one.start) for one in line.evidence)
