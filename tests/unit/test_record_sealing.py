"""What is sealed opens only in its place and with its key, and a look-up tells nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.adapters.records.keys import KeyFile
from coach.adapters.records.sealing import Key, UnsealError, key_id_of
from coach.errors import KeyFileError

KEY, OTHER = Key.new("2026-03-02"), Key.new("2026-03-02")
PLACE = "people.name:0"

#: What JSON can hold, half characters included.
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just("\ud800"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(values)
def test_what_was_sealed_opens_in_its_place(value: object) -> None:
    sealed = KEY.sealed(PLACE, value)

    assert value == KEY.opened(PLACE, sealed)
    assert KEY.id == key_id_of(sealed)
    assert sealed.startswith(KEY.prefix)


@pytest.mark.parametrize("place", ["people.name:1", "people.email:0", "persons.name:0", ""])
def test_what_was_sealed_opens_nowhere_else(place: str) -> None:
    with pytest.raises(UnsealError):
        KEY.opened(place, KEY.sealed(PLACE, "Ann"))


def test_what_was_sealed_opens_with_no_other_key() -> None:
    with pytest.raises(UnsealError):
        OTHER.opened(PLACE, KEY.sealed(PLACE, "Ann"))


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=7))
def test_every_single_bit_counts(position: int, bit: int) -> None:
    """The key's name at the start is read before; a wrong one finds no key."""
    sealed = bytearray(KEY.sealed(PLACE, "Ann was late"))
    start = len(KEY.prefix)
    sealed[start + position % (len(sealed) - start)] ^= 1 << bit

    with pytest.raises(UnsealError):
        KEY.opened(PLACE, bytes(sealed))


@pytest.mark.parametrize("length", range(20))
def test_what_was_cut_off_does_not_open(length: int) -> None:
    with pytest.raises(UnsealError):
        KEY.opened(PLACE, KEY.sealed(PLACE, "Ann")[:length])


def test_a_mark_is_the_same_for_the_same_text_field_and_key_only() -> None:
    mark = KEY.marked("people.email", "ann@example.org")

    assert mark == KEY.marked("people.email", "ann@example.org")
    assert mark != KEY.marked("people.email", "bob@example.org")
    assert mark != KEY.marked("people.name", "ann@example.org")
    assert mark != OTHER.marked("people.email", "ann@example.org")
    assert KEY.marked("people.email", "") is None


def test_a_key_shows_none_of_its_secrets() -> None:
    for secret in (KEY.seal, KEY.mark):
        assert secret.hex() not in repr(KEY)
        assert repr(secret) not in repr(KEY)
        assert KEY.id not in secret.hex()


def test_a_key_file_keeps_its_keys_in_order(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    file.write([KEY, OTHER])
    newest = file.new_key()

    assert (KEY, OTHER, newest) == file.read()
    assert (OTHER, KEY) == file.named([OTHER.id, KEY.id])
    assert ["keys.json"] == [path.name for path in tmp_path.iterdir()]


def test_a_running_process_finds_a_key_that_was_added_and_forgets_none(tmp_path: Path) -> None:
    ours, theirs = KeyFile(tmp_path / "keys.json"), KeyFile(tmp_path / "keys.json")
    first = theirs.new_key()
    assert first == ours.get(first.id)
    second = theirs.new_key()
    theirs.write([second])

    assert second == ours.get(second.id)
    assert first == ours.get(first.id)


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / "keys.json.0a1b2c3d.partial"
    left.write_text("secrets")
    own = tmp_path / "other.json.0a1b2c3d.partial"
    own.write_text("somebody else's")
    KeyFile(tmp_path / "keys.json").new_key()

    assert not left.exists()
    assert own.exists()


@pytest.mark.parametrize(
    "held", ["", "[]", "{}", '{"format": 2, "keys": [1]}', '{"format": 1, "keys": []}', "null"]
)
def test_a_file_of_another_form_is_said_to_be_damaged(tmp_path: Path, held: str) -> None:
    (tmp_path / "keys.json").write_text(held)

    with pytest.raises(KeyFileError, match="is damaged"):
        KeyFile(tmp_path / "keys.json").read()


@pytest.mark.parametrize("field", ["seal", "mark", "id"])
def test_a_key_that_was_altered_is_noticed(tmp_path: Path, field: str) -> None:
    file = KeyFile(tmp_path / "keys.json")
    file.write([KEY])
    held = json.loads(file.path.read_text())
    held["keys"][0][field] = held["keys"][0][field][::-1]
    file.path.write_text(json.dumps(held))

    with pytest.raises(KeyFileError, match="is damaged") as raised:
        file.read()
    assert raised.value.__cause__ is None
