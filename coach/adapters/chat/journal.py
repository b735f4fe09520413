"""What came of each reply, counted without any of its words."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from statistics import median

from coach.adapters.chat.store import opened, trouble
from coach.domain.chat import Provenance
from coach.domain.model_report import ModelReport, Share
from coach.errors import ModelError

_ACCEPTED = "accepted"
#: An error's class, as against a reason for which a text was refused.
_ERROR = "Error"
_LONGEST = 80


class Journal:
    """One row for each reply and verdict, in the file that also keeps the budget.

    Safe for threads and processes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, slot: str, outcome: str, provenance: Provenance | None = None) -> None:
        """Note what came of a reply for ``slot``.

        ``outcome`` is ``accepted``, the reason of a refusal such as ``number``, or an error's
        class name. A row that cannot be written is lost: a count is worth less than a draft, and
        the budget, which is in the same file, says what is wrong with it before anything is sent.
        """
        usage = provenance.usage if provenance else None
        row = (
            time.time(),
            slot[:_LONGEST],
            outcome[:_LONGEST],
            provenance.prompt if provenance else None,
            provenance.prompt_hash if provenance else None,
            provenance.model if provenance else None,
            usage.prompt_tokens if usage else None,
            usage.reply_tokens if usage else None,
            usage.milliseconds if usage else None,
        )
        try:
            with opened(self._path) as journal:
                journal.execute("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        except (sqlite3.Error, OSError):
            return

    def report(self, since: date | None = None) -> ModelReport:
        """The counts from the beginning of the day ``since`` on, by this machine's clock.

        Raises:
            ModelError: the file is damaged, or cannot be read.
        """
        # Midnight where the person is: their days, not those of UTC.
        first = datetime(since.year, since.month, since.day).astimezone() if since else None
        try:
            with opened(self._path) as journal:
                rows = journal.execute(
                    "SELECT slot, outcome, model, prompt_tokens, reply_tokens, milliseconds "
                    "FROM outcomes WHERE at >= ?",
                    (first.timestamp() if first else 0.0,),
                ).fetchall()
            return _counted(since, rows)
        except (sqlite3.Error, OSError) as error:
            raise ModelError(trouble(self._path, error)) from error


def _counted(
    since: date | None, rows: list[tuple[str, str, str | None, int | None, int | None, int | None]]
) -> ModelReport:
    verdicts = [row for row in rows if not row[1].endswith(_ERROR)]
    took = [row[5] for row in rows if row[5] is not None]
    return ModelReport(
        since=since,
        accepted=sum(row[1] == _ACCEPTED for row in verdicts),
        refused=_by_count(row[1] for row in verdicts if row[1] != _ACCEPTED),
        errors=_by_count(row[1] for row in rows if row[1].endswith(_ERROR)),
        prompt_tokens=sum(row[3] or 0 for row in rows),
        reply_tokens=sum(row[4] or 0 for row in rows),
        median_milliseconds=round(median(took)) if took else None,
        by_slot=_shares((row[0], row[1]) for row in verdicts),
        by_model=_shares((row[2], row[1]) for row in verdicts if row[2]),
    )


def _by_count(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _shares(verdicts: Iterable[tuple[str, str]]) -> tuple[Share, ...]:
    verified: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for name, outcome in verdicts:
        verified[name] += 1
        accepted[name] += outcome == _ACCEPTED
    return tuple(
        Share(name=name, accepted=accepted[name], verified=verified[name])
        for name in sorted(verified)
    )
