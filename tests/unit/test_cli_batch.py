"""A text beside ``--jsonl`` would go unread: every command says so, and reads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.cli.batch import run_batch
from coach.errors import CoachError


def test_a_text_beside_a_batch_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="only one is read"):
        run_batch(str(tmp_path / "nowhere.jsonl"), dict, "", "A text.")


def test_a_batch_alone_is_answered_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": 1, "text": "one"}\n', encoding="utf-8")

    run_batch(str(file), lambda fields: {"said": fields["text"]}, "", " ")

    assert capsys.readouterr().out == '{"id": 1, "said": "one"}\n'
