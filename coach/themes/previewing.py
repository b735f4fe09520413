"""What a release would tell of one's own statements, before its lead reads any of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection
from coach.domain.kept_themes import KeptRelease, KeptStatement, ReleaseState, ThemeTerms
from coach.domain.program import Pair, Program
from coach.domain.themes import Theme
from coach.errors import ProgramError
from coach.pair.pseudonyms import items_by_origin
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Records, Signer, Work
from coach.themes import receipts
from coach.themes.receipts import Promised

#: Said of every statement whose theme is not shown, whatever the reason.
WITHHELD = (
    "Withheld: too few pairs told of it, or nearly all did, or there are no general words for it. "
    "Which of these is never said, so that the reason gives nothing away."
)


@dataclass(frozen=True)
class Mine:
    """One of my statements, and the theme that it falls into, or ``None`` if that is withheld.

    It is of the item ``item_id`` of what I wrote about the session.
    """

    session_id: str
    item_id: str
    statement: str
    theme: Theme | None


@dataclass(frozen=True)
class Preview:
    """My part of a release in preview, until it ``opens``; ``receipt`` is one line to keep."""

    number: int
    opens: datetime
    mine: tuple[Mine, ...]
    receipt: str


class ThemePreviews(Capability):
    """A contributor's look at a release before it is one."""

    def __init__(self, records: Records, signer: Signer, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._signer = signer

    def mine(self, actor: Actor, pair_id: str) -> Preview | None:
        """My statements in the release that is in preview; ``None`` if there is none."""
        with self._reading(actor, Action.PREVIEW_THEMES, Pair, pair_id) as (work, pair):
            found = work.find(KeptRelease, program_id=pair.program_id, state=ReleaseState.PROPOSED)
            terms = work.find(ThemeTerms, program_id=pair.program_id)
            if not found or not terms:
                return None
            statements = _my_statements(work, actor, pair, terms[0])
        release = found[0]
        counted = {one for ids in release.cells.statements.values() for one in ids}
        statements = [two for two in statements if two[1].id in counted]
        shown = {theme.id: theme for theme in release.report.themes}
        mine = tuple(
            Mine(*place, one.content.text, shown.get(release.falls.get(one.id, "")))
            for place, one in statements
        )
        fell = {release.falls[one.id] for _, one in statements if one.id in release.falls}
        promised = Promised(
            pair.program_id,
            release.number,
            {ident: receipts.words_of(shown[ident]) for ident in sorted(fell & shown.keys())},
            tuple(sorted(fell - shown.keys())),
        )
        text = receipts.written(promised)
        receipt = receipts.sealed(text, self._signer.sign(terms[0].signing, text))
        return Preview(release.number, release.opens, mine, receipt if mine else "")

    def check(self, actor: Actor, program_id: str, receipt: str) -> tuple[str, ...]:
        """How the release that ``receipt`` is of broke its word; nothing if it kept it.

        Raises ``ProgramError`` for what is no receipt of this program, and while its release is
        still in preview.
        """
        text, signature = receipts.opened(receipt)
        with self._reading(actor, Action.SEE_THEMES, Program, program_id) as (work, program):
            terms = work.find(ThemeTerms, program_id=program.id)
            promised = receipts.read(text)
            found = work.find(KeptRelease, program_id=program.id, number=promised.number)
        public = self._signer.public(terms[0].signing) if terms else ""
        if promised.program_id != program_id or not self._signer.is_signed(public, text, signature):
            raise ProgramError("This receipt is not of this program, or it was changed.")
        if not found or found[0].state is ReleaseState.PROPOSED:
            raise ProgramError("This release is still in preview. Check again once it is out.")
        return receipts.broken(promised, found[0].report)


def _my_statements(
    work: Work, actor: Actor, pair: Pair, terms: ThemeTerms
) -> list[tuple[tuple[str, str], KeptStatement]]:
    """Each with the session and the item that it is of."""
    keys = {
        key: (reflection.session_id, item_id)
        for reflection in work.find(Reflection, pair_id=pair.id, person_id=actor.person_id)
        for key, item_id in items_by_origin(terms, reflection).items()
    }
    found = work.find(
        KeptStatement,
        program_id=pair.program_id,
        origin_key=tuple(sorted(keys)),
    )
    return sorted(
        ((keys[one.origin_key], one) for one in found),
        key=lambda two: (two[0][0], two[1].content.text),
    )
