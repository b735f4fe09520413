"""``coach search`` and ``coach index build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.cli.opening import opened, progress, say
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.domain.guidance import SearchResult

index = typer.Typer(help="Build the retrieval index.", no_args_is_help=True, rich_markup_mode=None)

IndexPath = Annotated[
    Path | None, typer.Option("--index", help="Another index than the coach's own.")
]


def search(
    query: Annotated[str, typer.Argument(help="A question, as you would ask it.")] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many results.")] = 5,
    index_path: IndexPath = None,
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Search the guidance; says so when the guidance does not cover the question."""
    from coach.bootstrap import open_index

    batch = jsonl is not None
    if index_path:
        found = open_index(index_path, long_lived=batch, say=say)
    else:
        found = opened(long_lived=batch).index
    if jsonl is not None:
        run_batch(jsonl, lambda fields: result_fields(found.search(_query(fields), k=k)), query)
        return
    if not query.strip():
        raise CoachError('Ask something: coach search "how do I open the first session?"')
    result = found.search(query, k=k)
    if as_json:
        import json

        typer.echo(json.dumps({"query": result.query, **result_fields(result)}, ensure_ascii=False))
        return
    from coach.cli.show import show_search

    show_search(result)


@index.command("build")
def build(
    source: Annotated[
        Path | None,
        typer.Option(help="A folder of Markdown, or JSON Lines; the coach's library without."),
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="The folder of the index; the coach's own without.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Embed everything again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Build or update an index. Only texts that changed are embedded."""
    from coach.bootstrap import build_index_of, build_own_index

    if (source is None) != (into is None):
        raise CoachError("Give both --source and --into, or neither for the coach's own index.")
    if source is not None and into is not None:
        report, faults = build_index_of(source, into, force=force, progress=progress)
    else:
        report, faults = build_own_index(force=force, progress=progress), ()
    for fault in faults:
        typer.secho(f"Left out: {fault}", err=True, fg=typer.colors.YELLOW)
    if report.message:
        say(report.message)
    if as_json:
        typer.echo(report.model_dump_json())
    else:
        typer.echo(
            f"{report.documents} documents, {report.passages} passages; "
            f"{report.embedded} texts embedded, {report.reused} reused; {report.seconds:.1f} s"
        )
    if faults:
        raise typer.Exit(1)


def result_fields(result: SearchResult) -> dict[str, Any]:
    """A result in the form of the batch command."""
    return {
        "hits": [
            {
                "doc_id": hit.passage.doc_id,
                "score": hit.score,
                "passage": hit.passage.text,
                "title": hit.passage.title,
                "heading": hit.passage.heading,
                "passage_id": hit.passage.id,
                "origin": hit.passage.origin,
                "sources": list(hit.passage.sources),
            }
            for hit in result.hits
        ],
        "covered": result.covered,
        "confidence": round(result.confidence, 4),
    }


def _query(fields: dict[str, Any]) -> str:
    query = fields.get("query")
    if not isinstance(query, str):
        raise CoachError('The line has no \'query\'. Write {"id": 1, "query": "…"}.')
    return query
