from __future__ import annotations

import re

import pytest
from fakes import WordIndex
from hypothesis import given
from strategies import HOSTILE, MEMBERS, briefs

from coach.domain.agenda import Agenda, AgendaItem, ItemKind
from coach.domain.brief import Brief, Setting
from coach.domain.guidance import Citation, TopicKit, slugify
from coach.domain.library import GuidanceLibrary
from coach.errors import LibraryError
from coach.prepare.compose import Composer
from coach.prepare.kits import NO_KIT
from coach.prepare.outline import outline

BEEKEEPING = "the history of beekeeping in Silesia"
#: How the library speaks of the subject and the senior, and marks what it cites.
UNNAMED = re.compile(r"\[@|\bthis subject\b|\bthe senior\b", re.IGNORECASE)


@pytest.fixture(scope="session")
def passages(library: GuidanceLibrary) -> dict[str, str]:
    """The text of every passage that may be cited, by its identifier."""
    found = (library.passage(card, s) for card in library.by_key.values() for s in card.sections)
    return {passage.id: passage.text for passage in found}


class Cited:
    """Holds the passages for a test, without printing them all when it fails."""

    def __init__(self, passages: dict[str, str]) -> None:
        self._passages = passages

    def holds(self, citation: Citation) -> bool:
        """Whether the citation's passage stands in the library, word for word."""
        return self._passages.get(citation.passage_id) == citation.passage


@pytest.fixture(scope="session")
def cited(passages: dict[str, str]) -> Cited:
    return Cited(passages)


def of_kind(agenda: Agenda, kind: ItemKind) -> list[AgendaItem]:
    return [item for item in agenda.items if item.kind is kind]


def must_be_whole(item: AgendaItem, cited: Cited) -> None:
    """An item that a person could use as it stands."""
    assert item.title.strip()
    assert item.minutes >= 1
    assert item.purpose.strip()
    assert item.open_with.strip()
    assert item.if_awkward.strip()
    assert item.give_and_take.mentor_gives.strip()
    assert item.give_and_take.mentee_gives.strip()
    assert item.questions
    assert [] == [question for question in item.questions if not question.endswith("?")]
    assert all(step.strip() for step in item.steps)
    assert item.citations
    assert [] == [one.passage_id for one in item.citations if not cited.holds(one)]


@given(briefs())
def test_any_brief_gets_a_whole_two_way_and_cited_agenda(
    composer: Composer, cited: Cited, brief: Brief
) -> None:
    agenda = composer.agenda(brief)

    assert brief == agenda.brief
    assert brief.minutes == sum(item.minutes for item in agenda.items)
    # On a walk, a kit that can show nothing without a screen may leave the showing out.
    loose = {ItemKind.DEMONSTRATE, ItemKind.DISCUSS} if brief.setting is Setting.WALK else set()
    expected = [kind for kind in outline(brief) if kind not in loose]
    assert expected == [item.kind for item in agenda.items if item.kind not in loose]
    assert {ItemKind.EXCHANGE, ItemKind.DRIVE} <= {item.kind for item in agenda.items}
    for item in agenda.items:
        must_be_whole(item, cited)


@given(briefs())
def test_the_close_holds_an_if_then_for_each_person(composer: Composer, brief: Brief) -> None:
    (close,) = of_kind(composer.agenda(brief), ItemKind.CLOSE)

    promises = [step for step in close.steps if re.search(r": If .+, then I ", step)]

    assert 2 == len(promises)
    assert promises[0].startswith("You: ")
    assert not promises[1].startswith("You: ")


@given(briefs())
def test_the_same_brief_gets_the_same_agenda_word_for_word(
    composer: Composer, brief: Brief
) -> None:
    once, again = composer.agenda(brief), composer.agenda(Brief.model_validate(brief.model_dump()))

    assert once.model_dump_json() == again.model_dump_json()


