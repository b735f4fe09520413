from __future__ import annotations

import os
import random
import re
from pathlib import Path

import files
import pytest
from corpora import Command
from fakes import HashEmbedder

from coach.adapters.documents import DocumentShelf
from coach.bootstrap import Coach, open_coach
from coach.errors import DocumentError, GuidanceIndexError
from coach.settings import CoachSettings

_RULE = "Every mentor at Brightwater gets a zeppelin voucher in May."


@pytest.fixture
def shelf(tmp_path: Path) -> DocumentShelf:
    return DocumentShelf(tmp_path / "documents")


_WHOLE = {
    "rules.md": f"# Vouchers\n\n{_RULE}\n".encode(),
    "rules.txt": _RULE.encode(),
    "with mark.txt": b"\xef\xbb\xbf" + _RULE.encode(),
    "sixteen.txt": _RULE.encode("utf-16"),
    "RULES.PDF": files.pdf(_RULE),
    "rules.docx": files.word(_RULE, heading="Vouchers"),
}


@pytest.mark.parametrize("name", _WHOLE)
def test_a_document_is_found_with_its_source(name: str, tmp_path: Path, small_coach: Coach) -> None:
    path = tmp_path / name
    path.write_bytes(_WHOLE[name])

    added = small_coach.documents.add(path)
    small_coach.rebuild()
    hit = small_coach.search("which voucher do mentors get?").hits[0]

    assert (name, added.id) == (hit.passage.origin, hit.passage.doc_id)
    assert _RULE in hit.passage.text
    assert "\ufeff" not in hit.passage.text
    assert [(added.id, name)] == [(doc.id, doc.source) for doc in small_coach.documents.list()]


def test_a_word_file_keeps_headings_and_reads_a_merged_cell_once(
    tmp_path: Path, shelf: DocumentShelf
) -> None:
    path = tmp_path / "rules.docx"
    path.write_bytes(files.word(_RULE, heading="Vouchers"))

    (passage,) = shelf.add(path).passages

    assert "Vouchers" == passage.heading
    assert 1 == passage.text.count("a merged cell")


def test_the_same_file_twice_changes_nothing(tmp_path: Path, small_coach: Coach) -> None:
    path = tmp_path / "rules.md"
    path.write_bytes(_WHOLE["rules.md"])
    first = small_coach.documents.add(path)
    small_coach.rebuild()
    generation = small_coach.index.manifest.generation

    second = small_coach.documents.add(path)
    report = small_coach.rebuild()

    assert first == second
    assert 0 == report.embedded
    assert generation == small_coach.index.manifest.generation
    assert 1 == len(small_coach.documents.list())


@pytest.mark.parametrize("name", ["rules.md", "RULES.PDF", "rules.docx"])
def test_nothing_is_left_of_a_removed_document(
    name: str, tmp_path: Path, small_coach: Coach
) -> None:
    path = tmp_path / name
    path.write_bytes(_WHOLE[name])
    small_coach.documents.add(path)
    small_coach.rebuild()
    small_coach.search("zeppelin")
    home = small_coach.settings.home
    assert _files_with(home, b"zeppelin")

    small_coach.documents.remove(name)
    small_coach.rebuild()

    assert [] == [*_files_with(home, b"zeppelin"), *_files_with(home, path.stem.encode() + b".")]
    assert all(hit.passage.origin == "library" for hit in small_coach.search("zeppelin").hits)
    assert () == small_coach.documents.list()


def test_removing_takes_the_remains_of_a_killed_addition_too(
    tmp_path: Path, shelf: DocumentShelf
) -> None:
    path = tmp_path / "rules.md"
    path.write_bytes(_WHOLE["rules.md"])
    added = shelf.add(path)
    (tmp_path / "documents" / f"{added.id}.partial").write_text(_RULE)

    shelf.remove("rules.md")

    assert [] == _files_with(tmp_path / "documents", b"zeppelin")


def _files_with(folder: Path, words: bytes) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (words in path.read_bytes() or words in os.fsencode(path.name))
    ]


def test_added_documents_are_for_their_owner_alone(tmp_path: Path, shelf: DocumentShelf) -> None:
    path = tmp_path / "rules.txt"
    path.write_bytes(_WHOLE["rules.txt"])

    added = shelf.add(path)
    kept = tmp_path / "documents" / f"{added.id}.json"

    assert 0o600 == kept.stat().st_mode & 0o777
    assert 0o700 == kept.parent.stat().st_mode & 0o777


