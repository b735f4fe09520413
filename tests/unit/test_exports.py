from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest
from fakes import WordIndex
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from markdown_it.token import Token
from strategies import HOSTILE, briefs

from coach.adapters.exports.calendar import agenda_calendar
from coach.adapters.exports.markdown import (
    agenda_markdown,
    citation_numbers,
    questions_markdown,
)
from coach.adapters.exports.word import agenda_word
from coach.bootstrap import export_agenda, export_questions
from coach.domain.agenda import Agenda
from coach.domain.brief import Brief, clean_line
from coach.domain.guidance import Citation
from coach.domain.library import GuidanceLibrary
from coach.domain.plain import escape_markdown
from coach.errors import CoachError
from coach.prepare.compose import Composer
from coach.prepare.edit import reword
from coach.prepare.questions import QuestionWriter

STARTS = datetime(2026, 3, 2, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
BERLIN = ZoneInfo("Europe/Berlin")
#: What would act on a reader's screen, or show something else than what was typed.
LIVE = {
    "html_block",
    "html_inline",
    "link_open",
    "image",
    "code_inline",
    "code_block",
    "fence",
    "table_open",
    "s_open",
    "em_open",
}
#: What GitHub's Markdown turns into links after everything else has been read.
BARE_ADDRESS = re.compile(r"(?:https?|ftp)://|\bwww\.|[\w.+-]@[\w-]+\.\w", re.IGNORECASE)
#: As it leaves a text area that cleans nothing.
RAW = "x\x00\x0b\x0c\x1b\x85\ufffe\uffff\r\nEND:VEVENT\r\nBEGIN:VEVENT\rBEGIN:VEVENT\n<b>y</b>"

_markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(text: str) -> Iterator[Token]:
    """All tokens of a Markdown text, those inside others too."""

    def walk(found: Sequence[Token]) -> Iterator[Token]:
        for token in found:
            yield token
            yield from walk(token.children or [])

    return walk(_markdown.parse(text))


def live(text: str) -> set[str]:
    return {token.type for token in tokens(text)} & LIVE


def shown(text: str) -> str:
    """What a reader sees of a Markdown text, without the invisible word joiners."""
    pieces = (token.content for token in tokens(text) if token.type == "text")
    return "".join(pieces).replace("\u2060", "")


@pytest.fixture
def agenda(composer: Composer) -> Agenda:
    return composer.agenda(
        Brief(topic="team chat", minutes=60, session=3, mentee_role="CFO", carried_over=("call",))
    )


def with_raw(agenda: Agenda, **words: Any) -> Agenda:
    """Words in the first item that nothing has cleaned, as a program could make them."""
    first = agenda.items[0].model_copy(update=words)
    return agenda.model_copy(update={"items": (first, *agenda.items[1:])})


# Markdown


@given(st.text(max_size=80).map(clean_line).filter(len) | st.sampled_from(HOSTILE).map(clean_line))
def test_escaped_text_is_shown_as_typed(text: str) -> None:
    for line in (escape_markdown(text), f"# {escape_markdown(text)}", f"- {escape_markdown(text)}"):
        assert set() == live(line)
        assert text.replace("\u2060", "") == shown(line)


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example",
        "HTTP://evil.example",
        "www.evil.example",
        "see WWW.evil.example",
        "me@evil.example",
        "mailto:me@evil.example",
        "ftp://evil.example",
    ],
)
def test_a_bare_address_does_not_become_a_link(text: str) -> None:
    assert BARE_ADDRESS.search(text)
    assert not BARE_ADDRESS.search(escape_markdown(text))


