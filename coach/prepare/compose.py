"""The composer: a complete, cited agenda by rules over the library, without a model."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from coach.domain.agenda import Agenda, AgendaItem, ItemKind, TopicMatch
from coach.domain.brief import Brief
from coach.domain.guidance import Audience
from coach.domain.library import GuidanceLibrary
from coach.ports import GuidanceIndex
from coach.prepare.items import write_item
from coach.prepare.kits import NO_KIT, find_kit, general_kit
from coach.prepare.outline import outline
from coach.prepare.scene import Scene
from coach.prepare.subject import second_round
from coach.prepare.timeboxes import divide
from coach.prepare.wording import quoted
from coach.prepare.worry import advise

#: How many different versions of one part a person may leaf through.
_MOST_ALTERNATIVES = 6


class Composer:
    """Composes agendas. The same brief and library give the same agenda, word for word.

    Raises:
        LibraryError: the library has no card for a part that every session needs.
    """

    def __init__(self, library: GuidanceLibrary, index: GuidanceIndex) -> None:
        self._library = library
        self._index = index

    def agenda(self, brief: Brief) -> Agenda:
        """The agenda for ``brief``; its minutes sum exactly to ``brief.minutes``."""
        scene = self._scene(brief)
        kinds = _fit(outline(brief), scene)
        seen: Counter[ItemKind] = Counter()
        items: list[AgendaItem] = []
        for kind, minutes in zip(kinds, divide(brief.minutes, kinds), strict=True):
            asked = {question for item in items for question in item.questions}
            item = write_item(scene, kind, minutes, choice=seen[kind], asked=asked)
            again = kind is ItemKind.DRIVE and seen[kind] > 0
            items.append(second_round(item) if again else item)
            seen[kind] += 1
        return Agenda(
            brief=brief,
            items=tuple(items),
            topic_kit=scene.kit and TopicMatch(key=scene.kit.key, title=scene.kit.title),
            not_covered=() if scene.kit or brief.kit == NO_KIT else (_no_kit(brief),),
            worry_advice=advise(brief.worry, Audience.MENTOR, self._library, self._index),
        )

    def alternatives(self, agenda: Agenda, position: int) -> tuple[AgendaItem, ...]:
        """Other versions of the item at ``position`` with its minutes, none like one in use."""
        item = agenda.items[position]
        scene = self._scene(agenda.brief)
        earlier = [other.kind for other in agenda.items[:position]]
        again = item.kind is ItemKind.DRIVE and ItemKind.DRIVE in earlier
        used = {(other.title, other.open_with) for other in agenda.items}
        found: dict[tuple[str, str], AgendaItem] = {}
        for choice in range(_MOST_ALTERNATIVES):
            other = write_item(scene, item.kind, item.minutes, choice=choice)
            if again:
                other = second_round(other)
            face = (other.title, other.open_with)
            if face not in used:
                found.setdefault(face, other)
        return tuple(found.values())

    def _scene(self, brief: Brief) -> Scene:
        about = brief.topic if not brief.worry else f"{brief.topic}. {brief.worry}"
        ranked = self._index.search(about, k=len(self._for_mentors), among=self._for_mentors)
        order = {hit.passage.doc_id: place for place, hit in enumerate(ranked.hits)}
        return Scene(
            brief=brief,
            library=self._library,
            kit=find_kit(brief, self._library, self._index),
            general=general_kit(self._library),
            nearness=order,
        )

    @cached_property
    def _for_mentors(self) -> tuple[str, ...]:
        return tuple(card.key for card in self._library.cards if Audience.MENTOR in card.audience)


def _fit(kinds: tuple[ItemKind, ...], scene: Scene) -> tuple[ItemKind, ...]:
    """On a walk, a kit that can show nothing without a screen leaves more time to talk."""
    if scene.has_own_demonstration():
        return kinds
    talk = ItemKind.DISCUSS
    if talk in kinds:
        return tuple(kind for kind in kinds if kind is not ItemKind.DEMONSTRATE)
    return tuple(talk if kind is ItemKind.DEMONSTRATE else kind for kind in kinds)


def _no_kit(brief: Brief) -> str:
    return (
        f"No topic kit matches {quoted(brief.topic)}. This plan uses methods that work for any "
        "subject; bring one real example of your own."
    )
