"""``coach ask``: an answer from the guidance, each sentence with its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.cli.opening import opened
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.domain.answer import Answer

_FIELDS = ("question", "query")


def ask(
    question: Annotated[str, typer.Argument(help="A question, as you would ask it.")] = "",
    participant: Annotated[
        list[str] | None,
        typer.Option("--participant", help="A name to keep from a model elsewhere; repeatable."),
    ] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Only the library's own words, even with a model.")
    ] = False,
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Answer from the guidance, every sentence cited; says so when it does not cover it."""
    names = tuple(participant or ())

    def answered(coach: Coach, asked: str) -> Answer:
        answer = coach.ask(asked)
        return answer if no_model else coach.synthesised(answer, participants=names)

    if jsonl is not None:
        coach = opened(long_lived=True)
        run_batch(jsonl, lambda fields: answer_fields(answered(coach, _question(fields))), question)
        return
    if not question.strip():
        raise CoachError('Ask something: coach ask "what do I do when he takes over?"')
    answer = answered(opened(), question)
    if as_json:
        import json

        fields = {"question": answer.question, **answer_fields(answer)}
        typer.echo(json.dumps(fields, ensure_ascii=False))
        return
    from coach.cli.show_answer import show_answer

    show_answer(answer)


def answer_fields(answer: Answer) -> dict[str, Any]:
    """An answer in the form of the batch command."""
    fields: dict[str, Any] = {
        "covered": answer.covered,
        "sentences": [
            {
                "text": one.text,
                "key": one.citation.key,
                "title": one.citation.title,
                "heading": one.citation.heading,
                "passage_id": one.citation.passage_id,
                "passage": one.citation.passage,
                "origin": one.origin,
                "verbatim": not one.refined,
                "model": one.provenance.model if one.provenance else None,
            }
            for one in answer.sentences
        ],
        "near": [
            {
                "doc_id": hit.passage.doc_id,
                "title": hit.passage.title,
                "passage_id": hit.passage.id,
                "score": hit.score,
            }
            for hit in answer.near
        ],
        "refused": [one.model_dump(mode="json") for one in answer.refused],
        "withheld": list(answer.withheld),
    }
    # Not "error": the line was answered, only without a model.
    return fields | ({"model_error": answer.error} if answer.error else {})


def _question(fields: dict[str, Any]) -> str:
    question = next((fields[name] for name in _FIELDS if name in fields), None)
    if not isinstance(question, str):
        raise CoachError('The line has no \'question\'. Write {"id": 1, "question": "…"}.')
    return question