@pytest.mark.parametrize(
    "text", ["- a", "+ a", "* a", "1. a", "12) a", "> a", "---", "===", "a\n==="]
)
def test_a_line_does_not_become_a_list_a_quotation_or_a_rule(text: str) -> None:
    kinds = {token.type for token in tokens(f"before\n\n{escape_markdown(text)}")}

    assert {"paragraph_open", "paragraph_close", "inline", "text"} >= kinds - {"softbreak"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_a_hostile_brief_is_live_in_markdown(
    composer: Composer, question_writer: QuestionWriter, hostile: str
) -> None:
    brief = Brief(
        topic=hostile,
        session=2,
        minutes=60,
        mentor_role=hostile[:80],
        mentee_role=hostile[:80],
        carried_over=(hostile, hostile[::-1]),
        worry=hostile,
    )

    for text in (
        agenda_markdown(composer.agenda(brief)),
        questions_markdown(question_writer.questions(brief)),
    ):
        assert set() == live(text)
        assert not BARE_ADDRESS.search(text)
        assert brief.topic.replace("\u2060", "") in shown(text)


@given(briefs())
@effort(max_examples=40)
def test_no_brief_makes_live_markdown(composer: Composer, brief: Brief) -> None:
    assert set() == live(agenda_markdown(composer.agenda(brief)))


def test_markdown_holds_the_whole_agenda(agenda: Agenda) -> None:
    text = agenda_markdown(agenda)

    seen = shown(text)
    assert text.startswith("# team chat\n")
    assert "Session 3 of 8 · 60 minutes · in person" in seen
    for item in agenda.items:
        for said in (item.title, item.purpose, item.open_with, *item.questions, *item.steps):
            assert said in seen
        assert item.give_and_take.mentee_gives in seen
        for citation in item.citations:
            assert citation.title in seen
            assert all(source in seen for source in citation.sources)


def test_the_timeline_in_markdown_runs_from_the_first_minute_to_the_last(agenda: Agenda) -> None:
    spans = re.findall(r"^## (\d+)–(\d+) min", agenda_markdown(agenda), re.MULTILINE)

    assert len(agenda.items) == len(spans)
    assert ("0", "60") == (spans[0][0], spans[-1][1])
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]


def test_each_mark_points_to_a_numbered_passage(agenda: Agenda) -> None:
    text = agenda_markdown(agenda)

    marked = set(re.findall(r"\\\[(\d+)\\\]", text.partition("## What this stands on")[0]))
    listed = re.findall(r"^\\\[(\d+)\\\] \*\*", text, re.MULTILINE)
    assert marked == set(listed)
    assert [str(number) for number in range(1, len(listed) + 1)] == listed


def test_a_passage_cited_twice_is_listed_once() -> None:
    def cite(name: str) -> Citation:
        return Citation(key="a", title="A", heading="H", passage="p", passage_id=f"a#{name}")

    numbers = citation_numbers([cite("x"), cite("y"), cite("x")])

    assert [("a#x", 1), ("a#y", 2)] == [(key, number) for key, (number, _) in numbers.items()]


def test_questions_in_markdown_stand_under_their_depth(question_writer: QuestionWriter) -> None:
    found = question_writer.questions(Brief(topic="team chat"))

    text = questions_markdown(found)

    headings = re.findall(r"^## (\w+)$", text, re.MULTILINE)
    assert ["Opening", "Exploring", "Deeper"] == headings
    for question in found.questions:
        assert question.text in shown(text)
        assert f"Listen for: {question.listen_for}" in shown(text)
        assert f"Offer back: {question.offer_back}" in shown(text)


def test_the_steps_in_markdown_are_a_list_of_their_own_before_the_questions(
    agenda: Agenda,
) -> None:
    text = agenda_markdown(agenda)

    for item in agenda.items:
        part = text[text.index(f"· {escape_markdown(item.title)} ") :]
        lines = part[: part.index("- They give: ")].splitlines()
        numbers = [
            f"{number}. {escape_markdown(step)}" for number, step in enumerate(item.steps, 1)
        ]
        asked = [f"- Ask: {escape_markdown(question)}" for question in item.questions]
        opened = lines.index(f"- Open with: “{escape_markdown(item.open_with)}”")
        assert ["", *numbers, "", *asked] == lines[opened + 1 : opened + 3 + len(numbers + asked)]


def test_a_list_in_a_cited_passage_stays_a_list(agenda: Agenda) -> None:
    passage = "Before.\n\n1. Open *it*.\n2. Read it.\n\n- one\n  * two\n\nNot -this- 3. time."
    cited = agenda.items[0].citations[0].model_copy(update={"passage": passage})
    text = agenda_markdown(with_raw(agenda, citations=(cited,)))

    part = text.partition("## What this stands on")[2].partition("\n\\[2\\]")[0]
    items = [token for token in tokens(part) if token.type == "list_item_open"]
    passages = [token.info for token in items if token.info or token.markup in "-*"]
    assert ["1", "2"] == [info for info in passages if info]
    said = shown(part)
    assert "Open *it*." in said
    assert "Not -this- 3. time." in said
    assert "- one" not in said
    assert set() == live(part)


