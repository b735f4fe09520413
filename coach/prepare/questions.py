"""Questions for the senior mentee to bring: curious, open, with something to offer back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from coach.domain.agenda import TopicMatch
from coach.domain.brief import Brief
from coach.domain.guidance import Audience, Citation, Stage, TopicKit
from coach.domain.library import GuidanceLibrary
from coach.domain.questions import Depth, Question, QuestionSet
from coach.errors import LibraryError
from coach.ports import GuidanceIndex
from coach.prepare.kits import NO_KIT, find_kit, general_kit
from coach.prepare.wording import quoted, spoken
from coach.prepare.worry import advise

#: How many questions of each depth suit a stage; six to ten in all.
_MIX = {
    Stage.FIRST: {Depth.OPENING: 3, Depth.EXPLORING: 3, Depth.DEEPER: 1},
    Stage.EARLY: {Depth.OPENING: 3, Depth.EXPLORING: 3, Depth.DEEPER: 2},
    Stage.MIDDLE: {Depth.OPENING: 2, Depth.EXPLORING: 3, Depth.DEEPER: 3},
    Stage.LATE: {Depth.OPENING: 2, Depth.EXPLORING: 3, Depth.DEEPER: 3},
    Stage.LAST: {Depth.OPENING: 2, Depth.EXPLORING: 3, Depth.DEEPER: 3},
}


class QuestionWriter:
    """Chooses questions from the subject's kit, by depth and stage; no model.

    Raises:
        LibraryError: neither the subject's kit nor the general one has enough questions.
    """

    def __init__(self, library: GuidanceLibrary, index: GuidanceIndex) -> None:
        self._library = library
        self._index = index

    def questions(self, brief: Brief) -> QuestionSet:
        """Six to ten questions for ``brief``, opening ones first."""
        kit = find_kit(brief, self._library, self._index)
        # The general kit fills up what the subject's own leaves short.
        kits = [found for found in (kit, general_kit(self._library)) if found]
        found = [
            question
            for depth, count in _MIX[brief.stage].items()
            for question in islice(self._of_depth(kits, depth, brief), count)
        ]
        if len(found) < sum(_MIX[brief.stage].values()):
            raise LibraryError(
                "The library has too few questions for the mentee on this subject, and no "
                "'any-topic' kit that fills them up. Add them to knowledge/topics/any-topic.md; "
                "knowledge/README.md says how."
            )
        note = (
            f"No topic kit matches {quoted(brief.topic)}. These questions work for any subject; "
            "add one about something that you saw yourself."
        )
        return QuestionSet(
            brief=brief,
            questions=tuple(found),
            topic_kit=kit and TopicMatch(key=kit.key, title=kit.title),
            not_covered=() if kit or brief.kit == NO_KIT else (note,),
            worry_advice=advise(brief.worry, Audience.MENTEE, self._library, self._index),
        )

    def _of_depth(self, kits: Sequence[TopicKit], depth: Depth, brief: Brief) -> Iterator[Question]:
        for kit in kits:
            section = kit.section("Questions for the mentee", depth.value)
            if section is None:
                continue
            reason = kit.section("Why it matters")
            cited: tuple[Citation, ...] = (
                *([self._library.cite(kit, reason)] if reason else []),
                *self._stands_on("open-questions", "questions-not-meant-to-trip"),
            )
            turn = (brief.session - 1) % max(1, len(section.bullets))
            for line in (*section.bullets[turn:], *section.bullets[:turn]):
                # The general kit speaks of "this subject"; people say what they mean.
                first = depth is Depth.OPENING and line == section.bullets[turn]
                name = spoken(brief.topic) if first else "this"
                named = line.replace("this subject", name) if kit.general else line
                text, listen_for, offer_back = parts_of(named)
                yield Question(
                    text=text,
                    depth=depth,
                    listen_for=listen_for,
                    offer_back=offer_back,
                    citations=cited,
                )

    def _stands_on(self, *keys: str) -> Iterator[Citation]:
        for key in keys:
            card = self._library.by_key.get(key)
            section = card.section("What to do") if card else None
            if card and section:
                yield self._library.cite(card, section)
                return


def parts_of(line: str) -> tuple[str, str, str]:
    """A kit's line as question, what to listen for, and what to offer back."""
    text, _, rest = line.partition("| Listen for:")
    listen_for, _, offer_back = rest.partition("| Offer back:")
    return text.strip(), listen_for.strip(), offer_back.strip()
