"""Wire the coach: the only room that picks adapters."""

from coach.bootstrap.coach import Coach, open_coach
from coach.bootstrap.exports import export_agenda, export_questions
from coach.bootstrap.indexes import (
    build_index_of,
    build_own_index,
    open_documents,
    open_drafts,
    open_index,
)
from coach.bootstrap.judges import choose_embedder, open_screen, open_verifier
from coach.bootstrap.models import (
    check_model,
    model_is_set,
    open_identifiers,
    open_journal,
    open_model,
)
from coach.bootstrap.phrasing import Phrasing, open_phrasing

__all__ = [
    "Coach",
    "Phrasing",
    "build_index_of",
    "build_own_index",
    "check_model",
    "choose_embedder",
    "export_agenda",
    "export_questions",
    "model_is_set",
    "open_coach",
    "open_documents",
    "open_drafts",
    "open_identifiers",
    "open_index",
    "open_journal",
    "open_model",
    "open_phrasing",
    "open_screen",
    "open_verifier",
]
