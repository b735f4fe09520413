"""An agenda as a Word document."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from coach.adapters.exports.markdown import citation_numbers
from coach.domain.agenda import Agenda

#: Characters that XML 1.0 cannot hold; python-docx refuses them.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def agenda_word(agenda: Agenda) -> bytes:
    """A ``.docx`` file: a table for the room (time, part, first words), each item, its ground."""
    from docx import Document

    brief = agenda.brief
    numbers = citation_numbers([citation for item in agenda.items for citation in item.citations])
    document = Document()
    document.core_properties.title = xml_text(brief.topic)[:255]
    document.core_properties.author = "Reverse mentoring coach"
    document.add_heading(xml_text(brief.topic), level=0)
    document.add_paragraph(
        f"Session {brief.session} of {brief.planned_sessions} · {brief.minutes} minutes · "
        f"{brief.setting.value}"
    )
    for note in agenda.not_covered:
        document.add_paragraph(xml_text(note), style="Intense Quote")
    _timeline(document, agenda)
    for item in agenda.items:
        document.add_heading(xml_text(item.title), level=1)
        document.add_paragraph(f"{item.minutes} minutes. {xml_text(item.purpose)}")
        _labelled(document, "Open with", f"“{item.open_with}”")
        for number, step in enumerate(item.steps, start=1):
            # Word's own numbering would run on from one item to the next.
            document.add_paragraph(f"{number}. {xml_text(step)}", style="List Continue")
        for question in item.questions:
            document.add_paragraph(xml_text(question), style="List Bullet")
        _labelled(document, "If it gets awkward", item.if_awkward)
        _labelled(document, "You give", item.give_and_take.mentor_gives)
        _labelled(document, "They give", item.give_and_take.mentee_gives)
        marks = ", ".join(str(numbers[cited.passage_id][0]) for cited in item.citations)
        _labelled(document, "Stands on", marks)
    document.add_heading("What this stands on", level=1)
    for number, cited in numbers.values():
        _labelled(document, f"[{number}] {cited.title}", " ".join(cited.passage.split()))
        for source in cited.sources:
            document.add_paragraph(xml_text(source), style="List Bullet")
    document.add_paragraph("Composed from the guidance library. No model was used.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _timeline(document: Any, agenda: Agenda) -> None:
    table = document.add_table(rows=0, cols=3, style="Light Grid Accent 1")
    at = 0
    for item in agenda.items:
        cells = table.add_row().cells
        cells[0].text = f"{at}–{at + item.minutes} min"
        cells[1].text = xml_text(item.title)
        cells[2].text = xml_text(f"“{item.open_with}”")
        at += item.minutes


def _labelled(document: Any, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{xml_text(label)}: ").bold = True
    paragraph.add_run(xml_text(text))


def xml_text(text: str) -> str:
    """``text`` without what a Word file cannot hold."""
    return _NOT_XML.sub("", text)
