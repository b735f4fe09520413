from __future__ import annotations

import pytest
from fakes import WordIndex
from strategies import HOSTILE

from coach.domain.guidance import TopicKit
from coach.domain.library import GuidanceLibrary
from coach.prepare.kits import find_kit, general_kit


def far(library: GuidanceLibrary) -> WordIndex:
    """An index that finds nothing close, so that only literal names decide."""
    return WordIndex(library, close={})


def test_a_title_and_every_alias_find_a_kit_that_claims_them(library: GuidanceLibrary) -> None:
    index = far(library)
    own = [kit for kit in library.kits if not kit.general]

    assert own == [find_kit(kit.title, library, index) for kit in own]
    for name in {alias for kit in own for alias in kit.aliases}:
        found = find_kit(name, library, index)
        assert found is not None
        assert name in (*found.aliases, found.title)


@pytest.mark.parametrize(
    ("topic", "key"),
    [
        ("How do we write ALT TEXT?", "accessibility"),
        ("alt-text!", "accessibility"),
        ("screen readers", "accessibility"),
    ],
)
def test_an_alias_is_found_in_a_sentence(library: GuidanceLibrary, topic: str, key: str) -> None:
    found = find_kit(topic, library, far(library))

    assert found is not None
    assert key == found.key


def test_a_short_alias_counts_only_as_the_whole_subject(library: GuidanceLibrary) -> None:
    """A short alias such as "jaws" would turn up in sentences about something else."""
    assert find_kit("JAWS", library, far(library)) is not None
    assert find_kit("jaws of crocodiles", library, far(library)) is None


def test_the_longest_alias_decides(library: GuidanceLibrary) -> None:
    kits = (
        kit(library, "accessibility", ("slides", "meeting notes", "x y")),
        kit(library, "team-chat", ("making slides readable", "y z", "z z")),
    )
    two = library.model_copy(update={"kits": kits})

    found = find_kit("making slides readable for meeting notes", two, far(two))

    assert found is kits[1]


def test_the_index_decides_where_no_name_does(library: GuidanceLibrary) -> None:
    index = WordIndex(library, close={"team-chat": 0.5, "accessibility": 0.6})

    found = find_kit("zebra crossing", library, index)

    assert found is not None
    assert "accessibility" == found.key


def test_what_is_not_close_enough_is_no_kit(library: GuidanceLibrary) -> None:
    index = WordIndex(library, close={"team-chat": 0.2, "accessibility": 0.1})

    assert find_kit("zebra crossing", library, index) is None


@pytest.mark.parametrize("topic", ["生成式人工智能", "استخدام آمن", "Пчеловодство", "😀 é"])
def test_a_subject_in_another_script_is_not_taken_for_any_alias_in_one(
    library: GuidanceLibrary, topic: str
) -> None:
    foreign = kit(library, "team-chat", ("чат", "チャット", "دردشة"))
    translated = library.model_copy(update={"kits": (foreign,)})

    assert find_kit(topic, translated, far(translated)) is None


@pytest.mark.parametrize("topic", [*HOSTILE, "any subject", "no kit", "a subject without a kit"])
def test_the_general_kit_is_never_the_kit_of_a_subject(
    library: GuidanceLibrary, topic: str
) -> None:
    close = {card.key: 0.99 if card.key == "any-topic" else 0.1 for card in library.kits}

    found = find_kit(topic, library, WordIndex(library, close=close))

    assert found is None or not found.general


def test_an_empty_shelf_has_no_kit(library: GuidanceLibrary) -> None:
    bare = library.model_copy(update={"kits": ()})

    assert find_kit("team chat", bare, far(bare)) is None
    assert general_kit(bare) is None


def test_the_general_kit_is_the_one_marked_so(library: GuidanceLibrary) -> None:
    general = general_kit(library)

    assert general is not None
    assert "any-topic" == general.key


def kit(library: GuidanceLibrary, key: str, aliases: tuple[str, ...]) -> TopicKit:
    found = library.by_key[key]
    assert isinstance(found, TopicKit)
    return found.model_copy(update={"aliases": aliases})
