"""What a program has said since its last release, and what a release leaves behind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.domain.kept_themes import (
    KeptRelease,
    KeptStatement,
    ReleaseState,
    ThemeCells,
    ThemeTerms,
)
from coach.domain.program import Pair, Program
from coach.domain.themes import Count, Statement
from coach.pair.pseudonyms import pair_key
from coach.ports import Work
from coach.roster.matching import in_parts
from coach.themes.contributing import packed
from coach.themes.disclosing import Disclosure, Rules, Shown
from coach.themes.reporting import Mined


@dataclass(frozen=True)
class Gathered:
    """What a program has of themes at one moment; ``statements`` are those not yet counted."""

    terms: ThemeTerms
    pairs: tuple[Pair, ...]
    statements: tuple[KeptStatement, ...]
    releases: tuple[KeptRelease, ...]

    @property
    def number(self) -> int:
        """Of the next release."""
        return max((one.number for one in self.releases), default=0) + 1

    def said(self) -> list[Statement]:
        """The statements, each with its pair's pseudonym."""
        return [
            Statement(id=one.id, pair=one.pair_key, text=one.content.text, kind=one.content.kind)
            for one in self.statements
        ]

    def rules(self) -> Rules:
        """The pairs that could have said something since the last release, and their segments."""
        keys = _keys(self.terms, self.pairs, self.releases)
        there = frozenset(keys.values()) | {one.pair_key for one in self.statements}
        segments: defaultdict[str, set[str]] = defaultdict(set)
        for pair_id, name in self.terms.places.items():
            if pair_id in keys:
                segments[name].add(keys[pair_id])
        return Rules(
            self.terms.min_pairs, there, {name: frozenset(held) for name, held in segments.items()}
        )

    def bands(self) -> dict[str, Count]:
        """The bands that each theme had when it was last shown."""
        shown = [one for one in self.releases if one.state is ReleaseState.RELEASED]
        return {theme.id: theme.pairs for one in shown for theme in one.report.themes}


def gathered(work: Work, program: Program) -> Gathered:
    """Everything that the program has of themes now."""
    terms = work.find(ThemeTerms, program_id=program.id)
    releases = releases_of(work, program)
    counted = {one for kept in releases for ids in kept.cells.statements.values() for one in ids}
    statements = work.find(KeptStatement, program_id=program.id)
    return Gathered(
        # Without terms nobody contributed, and nothing is told by pseudonyms.
        terms[0] if terms else ThemeTerms(program_id=program.id),
        work.find(Pair, program_id=program.id),
        tuple(one for one in statements if one.id not in counted),
        releases,
    )


def enough_run(
    work: Work, program: Program, terms: ThemeTerms, releases: tuple[KeptRelease, ...]
) -> bool:
    """Whether so many pairs run that themes can be looked for; opens no statement."""
    keys = _keys(terms, work.find(Pair, program_id=program.id), releases)
    said = {key for (key,) in work.tally(KeptStatement, ("pair_key",), program_id=program.id)}
    return Rules(terms.min_pairs, frozenset(keys.values()) | said).enough_run


def _keys(
    terms: ThemeTerms, pairs: tuple[Pair, ...], releases: tuple[KeptRelease, ...]
) -> dict[str, str]:
    """The pseudonyms of the pairs that ran since the last release, by their ids."""
    since = max((one.proposed.date() for one in releases), default=date.min)
    running = [one for one in pairs if one.ended is None or one.ended >= since]
    return {pair.id: pair_key(terms, pair.id) for pair in running}


def waiting_of(releases: tuple[KeptRelease, ...]) -> KeptRelease | None:
    """The one in preview."""
    return next((one for one in releases if one.state is ReleaseState.PROPOSED), None)


def releases_of(work: Work, program: Program) -> tuple[KeptRelease, ...]:
    """All, oldest first."""
    return work.find(KeptRelease, program_id=program.id, order="number")


def next_from(releases: tuple[KeptRelease, ...], notice_days: int) -> datetime | None:
    """From when on another one may be proposed: sooner where the last one counted nothing."""
    last = max(releases, key=lambda one: one.proposed, default=None)
    if last is None:
        return None
    return last.proposed + timedelta(days=(2 if last.cells.sources else 1) * notice_days)


def cells_of(state: Gathered, mined: tuple[Mined, ...], disclosure: Disclosure) -> ThemeCells:
    """What stands behind a release."""
    if not mined:
        return ThemeCells()
    by_pair: defaultdict[str, list[str]] = defaultdict(list)
    for one in state.statements:
        by_pair[one.pair_key].append(one.id)
    return ThemeCells(
        statements={pair: tuple(ids) for pair, ids in sorted(by_pair.items())},
        sources=tuple(sorted({one.source_key for one in state.statements})),
        bears={
            ident: (one.bears, one.segments_bear)
            for ident, one in disclosure.themes.items()
            if isinstance(one, Shown)
        },
        centres={one.id: packed(one.centre) for one in mined},
    )


def falls_of(state: Gathered, mined: tuple[Mined, ...]) -> dict[str, str]:
    """Which statement is in which theme."""
    return {state.statements[at].id: one.id for one in mined for at in one.members}


def left_after(work: Work, waiting: KeptRelease) -> Disclosure:
    """What may still be shown, by how many pairs took anything back since the proposal."""
    there = {
        ident for (ident,) in work.tally(KeptStatement, ("id",), program_id=waiting.program_id)
    }
    gone = sum(not there.issuperset(ids) for ids in waiting.cells.statements.values())
    shown = {
        theme.id: Shown(theme.pairs, theme.segments, *waiting.cells.bears[theme.id])
        for theme in waiting.report.themes
    }
    return Disclosure(shown, waiting.report.contributing).after(gone)


def without_statements(kept: KeptRelease) -> ThemeCells:
    """What stays of it once nobody may withdraw any more."""
    return kept.cells.model_copy(update={"statements": {}, "bears": {}})


def forget(work: Work, counted: KeptRelease) -> None:
    """Delete the statements that a release counted."""
    # By identifier alone, and in their order: with the program beside it SQLite reads all of the
    # program's statements for each part.
    every = sorted(one for ids in counted.cells.statements.values() for one in ids)
    for some in in_parts(every):
        work.remove(KeptStatement, id=some)
