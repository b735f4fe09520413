from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.guidance import Use
from coach.errors import LibraryError
from coach.library.load import load_card, load_kit, load_library, load_sources, split_sections
from coach.resources import shipped

CARD = """---
key: be-brief
title: Be brief
audience: [mentor]
stage: [any]
tags: [time]
uses: [close]
sources: [own]
---
## What to do
Say it in one line.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "be-brief.md"


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(LibraryError) as caught:
        load_card(path)
    message = str(caught.value)
    assert message.startswith("be-brief.md: ")
    return message


@pytest.mark.parametrize(
    "content",
    [CARD.encode(), b"\xef\xbb\xbf" + CARD.encode(), CARD.replace("\n", "\r\n").encode()],
    ids=["plain", "with a byte order mark", "with Windows line ends"],
)
def test_a_card_is_read(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    card = load_card(path)

    assert ("be-brief", "Be brief", (Use.CLOSE,)) == (card.key, card.title, card.uses)
    assert "Say it in one line." == card.sections[0].text


@pytest.mark.parametrize(
    "content", [b"", b"# Be brief\n", b"---\nkey: be-brief\n", b"\n---\nkey: be-brief\n---\n"]
)
def test_a_card_without_front_matter_is_told_how_to_begin(path: Path, content: bytes) -> None:
    assert "no front matter. Begin the file with a block between two lines of '---'" in refused(
        path, content
    )


def test_a_card_that_is_not_utf_8_is_told_to_save_it_again(path: Path) -> None:
    assert "not UTF-8 text. Save it again as UTF-8." in refused(
        path, CARD.replace("one line", "one l\xeene").encode("latin-1")
    )


@pytest.mark.parametrize(
    "matter",
    [
        "key: [unclosed",
        "key: a: b",
        "key: 'unclosed",
        "key: !!python/object/apply:os.getcwd []",
        "\tkey: tab",
        "key: \x07",
        "key: 2019-99-99",  # PyYAML raises a bare ValueError for this date
    ],
)
def test_yaml_that_cannot_be_read_is_said_so(path: Path, matter: str) -> None:
    assert "the YAML cannot be read" in refused(path, f"---\n{matter}\n---\n".encode())


@pytest.mark.parametrize("matter", ["[" * 100_000, "[" * 50_000 + "]" * 50_000, "{a: " * 30_000])
def test_yaml_of_absurd_depth_is_refused_before_it_overflows_the_stack(
    path: Path, matter: str
) -> None:
    assert "nested more than 20 deep" in refused(path, f"---\nkey: {matter}\n---\n".encode())


def test_a_fault_in_the_yaml_names_its_line(path: Path) -> None:
    assert "near line 3." in refused(path, b"---\nkey: a\n\ttitle: b\naudience: [c]\n---\n")


@pytest.mark.parametrize("matter", ["just text", "- a\n- list", "42", ""])
def test_front_matter_that_is_no_mapping_is_said_so(path: Path, matter: str) -> None:
    assert "expected 'name: value' lines" in refused(path, f"---\n{matter}\n---\n".encode())


@pytest.mark.parametrize(
    ("line", "other", "field"),
    [
        ("title: Be brief\n", "", "'title'"),
        ("title: Be brief", "title: ''", "'title'"),
        ("key: be-brief", "key: Be Brief!", "'key'"),
        ("audience: [mentor]", "audience: [everyone]", "'audience.0'"),
        ("audience: [mentor]", "audience: []", "'audience'"),
        ("audience: [mentor]", "audience: mentor", "'audience'"),
        ("stage: [any]", "stage: [someday]", "'stage.0'"),
        ("uses: [close]", "uses: [sleep]", "'uses.0'"),
        ("tags: [time]", "tags: [Time Flies]", "'tags.0'"),
        ("sources: [own]", "sources: []", "'sources'"),
        ("sources: [own]", "sources: [own]\ncolour: red", "'colour'"),
        ("sources: [own]", "sources: [own]\n7: red", "'7'"),
    ],
)
def test_a_faulty_field_is_named(path: Path, line: str, other: str, field: str) -> None:
    assert line in CARD
    assert field in refused(path, CARD.replace(line, other).encode())


@pytest.mark.parametrize("body", ["", "## What to do\n\n", "## Why it works\nBecause.\n"])
def test_a_card_that_says_nothing_to_do_is_refused(path: Path, body: str) -> None:
    """Every suggestion cites that section, so a composer could do nothing with the card."""
    matter = CARD.partition("## What to do")[0]

    assert "'## What to do' is missing or empty" in refused(path, (matter + body).encode())


def test_a_card_that_cannot_be_opened_is_said_so(path: Path) -> None:
    path.mkdir()

    with pytest.raises(LibraryError, match=r"be-brief\.md: cannot be read"):
        load_card(path)


def test_a_kit_needs_aliases(path: Path) -> None:
    path.write_text(CARD.replace("uses: [close]\n", ""), encoding="utf-8")

    with pytest.raises(LibraryError, match=r"be-brief\.md: 'aliases'"):
        load_kit(path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: {type: book, title: T}", "source 'a': .*give a doi or a publisher"),
        ("a: {type: rumour, title: T, publisher: P}", "source 'a': 'type'"),
        ("a: {type: book, title: T, doi: '12/34'}", "source 'a': 'doi'"),
        ("a: {type: book, title: T, publisher: P, year: 999}", "source 'a': 'year'"),
        ("a: [list]", "source 'a': expected 'name: value' fields"),
        ("a: text", "source 'a': expected 'name: value' fields"),
        ("a:", "source 'a': 'type'"),
        ("2019: {type: book, title: T, publisher: P}", "source 2019: 'key'"),
        ("A B: {type: book, title: T, publisher: P}", "source 'A B': 'key'"),
        ("- a", "expected 'name: value' lines"),
    ],
)
def test_a_faulty_source_is_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LibraryError, match=rf"sources\.yaml: {fault}"):
        load_sources(path)


def test_a_folder_without_sources_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"sources\.yaml is missing.*COACH_LIBRARY"):
        load_library(tmp_path)


def test_a_faulty_card_stops_the_library_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("{}", encoding="utf-8")
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "broken.md").write_text("no", encoding="utf-8")

    with pytest.raises(LibraryError, match=r"^broken\.md: no front matter"):
        load_library(tmp_path)


def test_the_shipped_library_is_read_in_key_order() -> None:
    library = load_library(shipped("knowledge"))

    assert sorted(card.key for card in library.cards) == [card.key for card in library.cards]
    assert sorted(kit.key for kit in library.kits) == [kit.key for kit in library.kits]


def test_sections_keep_their_headings_and_leave_out_empty_ones() -> None:
    sections = split_sections(
        "before\n## One\ntext\n### Sub\n- a\n- b\n"
        "## Empty\n### Under\nmore\n## Two  \n\n#### deep\n"
    )

    assert [
        (("One",), "text"),
        (("One", "Sub"), "- a\n- b"),
        (("Empty", "Under"), "more"),
        (("Two",), "#### deep"),
    ] == [(section.path, section.text) for section in sections]
    assert ["one", "one/sub", "empty/under", "two"] == [section.slug for section in sections]
    assert ("a", "b") == sections[1].bullets
