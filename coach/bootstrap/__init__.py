"""Wire the coach: the only room that picks adapters."""

from coach.bootstrap.coach import Coach, open_coach
from coach.bootstrap.entrance import Entrance, open_cookie_secret
from coach.bootstrap.exports import (
    export_agenda,
    export_cancellations,
    export_learned,
    export_own_data,
    export_questions,
    export_session_update,
    export_sessions,
    export_themes,
    learned_pdf_note,
)
from coach.bootstrap.indexes import (
    build_index_of,
    build_own_index,
    open_documents,
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
from coach.bootstrap.notes import NOTES, read_notes
from coach.bootstrap.phrasing import Phrasing, open_phrasing
from coach.bootstrap.reading import open_reading
from coach.bootstrap.records import (
    back_up_records,
    check_records,
    list_keys,
    open_erasures,
    open_records,
    restore_records,
    rotate_keys,
    tidy_records,
)
from coach.bootstrap.reflecting import Reflecting, open_reflecting
from coach.bootstrap.workspace import Workspace, open_workspace

__all__ = [
    "NOTES",
    "Coach",
    "Entrance",
    "Phrasing",
    "Reflecting",
    "Workspace",
    "back_up_records",
    "build_index_of",
    "build_own_index",
    "check_model",
    "check_records",
    "choose_embedder",
    "export_agenda",
    "export_cancellations",
    "export_learned",
    "export_own_data",
    "export_questions",
    "export_session_update",
    "export_sessions",
    "export_themes",
    "learned_pdf_note",
    "list_keys",
    "model_is_set",
    "open_coach",
    "open_cookie_secret",
    "open_documents",
    "open_erasures",
    "open_identifiers",
    "open_index",
    "open_journal",
    "open_model",
    "open_phrasing",
    "open_reading",
    "open_records",
    "open_reflecting",
    "open_screen",
    "open_verifier",
    "open_workspace",
    "read_notes",
    "restore_records",
    "rotate_keys",
    "tidy_records",
]
