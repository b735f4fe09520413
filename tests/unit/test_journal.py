from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from coach.adapters.chat.journal import Journal
from coach.domain.chat import Provenance, Usage
from coach.domain.model_report import ModelReport, Share
from coach.errors import ModelError


def _from(model: str = "m", milliseconds: int = 100) -> Provenance:
    usage = Usage(prompt_tokens=10, reply_tokens=4, milliseconds=milliseconds)
    return Provenance(
        prompt="purpose", prompt_hash="0" * 12, model=model, passages=("secret#one",), usage=usage
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "home" / "model.sqlite")


def test_outcomes_are_counted_by_what_they_are(journal: Journal) -> None:
    journal.record("purpose", "accepted", _from())
    journal.record("purpose", "number", _from(milliseconds=300))
    journal.record("question", "number", _from("other"))
    journal.record("question", "accepted", _from("other", 900))
    journal.record("question", "ModelTimeoutError", None)

    expected = ModelReport(
        since=None,
        accepted=2,
        refused={"number": 2},
        errors={"ModelTimeoutError": 1},
        prompt_tokens=40,
        reply_tokens=16,
        median_milliseconds=200,
        by_slot=(
            Share(name="purpose", accepted=1, verified=2),
            Share(name="question", accepted=1, verified=2),
        ),
        by_model=(
            Share(name="m", accepted=1, verified=2),
            Share(name="other", accepted=1, verified=2),
        ),
    )
    assert expected == journal.report()
    assert 4 == journal.report().verified
    assert 0.5 == journal.report().by_slot[0].share


def test_the_most_frequent_reason_comes_first(journal: Journal) -> None:
    for reason in ("length", "number", "number", "a-name"):
        journal.record("purpose", reason, _from())

    assert ["number", "a-name", "length"] == list(journal.report().refused)


def test_a_report_may_begin_on_a_day(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime(2026, 3, 7, 23, 59).astimezone()
    monkeypatch.setattr("coach.adapters.chat.journal.time.time", evening.timestamp)
    journal.record("purpose", "accepted", _from())
    morning = evening + timedelta(minutes=2)
    monkeypatch.setattr("coach.adapters.chat.journal.time.time", morning.timestamp)
    journal.record("purpose", "number", _from())

    both, later, none = (journal.report(date(2026, 3, day)) for day in (7, 8, 9))

    assert (2, 1, 0) == (both.verified, later.verified, none.verified)
    assert 0 == later.accepted


def test_a_journal_of_nothing_reports_nothing(journal: Journal) -> None:
    found = journal.report()

    assert (0, {}, {}, None) == (
        found.verified,
        found.refused,
        found.errors,
        found.median_milliseconds,
    )


def test_no_text_is_kept(journal: Journal, tmp_path: Path) -> None:
    """Not even which passages went with it: they may be an organisation's own."""
    journal.record("purpose", "accepted", _from())

    kept = b"".join(file.read_bytes() for file in (tmp_path / "home").iterdir())

    assert b"purpose" in kept
    assert b"secret" not in kept


def test_a_damaged_file_loses_a_row_and_not_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "model.sqlite"
    path.write_bytes(b"not a database at all" * 500)

    Journal(path).record("purpose", "accepted", _from())

    with pytest.raises(ModelError, match="is damaged"):
        Journal(path).report()
