"""Where the records are kept, and what keeps them well."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import RecordsError
from coach.ports import Erasures, Work
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.adapters.records.check import Checked
    from coach.adapters.records.engine import Database
    from coach.adapters.records.rotation import KeyLine, Rotation
    from coach.adapters.records.store import SqlRecords
    from coach.program.retention import Expired

Progress = Callable[[int, int], None]


def open_records(settings: CoachSettings | None = None, *, upgrade: bool = False) -> SqlRecords:
    """The records of these settings, made on first use. Raises ``RecordsError``.

    Those of an earlier version are brought up to date in a file, and on a server if ``upgrade``
    says so.
    """
    from coach.adapters.records.store import SqlRecords

    settings = settings or read_settings()
    return SqlRecords.open(database_of(settings), settings.keys_path, upgrade=upgrade)


def open_erasures(settings: CoachSettings | None = None) -> Erasures:
    """Who asked to be deleted."""
    from coach.adapters.records.erasures import ErasureList
    from coach.adapters.records.schema import copy_before_upgrade

    settings = settings or read_settings()
    return ErasureList(settings.erased_path, copy_before_upgrade(settings.records_path))


def check_records(settings: CoachSettings | None = None) -> Checked:
    """Whether every record is whole and can be read. Raises ``RecordsError``."""
    from coach.adapters.records.check import check

    with closing(open_records(settings)) as records:
        return check(records)


def back_up_records(target: Path, settings: CoachSettings | None = None) -> int:
    """Write all records to a new file, sealed as they are; gives how many there are.

    Nothing is changed, and records of an earlier version stay what they are. Raises
    ``RecordsError``.
    """
    from coach.adapters.records.backup import back_up
    from coach.adapters.records.store import SqlRecords

    settings = settings or read_settings()
    database = database_of(settings)
    if database.path and not database.path.exists():
        raise RecordsError(f"{database.said} is not there: nothing was kept yet.")
    with closing(SqlRecords.as_they_are(database, settings.keys_path)) as records:
        return back_up(records, target)


def restore_records(
    source: Path,
    settings: CoachSettings | None = None,
    *,
    replace: bool = False,
    spare_keys: Path | None = None,
) -> tuple[int, Path | None]:
    """Put a backup in the place of the records, and delete again who asked for it.

    Gives how many records the backup held, and where a damaged file was moved to. Raises
    ``RecordsError``; then nothing has changed.
    """
    from coach.adapters.records.keys import KeyFile
    from coach.adapters.records.restore import restore, set_aside_if_damaged, verified
    from coach.adapters.records.store import SqlRecords

    settings = settings or read_settings()
    database = database_of(settings)
    backup = verified(source, KeyFile(settings.keys_path), spare_keys)
    aside = set_aside_if_damaged(database) if replace else None
    with closing(SqlRecords.as_they_are(database, settings.keys_path)) as records:
        restore(records, backup, replace=replace, then=_deleted_again(open_erasures(settings)))
    return backup.rows, aside


def tidy_records(settings: CoachSettings | None = None, *, dry_run: bool = False) -> Expired:
    """Delete what is past its program's retention, or only count it. Raises ``RecordsError``."""
    from coach.program.retention import delete_expired

    with closing(open_records(settings)) as records:
        return delete_expired(records, datetime.now(UTC).date(), dry_run=dry_run)


def rotate_keys(
    settings: CoachSettings | None = None, *, progress: Progress = lambda _done, _all: None
) -> Rotation:
    """Seal all records with a new key, and drop the old one. Raises ``RecordsError``."""
    from coach.adapters.records.rotation import rotate

    with closing(open_records(settings)) as records:
        return rotate(records, progress)


def list_keys(settings: CoachSettings | None = None) -> tuple[KeyLine, ...]:
    """The keys of the records, oldest first; never what they are. Raises ``RecordsError``."""
    from coach.adapters.records import rotation

    with closing(open_records(settings)) as records:
        return rotation.list_keys(records)


def database_of(settings: CoachSettings) -> Database:
    """The database of these settings. Raises ``SettingsError``."""
    from coach.adapters.records.engine import Database

    if settings.database_url is None:
        return Database.in_file(settings.records_path)
    return Database.at_address(settings.database_url.get_secret_value())


def _deleted_again(erasures: Erasures) -> Callable[[Work], None]:
    from coach.domain.program import Person
    from coach.program.own_data import erase

    def again(work: Work) -> None:
        for person_id in erasures.all():
            if work.count(Person, id=person_id):
                erase(work, person_id, datetime.now(UTC).date())

    return again