@pytest.mark.parametrize("topic", MEMBERS)
def test_the_order_of_the_files_does_not_matter(library: GuidanceLibrary, topic: str) -> None:
    turned = library.model_copy(
        update={"cards": library.cards[::-1], "kits": library.kits[::-1]},
    )
    brief = Brief(topic=topic, minutes=90, session=4, worry="he is my boss's boss")

    expected = Composer(library, WordIndex(library)).agenda(brief)

    assert expected == Composer(turned, WordIndex(turned)).agenda(brief)


@given(briefs())
def test_alternatives_differ_and_keep_kind_and_minutes(
    composer: Composer, cited: Cited, brief: Brief
) -> None:
    agenda = composer.agenda(brief)
    in_use = {(item.title, item.open_with) for item in agenda.items}

    for position, item in enumerate(agenda.items):
        others = composer.alternatives(agenda, position)

        faces = [(other.title, other.open_with) for other in others]
        assert len(set(faces)) == len(faces)
        assert not in_use & set(faces)
        for other in others:
            assert (item.kind, item.minutes) == (other.kind, other.minutes)
            must_be_whole(other, cited)


def test_every_part_of_an_ordinary_session_has_an_alternative(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", minutes=60, session=3))

    assert all(composer.alternatives(agenda, position) for position in range(len(agenda.items)))


def needs_a_screen(library: GuidanceLibrary, item: AgendaItem) -> list[str]:
    """The demonstrations and tasks that ``item`` cites and that no walk allows."""
    found = []
    for citation in item.citations:
        kit = library.by_key[citation.key]
        section = citation.passage_id.partition("#")[2]
        if section.startswith(("hands-on/", "demonstration/")):
            assert isinstance(kit, TopicKit)
            free = {slugify(name) for name in kit.off_screen}
            if section.rpartition("/")[2] not in free:
                found.append(citation.passage_id)
    return found


def test_on_a_walk_nothing_needs_a_screen(library: GuidanceLibrary, composer: Composer) -> None:
    for kit in library.kits:
        for session in range(1, 9):
            agenda = composer.agenda(
                Brief(topic=kit.title, minutes=90, session=session, setting=Setting.WALK)
            )
            for position, item in enumerate(agenda.items):
                for version in (item, *composer.alternatives(agenda, position)):
                    assert [] == needs_a_screen(library, version)


def test_on_video_no_task_is_for_paper_or_a_walk(
    library: GuidanceLibrary, composer: Composer
) -> None:
    for kit in library.kits:
        for session in range(1, 9):
            agenda = composer.agenda(
                Brief(topic=kit.title, minutes=90, session=session, setting=Setting.VIDEO)
            )
            for position, item in enumerate(agenda.items):
                for version in (item, *composer.alternatives(agenda, position)):
                    assert tasks(version) == needs_a_screen(library, version)


def tasks(item: AgendaItem) -> list[str]:
    """The demonstrations and tasks that ``item`` cites."""
    return [
        citation.passage_id
        for citation in item.citations
        if citation.passage_id.partition("#")[2].startswith(("hands-on/", "demonstration/"))
    ]


def test_at_a_desk_a_screen_is_used(library: GuidanceLibrary, composer: Composer) -> None:
    """Without this, the test above could not fail."""
    agenda = composer.agenda(Brief(topic="accessibility", minutes=90, session=2))

    assert any(needs_a_screen(library, item) for item in of_kind(agenda, ItemKind.DRIVE))


@pytest.mark.parametrize("setting", Setting)
def test_the_hands_on_part_stands_on_the_card_about_the_place(
    composer: Composer, setting: Setting
) -> None:
    card = {
        Setting.IN_PERSON: "sessions-in-a-room",
        Setting.VIDEO: "sessions-on-video",
        Setting.WALK: "sessions-on-the-move",
    }[setting]

    (drive,) = of_kind(composer.agenda(Brief(topic="AI", setting=setting)), ItemKind.DRIVE)

    assert card in {citation.key for citation in drive.citations}


@pytest.mark.parametrize("topic", [BEEKEEPING, *HOSTILE])
def test_an_unknown_subject_gets_a_plan_that_says_that_it_has_no_kit(
    library: GuidanceLibrary, topic: str
) -> None:
    brief = Brief(topic=topic, session=3)

    agenda = Composer(library, WordIndex(library, close={})).agenda(brief)

    assert agenda.topic_kit is None
    (note,) = agenda.not_covered
    assert note.startswith("No topic kit matches “")
    assert "bring one real example of your own" in note
    assert outline(brief) == tuple(item.kind for item in agenda.items)


def test_a_known_subject_names_its_kit_and_leaves_nothing_uncovered(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="Team chat"))

    assert agenda.topic_kit is not None
    assert "team-chat" == agenda.topic_kit.key
    assert () == agenda.not_covered
    assert "team-chat" in {one.key for item in agenda.items for one in item.citations}


