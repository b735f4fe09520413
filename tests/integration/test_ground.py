"""``coach ground``, alone and in batches."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Command = Callable[..., CompletedProcess[bytes]]

_SOURCE = "Amara: I will ring Bruno on Friday.\nBruno: Good. I have 12 slides."


def test_the_batch_answers_lines_in_order_and_goes_on_after_bad_ones(run_coach: Command) -> None:
    lines = [
        {"id": 1, "source": _SOURCE, "summary": "Amara will ring Bruno. Bruno has 40 slides."},
        {"id": 2, "source": _SOURCE},
        {"id": 3, "source": "", "summary": "Amara will ring Bruno."},
        {"id": 4, "source": _SOURCE, "summary": "a" * 20_001},
        {"id": 5, "source": _SOURCE, "summary": "Amara will ring Bruno.", "model": "x"},
    ]
    done = run_coach("ground", "--jsonl", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    rows = [json.loads(line) for line in done.stdout.splitlines()]

    assert 1 == done.returncode
    assert [1, 2, 3, 4, 5] == [row["id"] for row in rows]
    assert ["Amara will ring Bruno.", "Bruno has 40 slides."] == [
        sentence["text"] for sentence in rows[0]["sentences"]
    ]
    assert rows[0]["sentences"][0]["score"] > rows[0]["sentences"][1]["score"]
    assert [[], ["40"]] == [sentence["unsupported"] for sentence in rows[0]["sentences"]]
    assert ["summary is missing", "source is empty", "20,001 characters", "unknown field"] == [
        part
        for part, row in zip(
            ("summary is missing", "source is empty", "20,001 characters", "unknown field"),
            rows[1:],
            strict=True,
        )
        if part in row["error"]
    ]


def test_people_read_scores_and_the_words_without_support(
    run_coach: Command, tmp_path: Path
) -> None:
    source = tmp_path / "notes.txt"
    source.write_text(_SOURCE, encoding="utf-8")
    done = run_coach("ground", "--source", str(source), "Bruno has 40 slides.")

    assert 0 == done.returncode
    assert b"no support for: 40" in done.stdout


def test_a_source_that_cannot_be_read_is_one_clear_line(run_coach: Command, tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\x00")
    missing = run_coach("ground", "--source", str(tmp_path / "none.txt"), "A summary.")
    garbled = run_coach("ground", "--source", str(broken), "A summary.")

    assert (1, 1) == (missing.returncode, garbled.returncode)
    assert b"cannot be read" in missing.stderr
    assert b"is not UTF-8 text" in garbled.stderr
    assert b"Traceback" not in missing.stderr + garbled.stderr


def test_without_a_source_the_command_shows_how_to_ask(run_coach: Command) -> None:
    done = run_coach("ground", "A summary.")

    assert 1 == done.returncode
    assert b"coach ground --source notes.txt" in done.stderr
