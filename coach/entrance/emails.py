"""E-mail addresses as people type them."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from coach.domain.program import Email

_EMAIL = TypeAdapter[str](Email)


def as_email(typed: str) -> str:
    """``typed`` as an address is kept and compared; empty if it is none."""
    try:
        return _EMAIL.validate_python(typed)
    except ValidationError:
        return ""