def test_a_worry_gets_cited_advice(library: GuidanceLibrary, cited: Cited) -> None:
    worry = "I am nervous because she is so senior"

    agenda = Composer(library, WordIndex(library)).agenda(Brief(topic="team chat", worry=worry))

    advice = agenda.worry_advice
    assert advice is not None
    assert worry == advice.worry
    assert advice.advice
    assert advice.words
    assert all(cited.holds(citation) for citation in advice.citations)


def test_a_worry_that_the_guidance_does_not_cover_is_said_so_without_its_words(
    library: GuidanceLibrary,
) -> None:
    """An agenda is sent ahead; what worries the mentor is nobody else's business."""
    index = WordIndex(library, covered=False)

    agenda = Composer(library, index).agenda(Brief(topic="team chat", worry="xylophone lessons"))

    assert agenda.worry_advice is not None
    assert "nothing that fits this worry" in agenda.worry_advice.advice
    assert () == agenda.worry_advice.citations
    assert () == agenda.not_covered


@given(briefs(worry="zebraworry quaggafear"))
def test_a_worry_stays_out_of_what_both_will_read(composer: Composer, brief: Brief) -> None:
    agenda = composer.agenda(brief)

    shared = agenda.model_dump_json(exclude={"brief": True, "worry_advice": True})
    assert "zebraworry" not in shared
    assert "quaggafear" not in shared


def said_in(item: AgendaItem) -> list[str]:
    """Every text of an item, without the passages that it cites."""
    return [
        item.title,
        item.purpose,
        item.open_with,
        item.if_awkward,
        item.give_and_take.mentor_gives,
        item.give_and_take.mentee_gives,
        *item.questions,
        *item.steps,
    ]


@pytest.mark.parametrize("setting", Setting)
def test_no_part_of_any_kit_or_of_none_speaks_as_the_library_does(
    library: GuidanceLibrary, composer: Composer, setting: Setting
) -> None:
    for kit in (NO_KIT, *(kit.key for kit in library.kits if not kit.general)):
        for session in (1, 2, 3, 4, 7, 8):
            agenda = composer.agenda(
                Brief(
                    topic="quiet zebras",
                    kit=kit,
                    minutes=90,
                    session=session,
                    setting=setting,
                    mentee_role="finance director" if session % 2 else "",
                    carried_over=("call Ana",),
                    worry="I am nervous",
                )
            )
            versions = [
                *agenda.items,
                *(
                    other
                    for position in range(len(agenda.items))
                    for other in composer.alternatives(agenda, position)
                ),
            ]
            said = [line for item in versions for line in said_in(item)]
            assert agenda.worry_advice is not None
            said += [agenda.worry_advice.advice, *agenda.worry_advice.words]
            assert [] == [line for line in said if UNNAMED.search(line)]


def test_the_senior_and_the_subject_go_by_their_own_names(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic=BEEKEEPING, kit=NO_KIT, mentee_role="CFO", session=2))

    said = "\n".join(line for item in agenda.items for line in said_in(item))
    assert "The CFO drives: " in said
    assert f"“{BEEKEEPING}”" in said


