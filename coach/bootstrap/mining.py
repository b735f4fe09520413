"""What finds themes and says what to do about them; nothing heavy loads before the first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from coach.domain.themes import Statement, ThemeReport
from coach.ports import Embedder
from coach.settings import CoachSettings
from coach.themes.releasing import Mining
from coach.themes.reporting import Advise, Audit, Finds


def open_mining(settings: CoachSettings) -> Mining:
    """The finding of themes with these settings."""

    @cache
    def embedder() -> Embedder:
        from coach.bootstrap.judges import choose_embedder

        return choose_embedder(settings)

    @cache
    def find() -> Finds:
        from coach.bootstrap.themes import open_finding

        return open_finding(embedder())

    @cache
    def advise() -> Advise:
        from coach.bootstrap.coach import open_coach
        from coach.library.subjects import load_subjects
        from coach.resources import shipped
        from coach.themes.advising import Advisor

        coach = open_coach(settings)
        subjects = load_subjects(shipped("knowledge") / "subjects.yaml")
        return Advisor(coach.library, coach.index, subjects)

    @cache
    def audit() -> Audit:
        from coach.bootstrap.attacking import library_texts
        from coach.bootstrap.models import open_identifiers
        from coach.themes.attack.auditor import Auditor

        auditor = Auditor(library_texts(), open_identifiers())

        def objected(report: ThemeReport, statements: Sequence[Statement]) -> frozenset[str]:
            return frozenset(one.theme for one in auditor.audit(report, statements))

        return objected

    return Mining(embedder, find, advise, audit)