def test_a_persons_own_questions_come_last_in_markdown(question_writer: QuestionWriter) -> None:
    found = question_writer.questions(Brief(topic="team chat"))

    text = export_questions(found, ("What did <b>you</b> see?", *HOSTILE[:8])).decode()

    mine = text.partition("## My own")[2].partition("## What this stands on")[0]
    assert "What did <b>you</b> see?" in shown(mine)
    assert 9 == sum(token.type == "list_item_open" for token in tokens(mine))
    assert set() == live(text)
    assert not BARE_ADDRESS.search(text)
    assert "## My own" not in export_questions(found).decode()


@pytest.mark.parametrize("covered", [True, False])
def test_a_mentees_worry_is_in_no_file_that_may_be_shared(
    library: GuidanceLibrary, covered: bool
) -> None:
    writer = QuestionWriter(library, WordIndex(library, covered=covered))

    text = export_questions(
        writer.questions(Brief(topic="team chat", worry="zebraworry about quaggafear"))
    ).decode()

    assert "zebraworry" not in text
    assert "quaggafear" not in text


# Word


def word_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_word_holds_the_whole_agenda(agenda: Agenda) -> None:
    content = agenda_word(agenda)

    document = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [item.title for item in agenda.items] == [title for _, title, _ in rows]
    assert [f"“{item.open_with}”" for item in agenda.items] == [first for _, _, first in rows]
    assert rows[0][0].startswith("0–")
    assert rows[-1][0].endswith("–60 min")
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [*(item.title for item in agenda.items), "What this stands on"] == headings
    assert "team chat" == document.core_properties.title
    seen = word_text(content)
    for item in agenda.items:
        for said in (item.purpose, item.open_with, *item.questions, *item.steps):
            assert said in seen
        assert all(citation.title in seen for citation in item.citations)


def test_the_steps_in_word_are_numbered_anew_in_each_item(agenda: Agenda) -> None:
    document = docx.Document(io.BytesIO(agenda_word(agenda)))

    firsts = [item.steps[0] for item in agenda.items if item.steps]
    assert len(firsts) > 1
    numbered = {paragraph.text for paragraph in document.paragraphs}
    assert {f"1. {step}" for step in firsts} <= numbered


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_brief_is_plain_text_in_word(composer: Composer, hostile: str) -> None:
    brief = Brief(topic=hostile, mentee_role=hostile[:80], carried_over=(hostile,))

    content = agenda_word(composer.agenda(brief))

    assert brief.topic in word_text(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
    assert "<script" not in body
    assert "w:hyperlink" not in body


def test_control_characters_do_not_break_word(agenda: Agenda) -> None:
    raw = f"{RAW}\ud800"

    content = agenda_word(
        with_raw(agenda, title=raw, purpose=raw, open_with=raw, questions=(raw,), steps=(raw,))
    )

    assert "<b>y</b>" in word_text(content)


@given(briefs())
@effort(max_examples=15)
def test_no_brief_breaks_word(composer: Composer, brief: Brief) -> None:
    document = docx.Document(io.BytesIO(agenda_word(composer.agenda(brief))))

    assert document.paragraphs


# Calendar


def event_of(content: bytes) -> Any:
    """The one event of a calendar file."""
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert 1 == len(events)
    assert 1 == len(re.findall(rb"^BEGIN:VEVENT\r?$", content, re.MULTILINE))
    return events[0]


def test_an_invitation_holds_the_timeline(agenda: Agenda) -> None:
    event = event_of(agenda_calendar(agenda, STARTS))

    assert "Reverse mentoring 3/8: team chat" == str(event["summary"])
    lines = str(event["description"]).splitlines()
    assert len(agenda.items) == len(lines)
    assert lines[0].startswith("0–")
    assert agenda.items[0].title in lines[0]
    assert STARTS == event.decoded("dtstart")
    assert STARTS + timedelta(minutes=60) == event.decoded("dtend")


@pytest.mark.parametrize(
    ("starts", "begins", "ends"),
    [
        # Clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 back to 2:00 on 25 October.
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), "00:30", "01:30"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "00:30", "01:30"),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN), "01:30", "02:30"),
        (datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Asia/Kolkata")), "03:30", "04:30"),
    ],
)
def test_an_invitation_is_right_across_a_clock_change(
    agenda: Agenda, starts: datetime, begins: str, ends: str
) -> None:
    event = event_of(agenda_calendar(agenda, starts))

    found = [event.decoded(name) for name in ("dtstart", "dtend")]
    assert [begins, ends] == [moment.strftime("%H:%M") for moment in found]
    assert [timedelta(0)] * 2 == [moment.utcoffset() for moment in found]


