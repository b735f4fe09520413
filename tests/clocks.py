"""A clock that only the test moves."""

from __future__ import annotations

from datetime import datetime, timedelta


class HandClock:
    """Calls give the present moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The present moment."""
        return self.moment

    def wait(self, **time: float) -> None:
        """Let time go by: ``hours=3``."""
        self.moment += timedelta(**time)
