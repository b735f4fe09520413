"""A conversation coach for reverse mentoring: juniors mentor seniors.

>>> from coach import Brief, open_coach
>>> agenda = open_coach().agenda(Brief(topic="safe use of generative AI"))

Importing this package loads none of the heavy vendors; each is loaded where
it is first needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.bootstrap import Coach, open_coach
    from coach.domain.agenda import Agenda, AgendaItem
    from coach.domain.brief import Brief, Setting
    from coach.domain.guidance import Citation, Passage, SearchResult
    from coach.domain.questions import Question
    from coach.errors import CoachError
    from coach.settings import CoachSettings

__version__ = "0.1.0"

_HOME = {
    "Agenda": "coach.domain.agenda",
    "AgendaItem": "coach.domain.agenda",
    "Brief": "coach.domain.brief",
    "Citation": "coach.domain.guidance",
    "Coach": "coach.bootstrap",
    "CoachError": "coach.errors",
    "CoachSettings": "coach.settings",
    "Passage": "coach.domain.guidance",
    "Question": "coach.domain.questions",
    "SearchResult": "coach.domain.guidance",
    "Setting": "coach.domain.brief",
    "open_coach": "coach.bootstrap",
}

__all__ = [
    "Agenda",
    "AgendaItem",
    "Brief",
    "Citation",
    "Coach",
    "CoachError",
    "CoachSettings",
    "Passage",
    "Question",
    "SearchResult",
    "Setting",
    "__version__",
    "open_coach",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'coach' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
