"""The archive of one's own data, made when it is asked for."""

from __future__ import annotations

import engine
import identity

from coach.bootstrap import export_own_data


def export_archive() -> bytes:
    """Everything about whoever clicks, as a ZIP file."""
    return export_own_data(engine.workspace().own_data.export(identity.who()))
