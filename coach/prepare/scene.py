"""What the writing of an item may look at: the brief, the kit, and cards in a fixed order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from coach.domain.brief import Brief, Setting
from coach.domain.guidance import (
    Audience,
    Citation,
    GuidanceCard,
    Section,
    Stage,
    TopicKit,
    Use,
)
from coach.domain.library import GuidanceLibrary
from coach.errors import LibraryError
from coach.prepare.roles import example_for
from coach.prepare.wording import capital, spoken, the_role

#: Letters by which words count as the same, and words by which a task fits a topic better.
_STEM, _PLAINLY_MORE = 4, 2
_WALKING = re.compile(r"\bwalk", re.IGNORECASE)
_SETTING_CARDS = {
    Setting.VIDEO: "sessions-on-video",
    Setting.WALK: "sessions-on-the-move",
    Setting.IN_PERSON: "sessions-in-a-room",
}


#: How the library names the subject and the senior, for no pair in particular.
_UNNAMED = re.compile(r"\b(?:this subject|the senior)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Scene:
    """One session to write for. ``nearness`` ranks card keys by the brief, 0 nearest."""

    brief: Brief
    library: GuidanceLibrary
    kit: TopicKit | None
    general: TopicKit | None
    nearness: dict[str, int]

    @cached_property
    def senior(self) -> str:
        """The senior mentee, as a sentence names them."""
        return the_role(self.brief.mentee_role, "your mentee")

    @cached_property
    def subject(self) -> str:
        """The subject, in quotation marks where it can be said aloud."""
        return spoken(self.brief.topic)

    def named(self, text: str) -> str:
        """A line of the library for this pair: its marks readable, "the senior" by role.

        "This subject" becomes the topic. Only for the library's text: what a
        person typed stays as it is.
        """
        # In one go, so that a topic that speaks of "the senior" keeps its words.
        return _UNNAMED.sub(self._name, self.library.readable(text))

    def _name(self, found: re.Match[str]) -> str:
        name = self.senior if found[0].lower() == "the senior" else self.subject
        return capital(name) if found[0][0].isupper() else name

    @cached_property
    def material(self) -> TopicKit:
        """The kit to draw on: the subject's own, or the one for any subject."""
        kit = self.kit or self.general
        if kit is None:
            raise LibraryError(
                "The library has no topic kit for this subject and no 'any-topic' kit to fall "
                "back on. Add knowledge/topics/any-topic.md; knowledge/README.md says how."
            )
        return kit

    @cached_property
    def example(self) -> str:
        """A real task for the senior's role, as a phrase; none from the general kit."""
        if self.material.general:
            return ""
        return self.named(example_for(self.material, self.brief.mentee_role))

    @cached_property
    def setting_card(self) -> GuidanceCard | None:
        """The card about this kind of place, if the library has it."""
        return self.library.by_key.get(_SETTING_CARDS[self.brief.setting])

    def cards(self, use: Use, *first: str, turn: int = 0) -> tuple[GuidanceCard, ...]:
        """Cards for mentors that serve ``use``: ``first`` by key, then by stage and nearness.

        ``turn`` says with which of ``first`` to begin, counting round. A card
        that names this stage comes before one for any stage. Raises
        ``LibraryError`` if there is none.
        """
        start = turn % len(first) if first else 0
        first = (*first[start:], *first[:start])
        stage = self.brief.stage
        serving = [
            card
            for card in self.library.cards
            if use in card.uses
            and Audience.MENTOR in card.audience
            and card.key not in _SETTING_CARDS.values()
        ]
        # A first session can carry something over, though no card was written for that.
        fitting = [card for card in serving if {stage, Stage.ANY} & set(card.stage)] or serving
        fitting.sort(
            key=lambda card: (
                first.index(card.key) if card.key in first else len(first),
                stage not in card.stage,
                self.nearness.get(card.key, len(self.nearness)),
                card.key,
            )
        )
        if not fitting:
            raise LibraryError(
                f"The library has no card for mentors with the use {use.value!r}. Add one; "
                "knowledge/README.md says how."
            )
        return tuple(fitting)

    def anchored(self, use: Use, *first: str) -> tuple[GuidanceCard, ...]:
        """Just the cards named ``first`` that the library has; all that serve ``use`` if none.

        For parts whose title and purpose fit some techniques and not others.
        """
        found = self.cards(use, *first)
        return tuple(card for card in found if card.key in first) or found

    def has_own_demonstration(self) -> bool:
        """Whether the kit can show something of its own in this setting."""
        own = self.material.under("Demonstration")
        on_a_walk = self.brief.setting is Setting.WALK
        return any(not on_a_walk or part.path[-1] in self.material.off_screen for part in own)

    def variants(self, heading: str) -> tuple[tuple[TopicKit, Section], ...]:
        """The kit's demonstrations or hands-on tasks that fit the setting, in turn.

        The session's number decides which comes first, so that a pair that
        returns to a subject meets another task. Raises ``LibraryError`` if there
        is none.
        """
        kits = [self.material, *([self.general] if self.general and self.kit else [])]
        found = [(kit, section) for kit in kits for section in kit.under(heading)]
        if not found:
            raise LibraryError(
                f"The topic kit {self.material.key!r} has no '### a name' under '## {heading}'. "
                "Add one; knowledge/README.md says how."
            )
        off_screen = [pair for pair in found if pair[1].path[-1] in pair[0].off_screen]
        if self.brief.setting is Setting.WALK:
            found = off_screen or found
        elif self.brief.setting is Setting.VIDEO:
            # Paper, coffee and a shared table are of no use on video.
            found = [pair for pair in found if pair not in off_screen] or found
        else:
            # With a screen at hand, paper and talk come last, and what needs a walk not at all.
            seated = [pair for pair in off_screen if not _WALKING.search(pair[1].text)]
            found = [pair for pair in found if pair not in off_screen] + seated or found
        own = [pair for pair in found if pair[0] is self.material]
        first = [pair for pair in own if pair not in off_screen] or own
        turn = (self.brief.session - 1) % len(first) if first else 0
        turned = self._fitting((*first[turn:], *first[:turn]))
        return (*turned, *(pair for pair in (*own, *found) if pair not in turned))

    def _fitting(
        self, turned: tuple[tuple[TopicKit, Section], ...]
    ) -> tuple[tuple[TopicKit, Section], ...]:
        """``turned`` with the one in front that plainly has more of the topic's own words."""
        own = _stems(self.brief.topic) - _stems(self.material.title)
        shared = [len(own & _stems(f"{part.path[-1]} {part.text}")) for _, part in turned]
        best = max(range(len(turned)), key=lambda at: shared[at], default=0)
        if not turned or shared[best] < shared[0] + _PLAINLY_MORE:
            return turned
        return (turned[best], *turned[:best], *turned[best + 1 :])

    def cite(self, card: GuidanceCard, *path: str) -> Citation | None:
        """A citation of a card's section, if it has it."""
        section = card.section(*path)
        return self.library.cite(card, section) if section else None


def _stems(text: str) -> set[str]:
    """The longer words of ``text`` without their endings: "leave", "leavers"."""
    return {word[:_STEM] for word in re.findall(r"[a-z]+", text.lower()) if len(word) >= _STEM}
