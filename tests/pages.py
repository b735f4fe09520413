"""How tests find a page's parts."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest


def box(widgets: Any, start: str) -> Any:
    """The only widget whose key is ``start`` and a mark of its words."""
    (found,) = (widget for widget in widgets if str(widget.key).startswith(f"{start}_"))
    return found


def edit_words(app: AppTest, name: int) -> None:
    """Open the boxes in which the words of the agenda's part ``name`` are changed."""
    app.session_state[f"words_{name}"] = True
    app.run()
