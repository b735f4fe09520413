"""Print an answer for people. What was asked and found is printed as text, never as markup."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from coach.domain.answer import Answer, AnswerSentence
from coach.domain.guidance import Citation

_WIDTH = 96


def show_answer(answer: Answer) -> None:
    """The sentences with the passages that they stand on, or a calm "not in the guidance"."""
    console = Console()
    console.width = min(console.width, _WIDTH)
    if not answer.covered:
        _show_nearest(console, answer)
        return
    if not answer.sentences:
        console.print(Text("The guidance has this, but no sentence that stands alone:"))
        for hit in answer.near[:2]:
            console.print(Padding(Text(hit.passage.text), (1, 0, 0, 2)))
        return
    numbers: dict[str, int] = {}
    for one in answer.sentences:
        number = numbers.setdefault(one.citation.passage_id, len(numbers) + 1)
        console.print(Text(f"{one.text} [{number}]"))
    console.print(Text("\nStands on", style="bold"))
    cited = {one.citation.passage_id: one for one in answer.sentences}
    for passage_id, number in numbers.items():
        _show_source(console, number, cited[passage_id])
    _show_who_wrote(console, answer)


def _show_nearest(console: Console, answer: Answer) -> None:
    console.print(Text("The guidance does not cover this.", style="yellow"))
    if answer.near:
        console.print(Text("Nearest to it:", style="dim"))
    for hit in answer.near:
        console.print(Text(f"  {hit.passage.title}", style="dim"))


def _show_source(console: Console, number: int, one: AnswerSentence) -> None:
    cited: Citation = one.citation
    origin = "" if one.origin == "library" else f" (your document {one.origin})"
    heading = f", {cited.heading}" if cited.heading else ""
    console.print(Text(f"  [{number}] {cited.title}{heading}{origin}", style="dim"))
    for source in cited.sources:
        console.print(Padding(Text(source, style="dim italic"), (0, 0, 0, 6)))


def _show_who_wrote(console: Console, answer: Answer) -> None:
    if answer.error:
        console.print(Text(f"\n{answer.error} The answer is complete without it.", style="yellow"))
    written = next((one.provenance for one in answer.sentences if one.provenance), None)
    said = (
        f"In words of {written.model}, each verified against its passage. --no-model prints the "
        "library's own."
        if written
        else "In the library's own words."
    )
    console.print(Text(f"\n{said}", style="dim"))
    if answer.refused:
        reasons = ", ".join(one.reason.value for one in answer.refused)
        console.print(Text(f"Refused of the model's sentences: {reasons}.", style="dim"))
