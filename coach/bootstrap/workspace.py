"""Everything that a program does over months, behind one object."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from coach.bootstrap.coach import open_coach
from coach.bootstrap.entrance import Entrance
from coach.bootstrap.judges import choose_embedder
from coach.bootstrap.mining import open_mining
from coach.bootstrap.reading import open_reading
from coach.bootstrap.records import open_erasures, open_records
from coach.bootstrap.statements import open_preparing
from coach.domain.agenda import Agenda
from coach.domain.brief import read_brief
from coach.domain.identity import Actor
from coach.pair.agendas import Agendas
from coach.pair.agreements import Agreements
from coach.pair.cards import Cards
from coach.pair.commitments import Commitments
from coach.pair.drafts import Drafts
from coach.pair.former import Former
from coach.pair.home import Home
from coach.pair.learned_together import LearnedTogether
from coach.pair.preparing import Preparing
from coach.pair.pulses import Pulses
from coach.pair.reading import Reading
from coach.pair.reflections import Reflections
from coach.pair.rewritten_reflections import RewrittenReflections
from coach.pair.sessions import Sessions
from coach.pair.shared_reflections import SharedReflections
from coach.policy.acting import Clock, utc_now
from coach.policy.guidance import Guidance
from coach.policy.standing import Reach, reach
from coach.ports import Embedder, Records, Signer
from coach.program.demonstration import Compose, Demonstration
from coach.program.numbers import Numbers
from coach.program.own_data import OwnData, erase_again
from coach.program.pairing import Pairing
from coach.program.personal import Personal
from coach.program.programs import Programs
from coach.program.retention import delete_expired
from coach.program.trail import Trail
from coach.settings import CoachSettings, read_settings
from coach.themes.contributing import Contributing
from coach.themes.contributing import Preparing as PreparingStatements
from coach.themes.previewing import ThemePreviews
from coach.themes.releasing import Mining, ThemeReleases
from coach.themes.terms import ThemeRules


class Workspace:
    """What a program keeps and does. Safe to share between threads.

    Every method of its capabilities takes who acts first and asks the policy.

    Raises:
        CoachError: from every method, with a message for people.
    """

    def __init__(  # noqa: PLR0913 - what tests put in the place of the real
        self,
        settings: CoachSettings,
        *,
        records: Records | None = None,
        embedder: Embedder | None = None,
        compose: Compose | None = None,
        reading: Reading | None = None,
        statements: PreparingStatements | None = None,
        mining: Mining | None = None,
        now: Clock = utc_now,
    ) -> None:
        self.settings = settings
        self._compose = compose or _composer(settings)
        self.records = records or open_records(settings)
        self._embedder = embedder or choose_embedder(settings)
        self._reads = reading or open_reading(settings)
        self._statements = statements or open_preparing(self._embedder)
        self._mining = mining or open_mining(settings)
        self._now = now

    def reach(self, actor: Actor) -> Reach:
        """What somebody may do on their own account, and their roles: what the pages show."""
        with self.records.reading() as work:
            return reach(work, actor, self._now().date())

    def tidy(self) -> None:
        """Finish deletions that were cut short, and delete what is past its retention.

        The pages do it when they start.
        """
        today = self._now().date()
        erase_again(self.records, open_erasures(self.settings), today)
        delete_expired(self.records, today)

    @cached_property
    def home(self) -> Home:
        """A pair's home."""
        return Home(self.records, self._now)

    @cached_property
    def former(self) -> Former:
        """Pairs that are over."""
        return Former(self.records, self._now)

    @cached_property
    def sessions(self) -> Sessions:
        """A pair's sessions."""
        return Sessions(self.records, self._now)

    @cached_property
    def agendas(self) -> Agendas:
        """Shared agendas and their versions."""
        return Agendas(self.records, self._now)

    @cached_property
    def commitments(self) -> Commitments:
        """What was promised."""
        return Commitments(self.records, self._now)

    @cached_property
    def agreements(self) -> Agreements:
        """A pair's agreement."""
        return Agreements(self.records, self._now)

    @cached_property
    def preparing(self) -> Preparing:
        """Blind preparation."""
        return Preparing(self.records, self._embedder, self._now)

    @cached_property
    def pulses(self) -> Pulses:
        """Two short questions."""
        return Pulses(self.records, self._now)

    @cached_property
    def reflections(self) -> Reflections:
        """One's own reflections."""
        return Reflections(self.records, self._reads, self._now)

    @cached_property
    def rewritten_reflections(self) -> RewrittenReflections:
        """A model's help with their summaries."""
        return RewrittenReflections(self.records, self._reads, self._now)

    @cached_property
    def shared_reflections(self) -> SharedReflections:
        """What the two let each other read of them."""
        return SharedReflections(self.records, self._reads, self._embedder, self._now)

    @cached_property
    def contributing(self) -> Contributing:
        """One's own statements in the themes."""
        return Contributing(self.records, self._reads, self._statements, self._embedder, self._now)

    @cached_property
    def theme_rules(self) -> ThemeRules:
        """The lead's terms for themes."""
        return ThemeRules(self.records, self._now)

    @cached_property
    def theme_releases(self) -> ThemeReleases:
        """What is told of many pairs at once."""
        return ThemeReleases(self.records, self._mining, self._signer, self._now)

    @cached_property
    def theme_previews(self) -> ThemePreviews:
        """A contributor's look at a release before it is one."""
        return ThemePreviews(self.records, self._signer, self._now)

    @cached_property
    def _signer(self) -> Signer:
        from coach.adapters.signing import Ed25519

        return Ed25519()

    @cached_property
    def learned(self) -> LearnedTogether:
        """What the two learned from each other."""
        return LearnedTogether(self.records, self._now)

    @cached_property
    def cards(self) -> Cards:
        """Receiver's cards."""
        return Cards(self.records, self._now)

    @cached_property
    def drafts(self) -> Drafts:
        """What is not finished."""
        return Drafts(self.records, self._now)

    @cached_property
    def own_data(self) -> OwnData:
        """One's own data."""
        return OwnData(self.records, open_erasures(self.settings), self._now)

    @cached_property
    def guidance(self) -> Guidance:
        """Who may use the guidance."""
        return Guidance(self.records, self._now)

    @cached_property
    def programs(self) -> Programs:
        """Programs."""
        return Programs(self.records, self._now)

    @cached_property
    def pairing(self) -> Pairing:
        """People and pairs."""
        return Pairing(self.records, self._now)

    @cached_property
    def numbers(self) -> Numbers:
        """Counts for the lead."""
        return Numbers(self.records, self._now)

    @cached_property
    def trail(self) -> Trail:
        """Who did what in a program."""
        return Trail(self.records, self._now)

    @cached_property
    def demonstration(self) -> Demonstration:
        """A made-up program to look around in."""
        return Demonstration(self.records, self._compose, self._now)

    @cached_property
    def entrance(self) -> Entrance:
        """The ways in, and each person's own sign-ins."""
        return Entrance(self.records, now=self._now)

    @cached_property
    def personal(self) -> Personal:
        """The workspace of one person."""
        return Personal(self.records, self._now)


def open_workspace(
    settings: CoachSettings | None = None, *, compose: Compose | None = None
) -> Workspace:
    """The workspace of these settings. Raises ``RecordsError``.

    ``compose`` writes the demonstration's agenda; a coach is opened for it without.
    """
    return Workspace(settings or read_settings(), compose=compose)


def _composer(settings: CoachSettings) -> Compose:
    def compose(fields: dict[str, Any]) -> Agenda:
        return open_coach(settings).agenda(read_brief(fields))

    return compose
