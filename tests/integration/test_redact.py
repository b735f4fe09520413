from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from here import say_here


def _coach(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return say_here("redact", *words, typed=typed)


def test_a_text_is_printed_with_placeholders() -> None:
    done = _coach("Priya's idea, says Priya Natarajan", "--participant", "Priya Natarajan")

    assert ("[PERSON_1]'s idea, says [PERSON_1.2]\n", 0) == (done.stdout, done.returncode)


def test_json_has_the_spans_in_the_original_text() -> None:
    text = "👋 ask Priya or priya@contoso.com about [PERSON_1]"
    done = _coach(text, "--json", "--participant", "Priya")
    found = json.loads(done.stdout)

    assert "👋 ask [PERSON_1] or [EMAIL_1] about [TEXT_1]" == found["text"]
    assert [("Priya", "person"), ("priya@contoso.com", "email")] == [
        (text[one["start"] : one["end"]], one["kind"]) for one in found["spans"]
    ]


def test_each_line_is_answered_in_order_and_a_faulty_one_does_not_end_the_run() -> None:
    lines = [
        {"id": "a", "text": "We met Zanele.", "participants": ["Zanele"]},
        {"id": "b"},
        {"id": "c", "text": "x", "participants": "Zanele"},
        {"id": "d", "text": "half \ud800 of it"},
        {"id": "e", "text": "nothing here"},
    ]
    done = _coach("--jsonl", "-", typed="\n".join(map(json.dumps, lines)))
    found = [json.loads(line) for line in done.stdout.splitlines()]

    assert ["a", "b", "c", "d", "e"] == [one["id"] for one in found]
    assert "We met [PERSON_1]." == found[0]["text"]
    assert [{"start": 7, "end": 13, "kind": "person"}] == found[0]["spans"]
    assert "'text'" in found[1]["error"]
    assert "'participants'" in found[2]["error"]
    assert {"id": "e", "text": "nothing here", "spans": []} == found[4]
    assert 1 == done.returncode


def test_a_file_of_lines_is_read(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": 1, "text": "ask @anna.k"}\n', encoding="utf-8")
    done = _coach("--jsonl", str(file))

    assert "ask [HANDLE_1]" == json.loads(done.stdout)["text"]
    assert 0 == done.returncode


def test_neither_library_nor_index_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LIBRARY", str(tmp_path / "missing"))
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "untouched"))
    done = _coach("ask @anna.k")

    assert ("ask [HANDLE_1]\n", 0) == (done.stdout, done.returncode)
    assert not (tmp_path / "untouched").exists()


def test_without_a_text_it_says_what_to_give() -> None:
    done = _coach()

    assert 1 == done.returncode
    assert "Give a text" in done.stderr