def test_the_same_session_has_the_same_identifier_in_any_time_zone(agenda: Agenda) -> None:
    """A calendar updates the event that it has, and shows no second one."""
    identifiers = {
        str(event_of(agenda_calendar(agenda, starts))["uid"])
        for starts in (STARTS, STARTS, STARTS.astimezone(UTC))
    }

    assert 1 == len(identifiers)


def test_another_session_or_time_has_another_identifier(agenda: Agenda, composer: Composer) -> None:
    later = composer.agenda(agenda.brief.model_copy(update={"session": 4}))

    identifiers = {
        str(event_of(agenda_calendar(one, starts))["uid"])
        for one, starts in (
            (agenda, STARTS),
            (later, STARTS),
            (agenda, STARTS + timedelta(days=7)),
        )
    }

    assert 3 == len(identifiers)


def test_an_edited_agenda_updates_the_same_event(agenda: Agenda) -> None:
    edited = reword(agenda, 0, title="Mine")

    first, second = (event_of(agenda_calendar(one, STARTS)) for one in (agenda, edited))
    assert first["uid"] == second["uid"]
    assert "Mine" in str(second["description"])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_topic_makes_no_second_event(composer: Composer, hostile: str) -> None:
    brief = Brief(topic=hostile, mentee_role=hostile[:80])

    event = event_of(agenda_calendar(composer.agenda(brief), STARTS))

    assert str(event["summary"]).endswith(brief.topic)


def test_raw_line_breaks_in_an_edited_title_make_no_second_event(agenda: Agenda) -> None:
    event = event_of(agenda_calendar(with_raw(agenda, title=RAW), STARTS))

    assert "<b>y</b>" in str(event["description"])


@given(briefs())
@effort(max_examples=40)
def test_any_brief_makes_one_event(composer: Composer, brief: Brief) -> None:
    event = event_of(agenda_calendar(composer.agenda(brief), STARTS))

    assert timedelta(minutes=brief.minutes) == event.decoded("dtend") - event.decoded("dtstart")


def test_a_start_without_a_time_zone_is_refused(agenda: Agenda) -> None:
    with pytest.raises(ValueError, match="time zone"):
        agenda_calendar(agenda, datetime(2026, 3, 2, 14, 0))  # noqa: DTZ001 - the fault itself


# All kinds


@pytest.mark.parametrize("covered", [True, False])
def test_a_worry_is_in_no_file_that_may_be_shared(library: GuidanceLibrary, covered: bool) -> None:
    worry = "zebraworry about quaggafear"
    agenda = Composer(library, WordIndex(library, covered=covered)).agenda(
        Brief(topic="team chat", worry=worry)
    )

    for text in (
        agenda_markdown(agenda),
        word_text(agenda_word(agenda)),
        agenda_calendar(agenda, STARTS).decode(),
    ):
        assert "zebraworry" not in text
        assert "quaggafear" not in text


@pytest.mark.parametrize(("kind", "begins"), [("md", b"# "), ("docx", b"PK"), ("ics", b"BEGIN:V")])
def test_an_agenda_is_exported_by_kind(agenda: Agenda, kind: str, begins: bytes) -> None:
    assert export_agenda(agenda, kind, STARTS).startswith(begins)


@pytest.mark.parametrize("kind", ["pdf", "", "x" * 500])
def test_an_unknown_kind_is_told_what_there_is(agenda: Agenda, kind: str) -> None:
    with pytest.raises(CoachError, match=r"\.md, \.docx, or \.ics") as caught:
        export_agenda(agenda, kind)

    assert len(str(caught.value)) < 150


def test_a_calendar_file_needs_a_start(agenda: Agenda) -> None:
    with pytest.raises(CoachError, match="with a start"):
        export_agenda(agenda, "ics")


def test_text_is_normalised_before_it_is_exported() -> None:
    """Two ways to type an accent are one topic, and so one event."""
    typed = [Brief(topic=unicodedata.normalize(form, "Café")) for form in ("NFC", "NFD")]

    assert typed[0] == typed[1]
