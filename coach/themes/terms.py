"""By which rules a program's themes are shown: set before it starts, and then locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.domain.identity import Actor
from coach.domain.kept_themes import KeptRelease, KeptStatement, ThemeTerms
from coach.domain.program import Pair, Program
from coach.errors import ProgramError
from coach.pair.pseudonyms import terms_of
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work


@dataclass(frozen=True)
class Terms:
    """The terms as the lead sees them; ``places`` says which pair is in which segment."""

    version: int
    min_pairs: int
    notice_days: int
    segments: tuple[str, ...]
    places: dict[str, str]
    is_locked: bool


class ThemeRules(Capability):
    """The lead's choices about themes."""

    def see(self, actor: Actor, program_id: str) -> Terms:
        """The terms as they stand."""
        with self._reading(actor, Action.SEE_THEMES, Program, program_id) as (work, program):
            found = work.find(ThemeTerms, program_id=program.id)
            terms = found[0] if found else ThemeTerms(program_id=program.id)
            return _seen(terms, is_locked(work, program, terms, self._today()))

    def set(
        self,
        actor: Actor,
        program_id: str,
        *,
        min_pairs: int,
        notice_days: int,
        segments: tuple[str, ...],
    ) -> Terms:
        """Change the terms while the program has not begun.

        The threshold can only be raised. Raises ``ProgramError`` for anything else, and after the
        start, or the first statement, for any change.
        """
        with self._writing(actor, Action.MANAGE_THEMES, Program, program_id) as (work, program):
            terms = terms_of(work, program.id)
            if is_locked(work, program, terms, self._today()):
                raise ProgramError(_LOCKED)
            if min_pairs < terms.min_pairs:
                raise ProgramError(
                    f"The threshold is {terms.min_pairs} pairs and can only be raised."
                )
            places = {pair: name for pair, name in terms.places.items() if name in segments}
            kept = work.save(
                terms.but(
                    min_pairs=min_pairs, notice_days=notice_days, segments=segments, places=places
                )
            )
            return _seen(kept, locked=False)

    def place(self, actor: Actor, program_id: str, pair_id: str, segment: str) -> Terms:
        """Say which segment a pair is in: any time before the start, later once and for good.

        Raises ``ProgramError`` for a segment that was not declared and for a second placing.
        """
        with self._writing(actor, Action.MANAGE_THEMES, Program, program_id) as (work, program):
            terms = terms_of(work, program.id)
            locked = is_locked(work, program, terms, self._today())
            if segment not in terms.segments:
                raise ProgramError("This segment was not declared before the program began.")
            if not work.find(Pair, program_id=program.id, id=pair_id):
                raise ProgramError("This pair is not in the program. Open the page anew.")
            if locked and pair_id in terms.places:
                raise ProgramError(
                    "This pair has its segment, and it stays: moving pairs between segments would "
                    "tell them apart."
                )
            kept = work.save(terms.but(places={**terms.places, pair_id: segment}))
            return _seen(kept, locked=locked)


def is_locked(work: Work, program: Program, terms: ThemeTerms, today: date) -> bool:
    """Whether the terms stand: since the program's first day, or its first statement."""
    if terms.locked is not None or program.starts <= today:
        return True
    return bool(
        work.count(KeptStatement, program_id=program.id)
        or work.count(KeptRelease, program_id=program.id)
    )


_LOCKED = (
    "The program has begun, so its terms for themes stand: a threshold or a segment that moved now "
    "could tell single pairs apart."
)


def _seen(terms: ThemeTerms, locked: bool) -> Terms:
    return Terms(
        terms.version,
        terms.min_pairs,
        terms.notice_days,
        terms.segments,
        dict(terms.places),
        locked,
    )
