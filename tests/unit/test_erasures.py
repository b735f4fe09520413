from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest

from coach.adapters.records.erasures import ErasureList
from coach.domain.records import new_id
from coach.errors import RecordsError
from coach.ports import Erasures


def test_everyone_who_was_recorded_is_on_the_list_once(tmp_path: Path) -> None:
    erasures: Erasures = ErasureList(tmp_path / "home" / "erased.jsonl")
    ann, bob = new_id(), new_id()

    assert () == erasures.all()
    for person in (ann, bob, ann):
        erasures.record(person)
    assert (ann, bob) == erasures.all()
    assert 0o600 == S_IMODE((tmp_path / "home" / "erased.jsonl").stat().st_mode)


def test_what_a_killed_process_left_unfinished_hides_nobody(tmp_path: Path) -> None:
    path = tmp_path / "erased.jsonl"
    erasures = ErasureList(path)
    ann, bob = new_id(), new_id()
    erasures.record(ann)
    with path.open("ab") as file:
        file.write(b'{"person": "0123')
    erasures.record(bob)

    assert (ann, bob) == erasures.all()


@pytest.mark.parametrize(
    "line", [b"\xff\xfe", b"[]", b"1", b"null", b'{"person": 1}', b'{"person": "../x"}', b"{}"]
)
def test_a_line_that_names_nobody_is_passed_over(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "erased.jsonl"
    path.write_bytes(line + b"\n")

    assert () == ErasureList(path).all()


def test_nobody_is_lost_when_many_are_recorded_at_once(tmp_path: Path) -> None:
    people = [new_id() for _ in range(100)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: ErasureList(tmp_path / "erased.jsonl").record(one), people))

    assert set(people) == set(ErasureList(tmp_path / "erased.jsonl").all())


def test_old_copies_of_the_records_go_with_whoever_is_deleted(tmp_path: Path) -> None:
    copy = tmp_path / "records.sqlite.before-upgrade"
    copy.write_bytes(b"everyone")
    ErasureList(tmp_path / "erased.jsonl", copy, tmp_path / "nowhere").record(new_id())

    assert not copy.exists()


def test_a_list_that_cannot_be_written_or_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(RecordsError, match="cannot be written"):
        ErasureList(tmp_path / "file" / "erased.jsonl").record(new_id())
    with pytest.raises(RecordsError, match="cannot be read"):
        ErasureList(tmp_path).all()
