"""``coach phrase``: three better ways to say a hard thing, and the same as a question or e-mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.cli.prepare import NoModel
from coach.errors import BriefError, CoachError

if TYPE_CHECKING:
    from coach.domain.phrasing import Context, Ladder
    from coach.domain.receiver import ReceiverCard

_FIELDS = ("text", "receiver_card", "context")


def phrase(
    text: Annotated[str, typer.Argument(help="What you want to say.")] = "",
    receiver_card: Annotated[
        Path | None, typer.Option(help="The receiver's card, a JSON file.")
    ] = None,
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    happened: Annotated[str, typer.Option(help="What happened, in one line.")] = "",
    relationship: Annotated[str, typer.Option(help="Who they are to you: 'my director'.")] = "",
    channel: Annotated[
        str, typer.Option(help="Where you will say it: 'in person', 'e-mail' or 'chat'.")
    ] = "in person",
    no_model: NoModel = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say it well: a gentle, a balanced and a direct way that all keep the point."""
    from coach.bootstrap import open_phrasing

    card = _card_in(receiver_card) if receiver_card else None
    phrasing = open_phrasing()
    proposer = None if no_model else phrasing.proposer()

    def build(message: str, context: Context, card: ReceiverCard | None) -> Ladder:
        found = phrasing.ladder.build(message, context, card)
        return proposer.refined(found, card) if proposer else found

    if jsonl is not None:
        run_batch(
            jsonl,
            lambda fields: ladder_fields(
                build(
                    _text_of(fields),
                    context_of(fields.get("context")),
                    card_of(fields.get("receiver_card")) or card,
                )
            ),
            text,
        )
        return
    if not text.strip():
        raise CoachError('Give what you want to say: coach phrase "Your slides are unreadable."')
    context = context_of(
        {"what_happened": happened, "relationship": relationship, "channel": channel}
    )
    found = build(_text_of({"text": text}), context, card)
    if as_json:
        import json

        typer.echo(json.dumps(ladder_fields(found), ensure_ascii=False))
        return
    typer.echo(shown(found))


def card_of(given: object) -> ReceiverCard | None:
    """A receiver's card from its fields. Raises ``BriefError`` that names the faulty field."""
    from pydantic import ValidationError

    from coach.domain.receiver import ReceiverCard

    if given is None or given == {}:
        return None
    try:
        return ReceiverCard.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "the card"
        fields = ", ".join(ReceiverCard.model_fields)
        raise BriefError(
            f"The receiver's card is unusable: {place}: {fault['msg']}. It has: {fields}."
        ) from error


def context_of(given: object) -> Context:
    """What is known around a message, from its fields. Raises ``BriefError``."""
    from pydantic import ValidationError

    from coach.domain.phrasing import Context

    if given is None:
        return Context()
    try:
        return Context.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "the context"
        fields = ", ".join(Context.model_fields)
        raise BriefError(
            f"The context is unusable: {place}: {fault['msg']}. It has: {fields}."
        ) from error


def ladder_fields(found: Ladder) -> dict[str, Any]:
    """A ladder in the form of the batch command."""
    return {
        "rungs": [
            {
                "level": rung.level.value,
                "text": rung.text,
                "technique": rung.technique,
                "why": rung.why,
                "kept": list(rung.kept),
                "blanks": list(rung.blanks),
                "score": round(rung.score, 4),
                "provenance": rung.provenance.model_dump(mode="json") if rung.provenance else None,
            }
            for rung in found.rungs
        ],
        "refused": [
            {"level": one.level.value, "text": one.text, "reason": one.reason}
            for one in found.refused
        ],
        "question": found.question,
        "chat": found.chat,
        "email": found.email,
        "followed": list(found.followed),
        "suggested": {"level": found.suggested.value, "why": found.suggestion}
        if found.rungs
        else None,
        "care": found.check.care,
        "note": found.check.note,
    }


def shown(found: Ladder) -> str:
    """A ladder for a terminal."""
    lines = [part for part in (found.check.care, found.check.note) if part]
    for rung in found.rungs:
        lines += [f"{rung.level.value.capitalize()} ({rung.technique}):", f"  {rung.text}", ""]
    if found.rungs:
        lines.append(f"Try the {found.suggested.value} one first. {found.suggestion}")
    if any(rung.blanks for rung in found.rungs):
        lines.append("Fill in what stands in square brackets; only you know it.")
    lines += found.followed
    if found.question:
        lines.append(f"As a question: {found.question}")
    if found.refused and not found.rungs:
        lines.append("See --json for what was refused, and why.")
    return "\n".join(lines).strip()


def _text_of(fields: dict[str, Any]) -> str:
    from coach.domain.phrasing import MOST_MESSAGE

    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown is not None:
        raise BriefError(
            f"The line has an unknown field {unknown[:40]!r}. It has: id, text, receiver_card, "
            "context."
        )
    text = fields.get("text")
    if not isinstance(text, str) or len(text) > MOST_MESSAGE:
        raise BriefError(
            f"The text is needed, with at most {MOST_MESSAGE:,} characters. Shorten it to the "
            "part that you would say."
        )
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        raise BriefError("The text holds half a character (\\ud800 to \\udfff). Write it as UTF-8.")
    return text


def _card_in(path: Path) -> ReceiverCard | None:
    import json

    try:
        return card_of(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CoachError(
            f"{str(path)!r} cannot be read ({error.strerror}). Give a JSON file."
        ) from error
    except ValueError as error:
        raise CoachError(
            f"{str(path)!r} is not JSON. Give one receiver's card as an object."
        ) from error
