from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.domain.guidance import Use
from coach.library.check import MAX_GRADE, Fault, check_library, reading_grade
from coach.resources import shipped

CARD = f"""---
key: be-brief
title: Be brief
audience: [mentor, mentee, lead]
stage: [any]
tags: [time]
uses: [{", ".join(Use)}]
sources: [own]
situations:
  - "I talk too much"
  - "she looks at her watch"
  - "we never get to the end"
  - "my point gets lost"
---
## What to do
Say it in one line. Then stop and wait.

## Why it works
Short lines are kept in mind [@own].

## Words to use
- Mentor: "Here it is in one line."
- Mentee: "Say the short form first."

## Questions to ask
- What is the one line here?

## When not to
Skip this when a person is sad.
"""

KIT = """---
key: any-topic
title: Any subject
aliases: [anything, something new, no kit]
audience: [mentor, mentee]
stage: [any]
general: true
tags: [new]
sources: [own]
off_screen: [Tell a tale]
examples_for: Try it once
---
## Why it matters
You need to judge what people say of it [@own].

## Demonstration
### Show a page
Say: "Look with me."

1. Open the page.

Ask: Where do you look first?
Ask: What do you see?

### Show a card
Say: "Read with me."

1. Turn the card.

Ask: Which word is new?
Ask: What stays with you?

## Hands-on
### Try it once
Say: "Please take the keys."

1. The senior makes a start.

Ask: What was hard here?
Ask: What would you keep?

### Tell a tale
Say: "Tell me how it began."

1. The senior tells it on a walk.

Ask: Who else was there?
Ask: How did it end?

## Questions for the mentee
### Opening
- How did you begin? | Listen for: a need | Offer back: your own start
- Where do you meet it? | Listen for: a task | Offer back: your desk
### Exploring
- What was hard? | Listen for: one step | Offer back: a slow skill
- Whom do you trust? | Listen for: a name | Offer back: a friend
### Deeper
- What would you try? | Listen for: a wish | Offer back: who agrees
- What puzzles you? | Listen for: the edge | Offer back: a guess

## Questions for the mentor
### Opening
- What would help you most?
- When did you last meet it?
### Exploring
- What is it like?
- Which choice hangs on it?
### Deeper
- What would change your mind?
- How do you judge it?

## Examples by role
- finance: a page of the books
- any: a job on your list

## What the senior can offer back
- How such a thing came in, and why it stayed.

## Common worries
- "I am too old for this": nobody is.

## How it goes wrong
- The junior takes the keys.
"""

SOURCES = "own: {type: practice, title: Our own notes, publisher: The coach}\n"