@pytest.mark.parametrize("session", [1, 2, 3, 8])
def test_a_persons_own_words_are_never_taken_for_the_librarys(
    composer: Composer, session: int
) -> None:
    """A topic or a promise may speak of the senior, of this subject, or look like a mark."""
    typed = "what the senior team says of this subject [@ana]"

    agenda = composer.agenda(
        Brief(topic=typed, kit=NO_KIT, session=session, carried_over=(typed,), minutes=90)
    )

    said = [line for item in agenda.items for line in said_in(item)]
    # Its first letter may be made a capital one.
    assert any(f"“{typed}”" in line for line in said)
    told = [line for line in said if "team says" in line]
    assert [] == [line for line in told if typed[1:] not in line]


def test_a_kits_own_questions_are_asked_after_its_demonstration_and_task(
    composer: Composer, library: GuidanceLibrary
) -> None:
    for kit in library.kits:
        if kit.general:
            continue
        agenda = composer.agenda(Brief(topic=kit.title, session=2, minutes=60))
        for heading, kind in (
            ("Demonstration", ItemKind.DEMONSTRATE),
            ("Hands-on", ItemKind.DRIVE),
        ):
            (item,) = of_kind(agenda, kind)
            used = [s for s in kit.under(heading) if library.passage(kit, s).id in tasks(item)]
            assert 1 == len(used)
            wanted = [
                re.sub("the senior", "your mentee", question) for question in used[0].marked("Ask:")
            ]
            assert wanted == list(item.questions)


