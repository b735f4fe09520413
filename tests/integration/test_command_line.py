"""The commands as people and programs call them: separate processes, real index."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import icalendar
import pytest
from corpora import SCRIPT, TEXTS, Command, replies, write_lines

_TOPIC = "safe use of generative AI"


@pytest.fixture(autouse=True)
def _built(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    yield
    # Whatever a command did, the shared index is as it was.
    assert 1 == len(list((built_home / "index").glob("g-*")))


def _ok(run: Command, *arguments: str, **options: Any) -> bytes:
    done = run(*arguments, **options)

    assert (0, b"") == (done.returncode, done.stderr)
    return done.stdout


def _refused(run: Command, *arguments: str, **options: Any) -> str:
    done = run(*arguments, **options)
    message = done.stderr.decode("utf-8")

    assert (1, b"") == (done.returncode, done.stdout)
    assert 1 == len(message.splitlines())
    assert "Traceback" not in message
    return message


def test_an_agenda_for_people(run_coach: Command) -> None:
    shown = _ok(run_coach, "agenda", _TOPIC, "--minutes", "30").decode("utf-8")

    assert shown.startswith(_TOPIC)
    assert "Session 1 of 8 · 30 minutes · in person" in shown
    assert "Stands on" in shown
    # People read titles; the keys of passages are for programs.
    assert "#what-to-do" not in shown
    assert "[1] " in shown.partition("Stands on")[2]


def test_an_agenda_for_programs(run_coach: Command) -> None:
    agenda = json.loads(
        _ok(run_coach, "agenda", _TOPIC, "--minutes", "60", "--setting", "video", "--json")
    )

    assert 60 == sum(item["minutes"] for item in agenda["items"])
    assert "generative-ai-safety" == agenda["topic_kit"]["key"]
    assert {"title", "minutes", "kind", "purpose", "open_with", "questions", "if_awkward"} <= set(
        agenda["items"][0]
    )


def test_questions_for_people_and_programs(run_coach: Command) -> None:
    shown = _ok(run_coach, "questions", _TOPIC).decode("utf-8")
    questions = json.loads(_ok(run_coach, "questions", _TOPIC, "--json"))["questions"]

    assert 6 <= len(questions) <= 10
    assert questions[0]["text"][:40] in shown
    assert {"text", "depth", "listen_for", "offer_back", "citations"} <= set(questions[0])


def test_a_search_for_people_and_programs(run_coach: Command) -> None:
    shown = _ok(run_coach, "search", "how do I open the first session?").decode("utf-8")
    found = json.loads(_ok(run_coach, "search", "how do I open the first session?", "--json"))
    away = _ok(run_coach, "search", "how long do I boil an egg").decode("utf-8")

    assert found["covered"] is True
    assert 5 == len(found["hits"])
    assert found["hits"][0]["title"] in shown
    assert away.startswith("The guidance does not cover this.\nNearest to it:")


def test_typed_markup_is_shown_as_typed(run_coach: Command) -> None:
    topic = "[bold]AI[/bold] <script>alert(1)</script> [link=file:///etc]x[/link]"

    assert topic in _ok(run_coach, "agenda", topic).decode("utf-8")


def test_answers_are_utf8_whatever_the_system_speaks(run_coach: Command) -> None:
    shown = _ok(run_coach, "agenda", "café AI", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})

    assert "café AI" in shown.decode("utf-8")


@pytest.mark.parametrize("ending", ["md", "docx", "ics"])
def test_an_agenda_is_written_as_a_file_that_opens(
    ending: str, run_coach: Command, tmp_path: Path
) -> None:
    path = tmp_path / f"agenda.{ending}"

    done = run_coach("agenda", _TOPIC, "-o", str(path), "--starts", "2026-03-02T14:00", "--json")
    titles = [item["title"] for item in json.loads(done.stdout)["items"]]
    content = path.read_bytes()

    assert 0 == done.returncode
    assert f"Written to {path}\n" == done.stderr.decode("utf-8")
    if ending == "md":
        text = content.decode("utf-8")
        assert text.startswith(f"# {_TOPIC}\n")
    elif ending == "docx":
        assert zipfile.is_zipfile(path)
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    else:
        (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert isinstance(event, icalendar.Event)
        assert timedelta(minutes=45) == event.duration
        text = str(event["description"])
    assert all(title in text for title in titles)


def test_a_file_in_the_way_is_said(run_coach: Command, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()

    for place in ("folder.md", "nowhere/agenda.md"):
        assert "cannot be written" in _refused(run_coach, "agenda", _TOPIC, "-o", place)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["agenda", ""], "Write the topic in a few words"),
        (["agenda", "🙂🎉"], "Write the topic in a few words"),
        (["agenda", "x" * 100_000], "This one has 100,000: shorten it"),
        (["agenda", _TOPIC, "--minutes", "14"], "Minutes are a whole number from 15 to 120"),
        (["agenda", _TOPIC, "--minutes", "121"], "Minutes are a whole number from 15 to 120"),
        (["agenda", _TOPIC, "--session", "9"], "beyond the 8 planned"),
        (["agenda", _TOPIC, "--setting", "underwater"], "The setting is 'in person'"),
        (["agenda", _TOPIC, "--kit", "gone"], "has no topic kit 'gone'. It has: accessibility, "),
        (["questions", _TOPIC, "--kit", "any-topic"], "or say 'none' for a general plan"),
        (["agenda", _TOPIC, "--kit", "x" * 65], "The kit is a topic kit's key"),
        (["agenda", _TOPIC, "-o", "agenda.pdf"], "can be written as .md, .docx, or .ics"),
        (["agenda", _TOPIC, "-o", "agenda.ics"], "A calendar file needs the start"),
        (["agenda", _TOPIC, "-o", "agenda.ics", "--starts", "soon"], "needs the start"),
        (["agenda", _TOPIC, "-o", "a.ics", "--starts", "0001-01-01T00:00+14:00"], "the start"),
        (["agenda", _TOPIC, "-o", "a.ics", "--starts", "9999-12-31T23:59"], "the start"),
        (["agenda", "--jsonl", "gone.jsonl"], "cannot be read"),
        (["agenda", "--jsonl", "."], "cannot be read"),
        (["questions", ""], "Write the topic in a few words"),
        (["search", " "], "Ask something"),
        (["search", "x", "--index", "nowhere"], "No index in"),
        (["index", "build", "--source", "x"], "Give both --source and --into"),
        (["index", "build", "--source", "x", "--into", "y"], "There is nothing at 'x'"),
        (["library", "remove", "gone"], "No added document is called 'gone'"),
        (["start", "--host", "0.0.0.0"], "At '0.0.0.0' others could open the coach"),  # noqa: S104
        (["start", "--host", "example.org"], "without a sign-in each would see everything"),
        (["start", "--host", "::"], "without a sign-in each would see everything"),
    ],
)
def test_bad_input_is_one_line_that_says_what_to_do(
    arguments: list[str], message: str, run_coach: Command
) -> None:
    assert message in _refused(run_coach, *arguments)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("COACH_LIBRARY", "/no/such/folder", "/no/such/folder"),
        ("COACH_EMBEDDINGS_BASE_URL", "http://127.0.0.1:9/v1", "Set COACH_EMBEDDINGS_MODEL"),
        ("COACH_CHROMA_URL", "localhost:8000", "COACH_CHROMA_URL is 'localhost:8000'"),
        ("COACH_HOME", "/dev/null/home", "COACH_HOME"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    name: str, value: str, message: str, run_coach: Command
) -> None:
    assert message in run_coach("search", "bread", env={name: value}).stderr.decode("utf-8")


def test_a_reader_that_goes_away_is_met_with_silence() -> None:
    """As with ``coach agenda … | head -1``."""
    with subprocess.Popen(
        [SCRIPT, "agenda", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"topic": "AI"}\n' * 50)
        process.stdin.close()
        process.stdout.close()
        errors = process.stderr.read()

    assert (1, b"") == (process.returncode, errors)


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_stopping_a_build_leaves_no_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        [SCRIPT, "search", "bread"],
        env={**os.environ, "COACH_HOME": str(tmp_path / "new")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # A shell's background jobs ignore the interrupt, and their children inherit that.
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - this test starts no thread
    ) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()

    assert b"Building the guidance index" in said
    assert 130 == process.returncode
    assert b"Traceback" not in rest


# --- batches ---


@pytest.mark.parametrize("command", ["agenda", "questions"])
def test_a_batch_answers_every_line_in_order(command: str, run_coach: Command) -> None:
    lines = [
        {"id": "first", "topic": _TOPIC, "minutes": 15},
        {"id": 2, "topic": "quantum annealing", "session": 8},
        {"topic": "no id"},
        {"id": {"an": "object"}, "topic": "عادات الأمان", "carried_over": ["send the slides"]},
    ]
    stdin = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()

    found = replies(_ok(run_coach, command, "--jsonl", "-", stdin=stdin))

    assert ["first", 2, None, {"an": "object"}] == [reply["id"] for reply in found]
    assert all(command in reply for reply in found)


def test_a_batch_of_searches_answers_in_the_agreed_form(run_coach: Command) -> None:
    stdin = b'{"id": 1, "query": "open the first session"}\n{"id": 2, "query": "boil an egg"}\n'

    near, far = replies(_ok(run_coach, "search", "--jsonl", "-", "-k", "3", stdin=stdin))

    assert (1, True) == (near["id"], near["covered"])
    assert (2, False) == (far["id"], far["covered"])
    assert isinstance(near["hits"], list)
    assert 3 == len(near["hits"])
    assert {"doc_id", "score", "passage"} <= set(near["hits"][0])


#: A line, and what its error says; ``None`` where it is answered.
_LINES: list[tuple[bytes, object, str | None]] = [
    (b'{"id": 1, "topic": "AI"}', 1, None),
    (b"not json", None, "not JSON"),
    (b'["AI"]', None, "not an object"),
    (b"null", None, "not an object"),
    (b'"AI"', None, "not an object"),
    (b'{"id": 2}', 2, "The topic is needed"),
    (b'{"id": 3, "topic": ""}', 3, "Write the topic"),
    (b'{"id": 4, "topic": 7}', 4, "The topic is needed"),
    (b'{"id": 5, "topic": "' + b"x" * 100_000 + b'"}', 5, "This one has 100,000"),
    (b'{"id": 6, "topic": "caf\xe9"}', 6, "not UTF-8"),
    (b'{"id": 7, "topic": "AI", "minutes": "soon"}', 7, "Minutes are a whole number"),
    (b'{"id": 8, "topic": "AI", "mood": "good"}', 8, "has no field 'mood'"),
    (b'{"id": 9, "topic": "half \\ud83d"}', 9, None),
    (b'{"id": "\\ud83d", "topic": "AI"}', "\ud83d", None),
    (b"[" * 100_000, None, "not JSON"),
    (b'{"id": 10, "topic": "AI", "carried_over": null}', 10, "Carried over"),
    (b'{"id": 11, "topic": "AI", "worry": "' + b"w" * 700 + b'"}', 11, "The worry is text"),
    (b'{"id": 12, "topic": "<b>AI</b> \\u202e\\u0000 **now**"}', 12, None),
    (b'{"id": 13, "topic": "AI", "kit": "gone"}', 13, "has no topic kit 'gone'"),
    (b'{"id": 14, "topic": "AI", "kit": 3}', 14, "The kit is a topic kit's key"),
    (b'{"id": 15, "topic": "AI", "kit": "none"}', 15, None),
    (b'{"id": 16, "topic": "AI"}', 16, None),
]


@pytest.mark.parametrize("way", ["stdin", "file"])
def test_a_faulty_line_gets_an_error_and_the_run_goes_on(
    way: str, run_coach: Command, tmp_path: Path
) -> None:
    content = b"\n".join(line for line, _, _ in _LINES)
    (tmp_path / "lines.jsonl").write_bytes(content)

    done = run_coach(
        "agenda",
        "--jsonl",
        "-" if way == "stdin" else "lines.jsonl",
        stdin=content if way == "stdin" else b"",
    )
    found = replies(done.stdout)

    assert (1, b"") == (done.returncode, done.stderr)
    assert [name for _, name, _ in _LINES] == [reply["id"] for reply in found]
    for reply, (_, _, message) in zip(found, _LINES, strict=True):
        assert ("agenda" in reply) is (message is None), reply
        assert (message or "") in str(reply.get("error", ""))


@pytest.mark.parametrize("way", ["stdin", "file"])
def test_a_byte_order_mark_and_blank_lines_are_no_fault(
    way: str, run_coach: Command, tmp_path: Path
) -> None:
    """Spreadsheets and Windows editors write both."""
    content = b'\xef\xbb\xbf{"id": 1, "query": "bread"}\r\n\r\n   \n{"id": 2, "query": "sea"}\n\n'
    (tmp_path / "lines.jsonl").write_bytes(content)

    shown = (
        _ok(run_coach, "search", "--jsonl", "-", stdin=content)
        if way == "stdin"
        else _ok(run_coach, "search", "--jsonl", "lines.jsonl")
    )

    assert [1, 2] == [reply["id"] for reply in replies(shown)]


def test_a_batch_of_nothing_answers_nothing(run_coach: Command) -> None:
    assert b"" == _ok(run_coach, "questions", "--jsonl", "-")


def test_faulty_searches_are_named_too(run_coach: Command) -> None:
    stdin = b'{"id": 1}\n{"id": 2, "query": 3}\n{"id": 3, "query": ""}\n'

    done = run_coach("search", "--jsonl", "-", stdin=stdin)
    first, second, empty = replies(done.stdout)

    assert (1, b"") == (done.returncode, done.stderr)
    assert "has no 'query'" in str(first["error"])
    assert "has no 'query'" in str(second["error"])
    assert {"id": 3, "hits": [], "covered": False, "confidence": 0.0} == empty


# --- indexes and the library ---


def test_an_index_of_ones_own_is_built_and_searched(run_coach: Command, tmp_path: Path) -> None:
    write_lines(tmp_path / "texts.jsonl")
    build = ("index", "build", "--source", "texts.jsonl", "--into", "index")

    first = _ok(run_coach, *build).decode("utf-8")
    write_lines(tmp_path / "texts.jsonl", (*TEXTS, "Sharpen the chisel first."))
    second = json.loads(_ok(run_coach, *build, "--json"))
    found = json.loads(
        _ok(run_coach, "search", "woodwork with a chisel", "--index", "index", "--json")
    )

    assert first.startswith("5 documents, 5 passages; 5 texts embedded, 0 reused;")
    assert (1, 5) == (second["embedded"], second["reused"])
    assert "d5" == found["hits"][0]["doc_id"]


def test_lines_left_out_of_an_index_are_named_and_fail_the_command(
    run_coach: Command, tmp_path: Path
) -> None:
    (tmp_path / "texts.jsonl").write_text('{"id": 1, "text": "bread"}\nnot json\n')

    done = run_coach("index", "build", "--source", "texts.jsonl", "--into", "index")

    assert 1 == done.returncode
    assert b"Left out: line 2: not a JSON object" in done.stderr
    assert done.stdout.startswith(b"1 documents")


def test_the_shipped_library_is_in_order(run_coach: Command) -> None:
    assert b"all in order." in _ok(run_coach, "library", "check")


def test_a_library_that_is_not_in_order_fails_and_names_the_file(
    run_coach: Command, small_library: Path
) -> None:
    (small_library / "cards" / "a-clear-purpose.md").write_text("no front matter")

    done = run_coach("library", "check", str(small_library))

    assert 1 == done.returncode
    assert b"a-clear-purpose.md: " in done.stdout
    assert b"Traceback" not in done.stderr


def test_help_names_every_command(run_coach: Command) -> None:
    shown = _ok(run_coach, "--help").decode("utf-8")

    for command in ("agenda", "questions", "search", "index", "library", "start"):
        assert command in shown


def test_an_unknown_option_is_a_usage_error(run_coach: Command) -> None:
    done = run_coach("agenda", _TOPIC, "--no-such-option")

    assert 2 == done.returncode
    assert b"Traceback" not in done.stderr
