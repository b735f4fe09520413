"""How tests find a page's parts."""

from __future__ import annotations

from typing import Any


def box(widgets: Any, start: str) -> Any:
    """The only widget whose key is ``start`` and a mark of its words."""
    (found,) = (widget for widget in widgets if str(widget.key).startswith(f"{start}_"))
    return found
