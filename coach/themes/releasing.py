"""Releases of a program's themes: proposed, previewed by those whose words they are, locked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coach.domain.identity import Actor
from coach.domain.kept_themes import KeptRelease, ReleaseState, ThemeTerms
from coach.domain.program import Program
from coach.domain.themes import Statement, ThemeReport
from coach.errors import ProgramError
from coach.pair.pseudonyms import terms_of
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Embedder, Records, Signer
from coach.themes.contributing import unpacked
from coach.themes.disclosing import Disclosure
from coach.themes.gathering import (
    Gathered,
    cells_of,
    enough_run,
    falls_of,
    forget,
    gathered,
    left_after,
    next_from,
    releases_of,
    waiting_of,
    without_statements,
)
from coach.themes.reporting import (
    Advise,
    Audit,
    Finds,
    Mined,
    Terms,
    nothing_yet,
    reported,
    withdrawn,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Released:
    """A locked release; ``is_whole`` says whether it still is what was signed."""

    report: ThemeReport
    released: datetime
    digest: str
    signature: str
    verify_key: str
    is_whole: bool


@dataclass(frozen=True)
class Proposed:
    """A release that its contributors still preview; its lead sees no theme of it."""

    number: int
    proposed: datetime
    opens: datetime


@dataclass(frozen=True)
class Themes:
    """A program's releases, newest first, and the one in preview."""

    released: tuple[Released, ...]
    proposed: Proposed | None
    #: From when on the next one may be proposed.
    next_from: datetime | None
    #: Whether so many pairs run that one may be proposed.
    enough_run: bool


@dataclass(frozen=True)
class Mining:
    """What finds themes, says what a lead can do, and audits; each opens when it is first used.

    The themes are found in vectors of ``embedder``.
    """

    embedder: Callable[[], Embedder]
    find: Callable[[], Finds]
    advise: Callable[[], Advise]
    audit: Callable[[], Audit]


