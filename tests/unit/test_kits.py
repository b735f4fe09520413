from __future__ import annotations

import pytest
from fakes import WordIndex
from strategies import HOSTILE

from coach.domain.brief import Brief, read_brief
from coach.domain.guidance import TopicKit
from coach.domain.library import GuidanceLibrary
from coach.errors import BriefError
from coach.prepare.kits import NO_KIT, find_kit, general_kit


def far(library: GuidanceLibrary) -> WordIndex:
    """An index that finds nothing close, so that only literal names decide."""
    return WordIndex(library, close={})


def kit_for(topic: str, library: GuidanceLibrary, index: WordIndex) -> TopicKit | None:
    return find_kit(Brief(topic=topic), library, index)


def test_a_title_and_every_alias_find_a_kit_that_claims_them(library: GuidanceLibrary) -> None:
    index = far(library)
    own = [kit for kit in library.kits if not kit.general]

    assert own == [kit_for(kit.title, library, index) for kit in own]
    for name in {alias for kit in own for alias in kit.aliases}:
        found = kit_for(name, library, index)
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
    found = kit_for(topic, library, far(library))

    assert found is not None
    assert key == found.key


def test_a_short_alias_counts_only_as_the_whole_subject(library: GuidanceLibrary) -> None:
    """A short alias such as "jaws" would turn up in sentences about something else."""
    assert kit_for("JAWS", library, far(library)) is not None
    assert kit_for("jaws of crocodiles", library, far(library)) is None


def test_the_longest_alias_decides(library: GuidanceLibrary) -> None:
    kits = (
        kit(library, "accessibility", ("slides", "meeting notes", "x y")),
        kit(library, "team-chat", ("making slides readable", "y z", "z z")),
    )
    two = library.model_copy(update={"kits": kits})

    found = kit_for("making slides readable for meeting notes", two, far(two))

    assert found is kits[1]


def test_the_index_decides_where_no_name_does(library: GuidanceLibrary) -> None:
    index = WordIndex(library, close={"team-chat": 0.5, "accessibility": 0.6})

    found = kit_for("zebra crossing", library, index)

    assert found is not None
    assert "accessibility" == found.key


def test_what_is_not_close_enough_is_no_kit(library: GuidanceLibrary) -> None:
    index = WordIndex(library, close={"team-chat": 0.2, "accessibility": 0.1})

    assert kit_for("zebra crossing", library, index) is None


@pytest.mark.parametrize("topic", ["生成式人工智能", "استخدام آمن", "Пчеловодство", "😀 é"])
def test_a_subject_in_another_script_is_not_taken_for_any_alias_in_one(
    library: GuidanceLibrary, topic: str
) -> None:
    foreign = kit(library, "team-chat", ("чат", "チャット", "دردشة"))
    translated = library.model_copy(update={"kits": (foreign,)})

    assert kit_for(topic, translated, far(translated)) is None


@pytest.mark.parametrize("topic", [*HOSTILE, "any subject", "no kit", "a subject without a kit"])
def test_the_general_kit_is_never_the_kit_of_a_subject(
    library: GuidanceLibrary, topic: str
) -> None:
    close = {card.key: 0.99 if card.key == "any-topic" else 0.1 for card in library.kits}

    found = kit_for(topic, library, WordIndex(library, close=close))

    assert found is None or not found.general


def test_a_kit_that_the_brief_names_decides_over_the_topic(library: GuidanceLibrary) -> None:
    index = WordIndex(library, close={"data-literacy": 0.9})

    for own in library.kits:
        if not own.general:
            assert own is find_kit(Brief(topic="team chat", kit=own.key), library, index)


def test_a_brief_can_have_no_kit_though_its_topic_has_one(library: GuidanceLibrary) -> None:
    index = WordIndex(library, close={"team-chat": 0.9})

    assert kit_for("team chat", library, index) is not None
    assert find_kit(Brief(topic="team chat", kit=NO_KIT), library, index) is None


@pytest.mark.parametrize("key", ["gone", "any-topic", "Team chat", "a-clear-purpose", "NONE"])
def test_an_unknown_kit_is_told_those_there_are(library: GuidanceLibrary, key: str) -> None:
    """The general kit is no subject's; it comes by asking for none."""
    brief = read_brief({"topic": "team chat", "kit": key})

    with pytest.raises(BriefError) as caught:
        find_kit(brief, library, far(library))

    message = str(caught.value)
    assert message.startswith(f"The library has no topic kit {key!r}. It has: ")
    assert all(kit.key in message for kit in library.kits if not kit.general)
    assert message.endswith("or say 'none' for a general plan.")


def test_an_empty_shelf_has_no_kit(library: GuidanceLibrary) -> None:
    bare = library.model_copy(update={"kits": ()})

    assert kit_for("team chat", bare, far(bare)) is None
    assert general_kit(bare) is None


def test_the_general_kit_is_the_one_marked_so(library: GuidanceLibrary) -> None:
    general = general_kit(library)

    assert general is not None
    assert "any-topic" == general.key


def kit(library: GuidanceLibrary, key: str, aliases: tuple[str, ...]) -> TopicKit:
    found = library.by_key[key]
    assert isinstance(found, TopicKit)
    return found.model_copy(update={"aliases": aliases})
