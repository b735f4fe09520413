"""Print for people. Typed text is printed as text: Rich markup in it is never obeyed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.domain.agenda import Agenda, AgendaItem, TopicMatch, WorryAdvice
from coach.domain.guidance import Citation, SearchResult
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Refinement

_WIDTH = 96


def show_agenda(agenda: Agenda) -> None:
    """The timeline, each item with its words, and the passages that it stands on."""
    console = _console()
    brief = agenda.brief
    console.print(Text(brief.topic, style="bold"))
    console.print(
        Text(
            f"Session {brief.session} of {brief.planned_sessions} · {brief.minutes} minutes · "
            f"{brief.setting.value}",
            style="dim",
        )
    )
    _show_kit(console, agenda.topic_kit, agenda.not_covered)
    console.print()
    cited = [one for item in agenda.items for one in item.citations]
    numbers = _numbers(cited)
    for item in agenda.items:
        console.print(_item(item, numbers))
    _show_worry(console, agenda.worry_advice)
    _citations(console, cited, numbers)


def show_questions(questions: QuestionSet) -> None:
    """The questions by depth, each with what to listen for and what to offer back."""
    console = _console()
    _show_kit(console, questions.topic_kit, questions.not_covered)
    cited = [one for question in questions.questions for one in question.citations]
    numbers = _numbers(cited)
    depth = None
    for question in questions.questions:
        if question.depth is not depth:
            depth = question.depth
            console.print(Text(f"\n{depth.value.capitalize()}", style="bold cyan"))
        console.print(Text(f"  {question.text} {_marks(question.citations, numbers)}"))
        console.print(Text(f"      Listen for: {question.listen_for}", style="dim"))
        console.print(Text(f"      Offer back: {question.offer_back}", style="dim"))
    console.print()
    _show_worry(console, questions.worry_advice)
    _citations(console, cited, numbers)


def show_search(result: SearchResult) -> None:
    """Passages with their source, or a calm "not in the guidance"."""
    console = _console()
    if not result.covered:
        console.print(Text("The guidance does not cover this.", style="yellow"))
        if result.hits:
            console.print(Text("Nearest to it:", style="dim"))
    for hit in result.hits:
        passage = hit.passage
        console.print(Text(f"\n{passage.title}", style="bold"), end="")
        console.print(Text(f"  {passage.heading}", style="dim"))
        console.print(Padding(Text(passage.text), (0, 0, 0, 2)))
        for source in passage.sources:
            console.print(Padding(Text(source, style="dim italic"), (0, 0, 0, 2)))


def say_who_wrote(model: str | None, came: Sequence[Refinement]) -> None:
    """Whether a model was used, what it changed, and why the draft stayed elsewhere."""
    console = _console()
    if model is None:
        console.print(Text("Composed from the library. No model is used.", style="dim"))
        return
    taken = sum(one.text is not None for one in came)
    error = next((one.error for one in came if one.is_over), None)
    if error:
        console.print(Text(f"{error} The draft is complete without it.", style="yellow"))
    if came:
        console.print(
            Text(
                f"{taken} of {len(came)} lines have words of {model}, verified; the others kept "
                "the draft's. `coach model report` tells why.",
                style="dim",
            )
        )


def _show_kit(console: Console, kit: TopicMatch | None, notes: tuple[str, ...]) -> None:
    if kit:
        console.print(
            Text(f"From the topic kit “{kit.title}”. Not what you meant? --kit none", style="dim")
        )
    for note in notes:
        console.print(Text(note, style="yellow"))


def _show_worry(console: Console, advice: WorryAdvice | None) -> None:
    if advice:
        console.print(Text(f"Your worry: {advice.worry}", style="bold"))
        console.print(Padding(Text(advice.advice), (0, 0, 1, 4)))


def _item(item: AgendaItem, numbers: dict[str, int]) -> Group:
    head = Table.grid(padding=(0, 1))
    head.add_column(width=3, justify="right")
    head.add_column()
    marks = _marks(item.citations, numbers)
    head.add_row(
        Text(str(item.minutes), style="bold cyan"), Text(f"{item.title} {marks}", style="bold")
    )
    body = [Text(item.purpose), Text(f"“{item.open_with}”", style="italic")]
    body += [Text(f"{number}. {step}") for number, step in enumerate(item.steps, start=1)]
    body += [Text(f"? {question}") for question in item.questions]
    body.append(Text(f"If it gets awkward: {item.if_awkward}", style="dim"))
    exchange = item.give_and_take
    body.append(
        Text(f"You give {exchange.mentor_gives}; they give {exchange.mentee_gives}.", style="dim")
    )
    return Group(head, *(Padding(line, (0, 0, 0, 4)) for line in body), Text())


def _citations(console: Console, cited: list[Citation], numbers: dict[str, int]) -> None:
    console.print(Text("Stands on", style="bold"))
    by_id = {one.passage_id: one for one in cited}
    for passage_id, number in numbers.items():
        one = by_id[passage_id]
        heading = f", {one.heading}" if one.heading else ""
        console.print(Text(f"  [{number}] {one.title}{heading}", style="dim"))


def _numbers(citations: list[Citation]) -> dict[str, int]:
    once = dict.fromkeys(cited.passage_id for cited in citations)
    return {passage_id: number for number, passage_id in enumerate(once, start=1)}


def _marks(citations: tuple[Citation, ...], numbers: dict[str, int]) -> str:
    return "".join(f"[{numbers[cited.passage_id]}]" for cited in citations)


def _console() -> Console:
    console = Console()
    console.width = min(console.width, _WIDTH)
    return console
