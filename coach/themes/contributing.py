"""What of a reflection joins its program's themes, shown to its author and taken back at will."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.identity import Actor
from coach.domain.kept_reflection import KeptItem, Reflection
from coach.domain.kept_themes import KeptRelease, KeptStatement, StatementContent
from coach.domain.meeting import Session
from coach.domain.program import Membership, Person
from coach.domain.reflection import ItemKind
from coach.errors import ConflictError, ProgramError
from coach.pair.pseudonyms import origin_key, origin_keys, pair_key, source_key, terms_of
from coach.pair.reading import Reading
from coach.pair.reflections import kept, own_reflection
from coach.pair.summarised import line_of, summary_of, with_line
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Embedder, LanguageFinder, Records, Screen, Work
from coach.roster.matching import people_by_id
from coach.themes.stripping import MOST_GENERALISED, generalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coach.themes.stripping import Stripper

#: What somebody promised or asks next time is between the two; the rest can be a theme.
KINDS = frozenset(
    {
        ItemKind.WIN,
        ItemKind.CHALLENGE,
        ItemKind.LEARNING,
        ItemKind.SURPRISE,
        ItemKind.FEELING,
        ItemKind.QUESTION,
    }
)
#: Words that a statement needs to say anything.
_LEAST_WORDS = 4


class LeftOut(StrEnum):
    """Why an item of a summary does not join the themes."""

    BETWEEN_YOU = "It is between the two of you."
    YOURS = "You keep it out."
    CARE = "It touches something that no count should carry."
    ORDER = "It reads like an order to a language model."
    SHORT = "It is too short to say something in general."
    RARE = "Too little is left once names and rare words are taken out. Other words may do."
    NOT_ENGLISH = "Only English is counted so far."


@dataclass(frozen=True)
class Line:
    """One item of a summary and what would be kept of it: ``general``, unless it is left out."""

    item: KeptItem
    general: str
    left_out: LeftOut | None = None


@dataclass(frozen=True)
class Preparing:
    """What makes a statement of an item; each part is loaded when it is first used."""

    stripper: Callable[[], Stripper]
    languages: Callable[[], LanguageFinder]
    screen: Callable[[], Screen]


class Contributing(Capability):
    """One's own statements in a program's themes. Its errors are those of its parts, too."""

    def __init__(
        self,
        records: Records,
        reading: Reading,
        preparing: Preparing,
        embedder: Embedder,
        now: Clock = utc_now,
    ) -> None:
        super().__init__(records, now)
        self._reads = reading
        self._prepares = preparing
        self._embedder = embedder

    def see(self, actor: Actor, session_id: str) -> tuple[Line, ...]:
        """What would join, or has joined, item by item, in the words that are kept."""
        with self._reading(actor, Action.CONTRIBUTE, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            names = _names(work, session.program_id)
        return self._lines(mine, names)

    def renew(self, actor: Actor, session_id: str) -> int:
        """Bring my statements to what my summary says now; gives how many are kept.

        To be called once I consented, and whenever my summary changed. Without consent nothing
        is kept, and nothing once a release has counted this reflection: what counts twice could
        be told by comparing.
        """
        with self._reading(actor, Action.CONTRIBUTE, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            names = _names(work, session.program_id)
        lines = self._lines(mine, names) if mine.themes_may_count else ()
        joining = [line for line in lines if line.left_out is None]
        vectors = self._embedder.embed([line.general for line in joining])
        made = {
            _said(line.item): StatementContent(
                kind=line.item.kind,
                text=line.general,
                vector=packed(vector),
                embedder=self._embedder.identity,
            )
            for line, vector in zip(joining, vectors, strict=True)
        }
        try:
            return self._keep(actor, session_id, made)
        except ConflictError:
            # Two who are the first of their program meet once; the terms are there now.
            return self._keep(actor, session_id, made)

    def count(
        self, actor: Actor, session_id: str, version: int, item_id: str, *, joins: bool
    ) -> Reflection:
        """Keep one item out of the themes, or let it join again. Raises ``ProgramError``."""
        with self._writing(actor, Action.TAKE_BACK, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            summary = summary_of(mine)
            item = line_of(summary, item_id)
            if not isinstance(item, KeptItem):
                raise ProgramError("Only the points of a summary join the themes.")
            changed = item.model_copy(update={"kept_out": not joins})
            return kept(work, mine.but(version=version, summary=with_line(summary, changed)))

    def take_back(self, actor: Actor, session_id: str) -> Reflection:
        """Take all my statements on a session out, and my consent with them."""
        with self._writing(actor, Action.TAKE_BACK, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            return kept(work, mine.but(themes_may_count=False)) if mine.version else mine

    def _lines(self, mine: Reflection, names: tuple[str, ...]) -> tuple[Line, ...]:
        if mine.summary is None:
            return ()
        grave = self._reads.grave(mine.summary)
        return tuple(self._line(item, names, item.id in grave) for item in mine.summary.items)

    def _line(self, item: KeptItem, names: tuple[str, ...], is_grave: bool) -> Line:
        why = LeftOut.CARE if is_grave else self._why_not(item)
        if why is not None:
            return Line(item, "", why)
        general = self._prepares.stripper().strip(item.text, names).text
        if len(general.split()) < _LEAST_WORDS:
            return Line(item, "", LeftOut.SHORT)
        if generalised(item.text, general) > MOST_GENERALISED:
            return Line(item, "", LeftOut.RARE)
        return Line(item, general)

    def _why_not(self, item: KeptItem) -> LeftOut | None:
        if item.kept_out:
            return LeftOut.YOURS
        if item.kind not in KINDS:
            return LeftOut.BETWEEN_YOU
        if self._prepares.languages().language(item.text) not in {None, "en"}:
            return LeftOut.NOT_ENGLISH
        return LeftOut.ORDER if self._prepares.screen().is_instruction(item.text) else None

    def _keep(self, actor: Actor, session_id: str, made: dict[str, StatementContent]) -> int:
        with self._writing(actor, Action.CONTRIBUTE, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            if not mine.themes_may_count or mine.summary is None:
                return 0
            terms = terms_of(work, session.program_id)
            source = source_key(terms, mine.id)
            if _counted(work, session.program_id, source):
                return 0
            work.remove(
                KeptStatement, program_id=session.program_id, origin_key=origin_keys(terms, mine)
            )
            new = [
                KeptStatement(
                    program_id=session.program_id,
                    pair_key=pair_key(terms, session.pair_id),
                    source_key=source,
                    origin_key=origin_key(terms, mine.id, item),
                    content=made[_said(item)],
                )
                for item in mine.summary.items
                # What was changed or kept out since it was stripped waits for the next time.
                if _said(item) in made and not item.kept_out
            ]
            # In no order, so that the rows do not tell which belong together.
            for statement in sorted(new, key=lambda one: one.id):
                work.add(statement)
            return len(new)


def _counted(work: Work, program_id: str, source: str) -> bool:
    releases = work.find(KeptRelease, program_id=program_id)
    return any(source in one.cells.sources for one in releases)


def _said(item: KeptItem) -> str:
    return f"{item.id} {item.kind} {item.text}"


def packed(vector: NDArray[np.float32]) -> str:
    """A vector as half-precision numbers in base64."""
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode()


def unpacked(vectors: list[str]) -> NDArray[np.float32]:
    """Such vectors as rows of single-precision numbers."""
    if not vectors:
        return np.zeros((0, 0), dtype=np.float32)
    size = len(base64.b64decode(vectors[0])) // 2
    rows = np.empty((len(vectors), size), dtype=np.float32)
    for place, one in enumerate(vectors):
        rows[place] = np.frombuffer(base64.b64decode(one), dtype=np.float16)
    return rows


def _names(work: Work, program_id: str) -> tuple[str, ...]:
    """Everyone who is or was in the program: none of them may stand in a statement."""
    members = {one.person_id for one in work.find(Membership, program_id=program_id)}
    people: dict[str, Person] = people_by_id(work, members)
    return tuple(sorted({one.name for one in people.values()}))
