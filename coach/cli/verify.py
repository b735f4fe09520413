"""``coach verify``: may this text take a draft's place, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import BriefError, CoachError

if TYPE_CHECKING:
    from coach.domain.proposal import Proposal, Verdict

_FIELDS = ("slot", "brief", "passage", "draft", "text")


def verify(
    text: Annotated[str, typer.Argument(help="The text to judge.")] = "",
    slot: Annotated[str, typer.Option(help="purpose, opening, question or answer.")] = "opening",
    topic: Annotated[str, typer.Option(help="What the session is about.")] = "",
    mentor_role: Annotated[str, typer.Option(help="The junior mentor's role.")] = "",
    mentee_role: Annotated[str, typer.Option(help="The senior mentee's role.")] = "",
    passage: Annotated[str, typer.Option(help="The passage that it stands on.")] = "",
    draft: Annotated[str, typer.Option(help="The words whose place it would take.")] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Verify words for a slot, as every word of a language model is verified."""
    from coach.bootstrap import open_verifier

    judge = open_verifier()
    if jsonl is not None:
        run_batch(jsonl, lambda fields: verdict_fields(judge.verify(proposal_of(fields))), text)
        return
    if not text.strip():
        raise CoachError('Give a text: coach verify "Where would you begin?" --slot question')
    verdict = judge.verify(
        proposal_of(
            {
                "slot": slot,
                "brief": {"topic": topic, "mentor_role": mentor_role, "mentee_role": mentee_role}
                if topic
                else {},
                "passage": passage,
                "draft": draft,
                "text": text,
            }
        )
    )
    if as_json:
        import json

        typer.echo(json.dumps(verdict_fields(verdict), ensure_ascii=False))
        return
    if verdict.reason is None:
        typer.echo("Accepted.")
        return
    said = f"{verdict.reason.value}: {verdict.detail}" if verdict.detail else verdict.reason.value
    typer.echo(f"Refused. {said[0].upper()}{said[1:]}")


def proposal_of(fields: dict[str, Any]) -> Proposal:
    """A line's fields as a proposal. Raises ``BriefError`` that names the faulty field."""
    from coach.domain.brief import read_brief
    from coach.domain.proposal import MOST_TEXT, Proposal, Slot

    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown is not None:
        raise BriefError(
            f"The line has an unknown field {unknown[:40]!r}. It has: id, slot, brief, "
            "passage, draft, text."
        )
    slots = [slot.value for slot in Slot]
    if fields.get("slot") not in slots:
        raise BriefError(f"The slot is one of: {', '.join(slots)}.")
    text = fields.get("text")
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        raise BriefError(f"The text is needed, with at most {MOST_TEXT:,} characters.")
    given = fields.get("brief") or {}
    if isinstance(given, str):
        given = {"topic": given}
    if not isinstance(given, dict):
        raise BriefError('The brief is an object such as {"topic": "team chat"}.')
    passages = fields.get("passage") or ()
    passages = (passages,) if isinstance(passages, str) else passages
    draft = fields.get("draft") or ""
    if (
        not isinstance(draft, str)
        or not isinstance(passages, list | tuple)
        or not all(isinstance(part, str) for part in passages)
    ):
        raise BriefError("Draft and passage are texts.")
    if any("\ud800" <= mark <= "\udfff" for part in (text, draft, *passages) for mark in part):
        raise BriefError("A text holds half a character (\\ud800 to \\udfff). Write it as UTF-8.")
    return Proposal(
        slot=Slot(fields["slot"]),
        # Without a topic of its own, a text can stand only on draft and passage.
        brief=read_brief({"topic": "reverse mentoring", **given}),
        passages=tuple(part[:MOST_TEXT] for part in passages),
        draft=draft[:MOST_TEXT],
        text=text,
    )


def verdict_fields(verdict: Verdict) -> dict[str, Any]:
    """A verdict in the form of the batch command."""
    return {
        "accepted": verdict.accepted,
        "reason": verdict.reason.value if verdict.reason else None,
        "detail": verdict.detail,
        "support": None if verdict.support is None else round(verdict.support, 4),
    }
