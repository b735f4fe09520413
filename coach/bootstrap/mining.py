"""What finds themes and says what to do about them; nothing heavy loads before the first."""

from __future__ import annotations

from coach.settings import CoachSettings
from coach.themes.releasing import Mining
from coach.themes.reporting import Advise, Finds


def open_mining(settings: CoachSettings) -> Mining:
    """The finding of themes with these settings."""

    def find() -> Finds:
        raise NotImplementedError

    def advise() -> Advise:
        from coach.bootstrap.coach import open_coach
        from coach.themes.advising import Advisor

        coach = open_coach(settings)
        return Advisor(coach.library, coach.index)

    return Mining(find, advise)