Check = Callable[..., list[Fault]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one card and one kit without a fault."""
    (tmp_path / "cards").mkdir()
    (tmp_path / "topics").mkdir()
    write(tmp_path / "cards" / "be-brief.md", CARD)
    write(tmp_path / "topics" / "any-topic.md", KIT)
    write(tmp_path / "sources.yaml", SOURCES)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_a_sound_library_has_no_faults(folder: Path) -> None:
    assert () == check_library(folder)


def test_the_shipped_library_has_no_faults() -> None:
    assert () == check_library(shipped("knowledge"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Why it works", "Why it helps", "the section '## Why it works' is missing or empty"),
        ("## What to do", "## To do", "the section '## What to do' is missing or empty"),
        ("Skip this when a person is sad.", "", "'## When not to' is missing or empty"),
        ('  - "my point gets lost"\n', "", "needs at least 4 'situations'"),
        ("key: be-brief", "key: be-short", "key is 'be-short'; name the file be-short.md"),
        ("- Mentor: ", "- ", "'Words to use': begin"),
        ("- Mentor: ", "- Boss: ", "'Words to use': begin"),
        ('- Mentor: "Here', "- Mentor: Here", "'Words to use': begin"),
        ("[@own]", "[@other]", "cites [@other], which its 'sources' do not list"),
        (" [@own]", "", "lists the source 'own' but never cites it as [@own]"),
        ("[own]", "[own, gone]", "the source 'gone' is not in sources.yaml"),
        ("[@own]", "[@own; @gone]", "cites [@gone]"),
        (
            "Then stop and wait.",
            "Then stop. " + "We wait. " * 80,
            "'What to do' has 167 words; at most 150, or split it",
        ),
        ("in one line.", "in <b>one</b> line.", "'What to do' holds HTML; write Markdown"),
        ("in one line.", "in <!-- one --> line.", "'What to do' holds HTML"),
        ("in one line.", "[in](javascript:alert(1)) line.", "'What to do' holds HTML"),
        ("Then stop", "It helps 40% of us. Then stop", "gives a figure without a source"),
        ("Then stop", "It helps 4.5 per cent of us. Then stop", "a figure without a source"),
        ("What is the one line here?", "Say the line.", "'Say the line.' is not a question"),
        ("What is the one line here?", "Is it short?", "'Is it short?' can be answered yes or no"),
        (
            "Short lines are kept in mind",
            "notwithstanding organisational heterogeneity, " * 30,
            "(shorter sentences and words)",
        ),
        ("uses: [arrive, ", "uses: [", "no card has the use 'arrive'; each is needed"),
        ("title: Be brief", "title: any subject", "2 cards have the title 'any subject'"),
        ("audience: [mentor, mentee, lead]", "audience: [all]", "'audience.0'"),
        ("---\nkey", "key", "no front matter"),
        ("tags: [time]", "tags: [time", "the YAML cannot be read"),
    ],
)
def test_each_fault_of_a_card_is_reported(folder: Path, old: str, new: str, fault: str) -> None:
    write(folder / "cards" / "be-brief.md", changed(CARD, old, new))

    faults = check_library(folder)

    assert [fault] == [fault for found in faults if fault in found.what][:1]
    assert not any(found.what.startswith("be-brief.md") for found in faults)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("## Common worries", "## Worries", "the section '## Common worries' is missing or empty"),
        ("### Show a card", "More", "'## Demonstration' needs at least two variants"),
        ("### Tell a tale", "More", "'## Hands-on' needs at least two variants"),
        ("[Tell a tale]", "[Tell a lie]", "'off_screen' names 'Tell a lie', which is no variant"),
        ("[Tell a tale]", "[Show a page]", "'off_screen' must name at least one hands-on variant"),
        ("examples_for: Try it once\n", "", "'examples_for' must name the hands-on variant"),
        ("examples_for: Try it once", "examples_for: Show a page", "'examples_for' must name"),
        ('Say: "Look with me."', "Look.", "'Show a page' needs a first line: Say: \"…\""),
        ("- any: a job on your list\n", "", "'Examples by role' needs a line 'any: …'"),
        (
            "Ask: What do you see?\n",
            "",
            "'Show a page' needs two last lines: Ask: an open question?",
        ),
        ("Ask: How did it end?", "How did it end?", "'Tell a tale' needs two last lines: Ask: "),
        ("Ask: What was hard here?", "Ask: It was hard.", "'Try it once' needs two last lines"),
        (
            "- When did you last meet it?\n",
            "",
            "'## Questions for the mentor' needs '### Opening' with at least two questions",
        ),
        (
            "- What puzzles you? | Listen for: the edge | Offer back: a guess\n",
            "",
            "'## Questions for the mentee' needs '### Deeper' with at least two questions",
        ),
        (" | Offer back: a guess", "", "needs '| Listen for: … | Offer back: …'"),
        ("| Listen for: the edge ", "", "needs '| Listen for: … | Offer back: …'"),
        ("What puzzles you?", "Do you see?", "'Do you see?' can be answered yes or no"),
        ("How do you judge it?", "You judge it.", "'You judge it.' is not a question"),
        ("general: true\n", "", "one kit must be 'general: true'"),
        ("[anything, something new, no kit]", "[anything]", "'aliases'"),
    ],
)
def test_each_fault_of_a_kit_is_reported(folder: Path, old: str, new: str, fault: str) -> None:
    write(folder / "topics" / "any-topic.md", changed(KIT, old, new))

    faults = check_library(folder)

    assert [fault] == [fault for found in faults if fault in found.what][:1]


def test_a_source_that_nobody_cites_is_reported(folder: Path) -> None:
    write(folder / "sources.yaml", SOURCES + SOURCES.replace("own:", "spare:"))

    assert (
        Fault(file="sources.yaml", what="the source 'spare' is cited nowhere"),
    ) == check_library(folder)


@pytest.mark.parametrize(
    ("text", "fault"),
    [(None, "cannot be read"), ("own: [", "the YAML cannot be read"), ("own: 3", "source 'own'")],
)
def test_faulty_or_missing_sources_are_reported(folder: Path, text: str | None, fault: str) -> None:
    if text is None:
        (folder / "sources.yaml").unlink()
    else:
        write(folder / "sources.yaml", text)

    (found,) = check_library(folder)

    assert "sources.yaml" == found.file
    assert fault in found.what


def test_a_card_that_repeats_another_is_reported(folder: Path) -> None:
    copy = changed(changed(CARD, "key: be-brief", "key: be-quick"), "title: Be", "title: Do be")
    write(folder / "cards" / "be-quick.md", copy)

    assert (
        Fault(file="be-brief.md", what="repeats 100% of be-quick.md; merge or rewrite"),
    ) == check_library(folder)


def test_a_card_and_a_kit_with_one_key_are_reported(folder: Path) -> None:
    card = changed(changed(CARD, "key: be-brief", "key: any-topic"), "title: Be", "title: Do be")
    write(folder / "cards" / "any-topic.md", card)

    assert "2 files have the key 'any-topic'" in {fault.what for fault in check_library(folder)}


def test_two_general_kits_are_reported(folder: Path) -> None:
    other = changed(changed(KIT, "key: any-topic", "key: other"), "title: Any", "title: Other")
    write(folder / "topics" / "other.md", other)

    assert any("'general: true'" in fault.what for fault in check_library(folder))


def test_a_faulty_file_never_hides_the_faults_of_the_others(folder: Path) -> None:
    (folder / "cards" / "broken.md").write_bytes(b"\xff\xfe")
    write(folder / "cards" / "be-brief.md", changed(CARD, "one line.", "<b>one</b> line."))

    files = {fault.file for fault in check_library(folder)}

    assert {"broken.md", "be-brief.md"} == files


@pytest.mark.parametrize("name", ["cards", "topics"])
def test_a_library_may_lie_in_a_folder_of_any_name(folder: Path, name: str) -> None:
    inside = folder / "elsewhere" / name
    shutil.copytree(folder, inside, ignore=shutil.ignore_patterns("elsewhere"))

    assert () == check_library(inside)


def test_a_figure_with_its_source_is_fine(folder: Path) -> None:
    sentence = "Short lines are kept by 40% of us [@own]. "
    write(folder / "cards" / "be-brief.md", changed(CARD, "Short lines", f"{sentence}Short lines"))

    assert () == check_library(folder)


def test_reading_grade_grows_with_words_and_sentences() -> None:
    easy = reading_grade("We sit. We talk. You ask.")
    hard = reading_grade(
        "Notwithstanding considerable organisational heterogeneity, participants "
        "demonstrated extraordinary communicative competence throughout."
    )

    assert easy < 3
    assert hard > MAX_GRADE


@pytest.mark.parametrize("text", ["", "   ", "— … !"])
def test_no_words_have_no_grade(text: str) -> None:
    assert pytest.approx(0.0) == reading_grade(text)