_REFUSED = {
    "picture.png": (b"\x89PNG", "this kind of file cannot be read. Add Markdown"),
    "noending": (b"words", "this kind of file cannot be read"),
    "empty.txt": (b"", "no text was found"),
    "blank.md": (b" \n\t\n---\n", "no text was found"),
    "latin.txt": ("café".encode("latin-1"), "not UTF-8 text. Save it again as UTF-8"),
    "cut.txt": (b"\xff\xfea", "not UTF-8 text"),
    "long.txt": (b"word " * 500_000, "at most 2,000,000. Split it."),
    "huge.txt": (b"w" * 25_000_001, "larger than 25 MB. Split it"),
    "damaged.pdf": (b"%PDF-1.4\nno pdf at all", "this PDF is damaged"),
    "empty.pdf": (b"", "this PDF is damaged"),
    "scanned.pdf": (files.pdf(""), "A scanned PDF must be recognised"),
    "locked.pdf": (files.pdf_with_password(_RULE, "secret"), "protected by a password"),
    "newer.pdf": (files.pdf_with_newer_encryption(), "protected by a password"),
    "damaged.docx": (b"PK\x03\x04 no zip at all", "damaged or protected by a password"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged or protected by a password"),
    "cut.docx": (files.word(_RULE)[:-500], "damaged or protected"),
    "nobody.docx": (files.word_with({"word/document.xml": b"<x/>"}), "damaged or protected"),
    "noxml.docx": (files.word_with({"word/document.xml": b"<w:p"}), "damaged or protected"),
    "laughs.docx": (files.entity_bomb(), "damaged or protected"),
    "bomb.docx": (files.zip_bomb(), "unpacks to more than 200 MB"),
    "elements.docx": (files.element_bomb(), "more than a document's text needs"),
}


@pytest.mark.parametrize("name", _REFUSED)
def test_a_file_that_cannot_be_added_says_why_and_leaves_nothing(
    name: str, tmp_path: Path, shelf: DocumentShelf
) -> None:
    content, message = _REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(DocumentError) as caught:
        shelf.add(path)

    assert str(caught.value).startswith(f"{name}: ")
    assert message in str(caught.value)
    assert not list((tmp_path / "documents").glob("*"))


def test_a_file_that_is_not_there_says_so(tmp_path: Path, shelf: DocumentShelf) -> None:
    (tmp_path / "folder.md").mkdir()

    for name in ("gone.md", "folder.md"):
        with pytest.raises(DocumentError, match=re.escape(f"{name}: cannot be read")):
            shelf.add(tmp_path / name)


def test_a_cell_that_says_it_is_a_billion_columns_wide_is_read_once(
    tmp_path: Path, shelf: DocumentShelf
) -> None:
    path = tmp_path / "wide.docx"
    path.write_bytes(files.merged_cell_bomb())

    assert ["words"] == [passage.text for passage in shelf.add(path).passages]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_no_damage_to_a_file_ends_in_a_traceback(
    kind: str, tmp_path: Path, shelf: DocumentShelf
) -> None:
    """Random bytes, always the same ones."""
    whole = files.pdf(_RULE) if kind == "pdf" else files.word(_RULE)
    dice = random.Random(2)  # noqa: S311 - damage, not secrets
    path = tmp_path / f"damaged.{kind}"
    refused = 0

    for _ in range(150):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            # Half of the damage at the end, where both kinds keep their table of contents.
            start = len(content) - 1_500 if dice.random() < 0.5 else 0
            content[dice.randrange(max(0, start), len(content))] = dice.randrange(256)
        path.write_bytes(content)
        try:
            shelf.add(path)
        except DocumentError:
            refused += 1

    assert 0 < refused < 150 or kind == "docx"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\x00", "\ud800"])
def test_marks_that_hide_or_break_text_are_left_out(mark: str) -> None:
    """A PDF may hold half a character, which no file can keep."""
    from coach.adapters.documents import _CONTROL

    assert "ab" == _CONTROL.sub("", f"a{mark}b")


def test_a_name_that_is_no_text_is_kept_readable(tmp_path: Path, shelf: DocumentShelf) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n\xe2\x80\xaerules.txt"))
    path.write_bytes(_RULE.encode())

    added = shelf.add(path)

    assert "caf rules.txt" == added.source
    assert (added,) == shelf.list()


def test_removing_asks_which_where_two_have_one_name(tmp_path: Path, shelf: DocumentShelf) -> None:
    for version in ("one", "two"):
        (tmp_path / "rules.md").write_text(f"Version {version}")
        shelf.add(tmp_path / "rules.md")
    first, second = shelf.list()

    with pytest.raises(DocumentError, match=r"2 documents are called 'rules\.md'"):
        shelf.remove("rules.md")
    shelf.remove(first.id)

    assert (second,) == shelf.list()


def test_removing_what_is_not_there_says_so(shelf: DocumentShelf) -> None:
    with pytest.raises(DocumentError, match="No added document is called 'gone'"):
        shelf.remove("gone")


def test_a_document_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file where the folder must be")
    (tmp_path / "rules.txt").write_text(_RULE)

    with pytest.raises(DocumentError, match="set COACH_HOME to another folder"):
        DocumentShelf(tmp_path / "documents").add(tmp_path / "rules.txt")


def test_a_damaged_kept_document_says_which_file_to_delete(
    tmp_path: Path, shelf: DocumentShelf, small_library: Path
) -> None:
    (tmp_path / "rules.txt").write_text(_RULE)
    added = shelf.add(tmp_path / "rules.txt")
    (tmp_path / "documents" / f"{added.id}.json").write_text("{")

    with pytest.raises(DocumentError, match=re.escape(f"{added.id}.json is damaged. Delete")):
        shelf.list()
    with pytest.raises((DocumentError, GuidanceIndexError), match="is damaged"):
        open_coach(CoachSettings(home=tmp_path, library=small_library), embedder=HashEmbedder())


def test_the_command_line_adds_lists_and_removes(
    tmp_path: Path, small_library: Path, run_coach: Command
) -> None:
    environment = {"COACH_LIBRARY": str(small_library)}
    (tmp_path / "rules.md").write_bytes(_WHOLE["rules.md"])
    (tmp_path / "broken.pdf").write_bytes(b"no pdf")

    nothing = run_coach("library", "list", env=environment)
    added = run_coach("library", "add", "rules.md", "broken.pdf", env=environment)
    listed = run_coach("library", "list", env=environment)
    found = run_coach("search", "zeppelin voucher", env=environment)
    removed = run_coach("library", "remove", "rules.md", env=environment)
    gone = run_coach("library", "remove", "rules.md", env=environment)

    assert (0, b"No documents were added.") == (nothing.returncode, nothing.stdout[:24])
    assert 1 == added.returncode
    assert b"Added rules.md as doc-rules-" in added.stdout
    assert b"broken.pdf: this PDF is damaged" in added.stderr
    assert b"invalid pdf header" not in added.stderr
    assert b"  rules.md  added " in listed.stdout
    assert _RULE.split()[4].encode() in found.stdout
    assert (0, b"Removed rules.md") == (removed.returncode, removed.stdout[:16])
    assert (1, b"No added document is called") == (gone.returncode, gone.stderr[:27])
    assert [] == _files_with(tmp_path / "home", b"zeppelin")


def test_the_command_line_removes_several_at_once(
    tmp_path: Path, small_library: Path, run_coach: Command
) -> None:
    """What was removed before a name that is not there is gone all the same."""
    environment = {"COACH_LIBRARY": str(small_library)}
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(f"{_RULE} Says {name}.")
    run_coach("library", "add", "a.md", "b.md", "c.md", env=environment)

    removed = run_coach("library", "remove", "a.md", "b.md", env=environment)
    listed = run_coach("library", "list", env=environment)
    half = run_coach("library", "remove", "c.md", "gone", env=environment)

    assert 0 == removed.returncode
    assert b"Removed a.md.\nRemoved b.md.\n" == removed.stdout
    assert [b"c.md"] == re.findall(rb"\w\.md", listed.stdout)
    assert (1, b"Removed c.md.\n") == (half.returncode, half.stdout)
    assert b"No added document is called 'gone'" in half.stderr
    assert [] == _files_with(tmp_path / "home", b"zeppelin")