class ThemeReleases(Capability):
    """Everything that is told of many pairs at once."""

    def __init__(
        self, records: Records, mining: Mining, signer: Signer, now: Clock = utc_now
    ) -> None:
        super().__init__(records, now)
        self._mining = mining
        self._signer = signer

    def see(self, actor: Actor, program_id: str) -> Themes:
        """What has been released."""
        with self._reading(actor, Action.SEE_THEMES, Program, program_id) as (work, program):
            kept = work.find(KeptRelease, program_id=program.id, order="-number")
            found = work.find(ThemeTerms, program_id=program.id)
            terms = found[0] if found else ThemeTerms(program_id=program.id)
            enough = enough_run(work, program, terms, kept)
        waiting = [one for one in kept if one.state is ReleaseState.PROPOSED]
        return Themes(
            tuple(self._released(one) for one in kept if one.state is ReleaseState.RELEASED),
            Proposed(waiting[0].number, waiting[0].proposed, waiting[0].opens) if waiting else None,
            next_from(kept, terms.notice_days),
            enough,
        )

    def propose(self, actor: Actor, program_id: str) -> None:
        """Find the themes of what was said since the last release, and let contributors see them.

        The statements count in this release and in no later one. With too few pairs nothing is
        counted, and the release says so at once. Raises ``ProgramError`` while another one is in
        preview, or soon after the last, and ``CoachError``.
        """
        with self._reading(actor, Action.MANAGE_THEMES, Program, program_id) as (work, program):
            state = gathered(work, program)
        self._may_propose(state)
        rules = state.rules()
        if not rules.enough_run:
            raise ProgramError(
                f"With fewer than {3 * rules.min_pairs} running pairs no theme can be shown, so "
                "none is looked for, and what your pairs let join is kept for later."
            )
        terms = Terms(rules, state.number, self._today(), state.bands())
        if not rules.can_show_any(len({one.pair_key for one in state.statements})):
            mined: tuple[Mined, ...] = ()
            report, disclosure = nothing_yet(terms), Disclosure({})
        else:
            said = state.said()
            mined = self._mine(state, said)
            report, disclosure = reported(
                said, mined, terms, self._mining.advise(), self._mining.audit()
            )
            del said
        now = self._now()
        with self._writing(actor, Action.MANAGE_THEMES, Program, program_id) as (work, program):
            locked = terms_of(work, program.id)
            if locked.locked is None:
                locked = work.save(locked.but(locked=now))
            kept = KeptRelease(
                program_id=program.id,
                number=state.number,
                proposed=now,
                opens=now + timedelta(days=locked.notice_days),
                report=report,
                cells=cells_of(state, mined, disclosure),
                falls=falls_of(state, mined),
            )
            # What was taken back since it was read counts as withdrawn when this is released.
            work.add(kept if mined else self._locked(kept, locked, state.releases, report))

    def release(self, actor: Actor, program_id: str) -> None:
        """Lock the release in preview, once its notice is over.

        Who withdrew meanwhile is paid for as if they had been in every theme, so that what is
        missing tells of nobody. The statements are deleted. Raises ``ProgramError``.
        """
        with self._writing(actor, Action.MANAGE_THEMES, Program, program_id) as (work, program):
            releases = releases_of(work, program)
            waiting = waiting_of(releases)
            if waiting is None:
                raise ProgramError("No release is in preview. Propose one first.")
            if self._now() < waiting.opens:
                raise ProgramError(
                    f"Contributors may look at this release until {waiting.opens:%d %B %Y}. "
                    "Release it after that."
                )
            left = withdrawn(waiting.report, left_after(work, waiting))
            work.save(self._locked(waiting, terms_of(work, program.id), releases, left))
            forget(work, waiting)

    def drop(self, actor: Actor, program_id: str) -> None:
        """Give up the release in preview, for good: what it counted counts in no other one.

        Nobody saw it but its contributors, each their own part. Raises ``ProgramError``.
        """
        with self._writing(actor, Action.MANAGE_THEMES, Program, program_id) as (work, program):
            waiting = waiting_of(releases_of(work, program))
            if waiting is None:
                raise ProgramError("No release is in preview.")
            empty = waiting.report.model_copy(update={"themes": (), "suppression": None})
            work.save(
                waiting.but(
                    state=ReleaseState.DROPPED,
                    report=empty,
                    falls={},
                    cells=without_statements(waiting),
                )
            )
            forget(work, waiting)

    def _mine(self, state: Gathered, said: list[Statement]) -> tuple[Mined, ...]:
        before = {
            ident: unpacked([centre])[0]
            for one in state.releases
            for ident, centre in one.cells.centres.items()
        }
        least = state.terms.min_pairs
        return self._mining.find()(said, self._vectors(state), min_pairs=least, before=before)

    def _vectors(self, state: Gathered) -> NDArray[np.float32]:
        """Those that were kept, or new ones where some are of another embedder."""
        embedder = self._mining.embedder()
        if any(one.content.embedder != embedder.identity for one in state.statements):
            return embedder.embed([one.content.text for one in state.statements])
        return unpacked([one.content.vector for one in state.statements])

    def _may_propose(self, state: Gathered) -> None:
        if waiting_of(state.releases) is not None:
            raise ProgramError("A release is in preview already. Release it or drop it first.")
        from_when = next_from(state.releases, state.terms.notice_days)
        if from_when is not None and self._now() < from_when:
            raise ProgramError(
                "Two releases close together could be compared, and tell of single pairs. The "
                f"next one can be proposed from {from_when:%d %B %Y} on."
            )

    def _locked(
        self,
        kept: KeptRelease,
        terms: ThemeTerms,
        releases: tuple[KeptRelease, ...],
        report: ThemeReport,
    ) -> KeptRelease:
        before = [one.digest for one in releases if one.digest]
        previous = before[-1] if before else ""
        digest = digest_of(report)
        return kept.but(
            state=ReleaseState.RELEASED,
            released=self._now(),
            report=report,
            falls={},
            cells=without_statements(kept),
            digest=digest,
            previous=previous,
            signature=self._signer.sign(terms.signing, previous + digest),
            verify_key=self._signer.public(terms.signing),
        )

    def _released(self, kept: KeptRelease) -> Released:
        signed = self._signer.is_signed(
            kept.verify_key, kept.previous + kept.digest, kept.signature
        )
        return Released(
            kept.report,
            kept.released or kept.proposed,
            kept.digest,
            kept.signature,
            kept.verify_key,
            signed and kept.digest == digest_of(kept.report),
        )


def digest_of(report: ThemeReport) -> str:
    """SHA-256 of the report as JSON with sorted keys, in hexadecimal digits."""
    said = json.dumps(report.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