def test_a_part_without_steps_of_its_own_is_done_as_its_card_says(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", session=3, minutes=60, mentee_role="CFO"))

    (talk,) = of_kind(agenda, ItemKind.DISCUSS)
    done = [one.passage for one in talk.citations if one.heading == "What to do"][-1]
    told = done.replace("The senior", "The CFO").replace("the senior", "the CFO")
    assert " ".join(told.split()) == " ".join(talk.steps)


@given(briefs())
def test_no_step_taken_from_a_card_brings_the_minutes_of_another_session(
    composer: Composer, brief: Brief
) -> None:
    (opening,) = of_kind(composer.agenda(brief), ItemKind.OPEN)

    assert not [step for step in opening.steps if re.search(r"\b\w+ minutes\b", step)]


def test_no_step_is_the_mark_of_a_list(composer: Composer) -> None:
    for session in range(1, 9):
        for minutes in (15, 45, 90):
            agenda = composer.agenda(
                Brief(topic=BEEKEEPING, kit=NO_KIT, session=session, minutes=minutes)
            )
            for position, item in enumerate(agenda.items):
                for version in (item, *composer.alternatives(agenda, position)):
                    assert version.steps
                    marked = re.compile(r"(?:[-*]|\d+\.)(?:\s|$)")
                    assert [] == [step for step in version.steps if marked.match(step)]


def test_a_plan_without_a_kit_on_purpose_says_that_nothing_is_missing(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", kit=NO_KIT))

    assert agenda.topic_kit is None
    assert () == agenda.not_covered


def test_a_kit_can_be_named_for_a_topic_that_says_nothing_of_it(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic=BEEKEEPING, kit="team-chat"))

    assert agenda.topic_kit is not None
    assert "team-chat" == agenda.topic_kit.key
    assert () == agenda.not_covered


def test_a_first_session_can_carry_something_over(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", session=1, carried_over=("call Ana",)))

    (carried,) = of_kind(agenda, ItemKind.CARRY_OVER)
    assert "“call Ana”: done, begun, or not yet?" == carried.steps[0]
    assert "What happened with “call Ana”?" == carried.questions[0]


def test_of_many_promises_some_wait(composer: Composer) -> None:
    promises = tuple(f"promise {number}" for number in range(1, 6))

    (carried,) = of_kind(
        composer.agenda(Brief(topic="team chat", session=3, carried_over=promises)),
        ItemKind.CARRY_OVER,
    )

    asked = [f"“promise {number}”: done, begun, or not yet?" for number in (1, 2, 3)]
    assert asked == list(carried.steps[:-1])
    assert "2 more can wait" in carried.purpose


def test_a_short_first_session_still_agrees_what_stays_between_the_two(
    composer: Composer,
) -> None:
    opening = composer.agenda(Brief(topic="team chat", minutes=15)).items[0]

    assert "confidentiality-first" in {citation.key for citation in opening.citations}
    assert any("stays between" in step for step in opening.steps)


def test_a_first_session_sets_expectations_and_a_last_one_closes_on_purpose(
    composer: Composer,
) -> None:
    first = composer.agenda(Brief(topic="team chat", session=1, minutes=60))
    last = composer.agenda(Brief(topic="team chat", session=8, minutes=60))

    agreed = {one.key for one in of_kind(first, ItemKind.AGREE)[0].citations}
    assert {"confidentiality-first", "how-each-likes-to-learn"} <= agreed
    assert "set-expectations-in-the-first-ten-minutes" in {
        citation.key for citation in first.items[0].citations
    }
    assert "say-goodbye-on-purpose" in {citation.key for citation in last.items[-1].citations}


def test_the_session_at_half_time_takes_stock(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", session=4, planned_sessions=8))

    assert "midway-review" in {citation.key for citation in agenda.items[0].citations}


def test_a_pair_that_returns_to_a_subject_meets_another_task(composer: Composer) -> None:
    tasks = {
        of_kind(composer.agenda(Brief(topic="team chat", session=session)), ItemKind.DRIVE)[0].title
        for session in (2, 3)
    }

    assert 2 == len(tasks)


def test_two_rounds_at_the_keys_are_two_tasks(composer: Composer) -> None:
    agenda = composer.agenda(Brief(topic="team chat", minutes=120, session=3))

    first, second = of_kind(agenda, ItemKind.DRIVE)
    assert first.title != second.title


def test_a_role_chooses_the_example(composer: Composer, library: GuidanceLibrary) -> None:
    kit = library.by_key["accessibility"]
    assert isinstance(kit, TopicKit)
    session = 1 + [part.path[-1] for part in kit.under("Hands-on")].index(kit.examples_for)

    agenda = composer.agenda(Brief(topic=kit.title, session=session, mentee_role="CFO"))

    (drive,) = of_kind(agenda, ItemKind.DRIVE)
    assert "The CFO drives: " in drive.title
    assert "the quarterly results pack" in drive.purpose


@pytest.mark.parametrize("gone", ["cards", "kits"])
def test_a_library_without_what_every_session_needs_says_what_to_add(
    library: GuidanceLibrary, gone: str
) -> None:
    bare = library.model_copy(update={gone: ()})

    with pytest.raises(LibraryError, match=r"knowledge/README\.md says how"):
        Composer(bare, WordIndex(bare, close={})).agenda(Brief(topic="AI"))


def test_a_kit_without_a_task_says_what_to_add(library: GuidanceLibrary) -> None:
    kit = library.by_key["accessibility"]
    bare = kit.model_copy(
        update={"sections": tuple(s for s in kit.sections if s.path[0] != "Hands-on")}
    )
    alone = library.model_copy(update={"kits": (bare,)})

    with pytest.raises(
        LibraryError, match="'accessibility' has no '### a name' under '## Hands-on'"
    ):
        Composer(alone, WordIndex(alone)).agenda(Brief(topic="accessibility"))


@pytest.mark.parametrize("session", [2, 3, 4])
def test_the_task_with_the_topics_own_words_comes_first(composer: Composer, session: int) -> None:
    brief = Brief(
        topic="why young people leave after a year",
        kit="new-generation-work",
        session=session,
        minutes=60,
    )

    titles = [item.title.lower() for item in composer.agenda(brief).items]

    assert any("before somebody leaves" in title for title in titles)
