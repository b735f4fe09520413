"""How text reaches the screen."""

from __future__ import annotations

from coach.domain.plain import escape_markdown


def plain(text: str) -> str:
    """Typed or quoted text, shown as it is."""
    return escape_markdown(text)


def quote(text: str) -> str:
    """Words to say aloud, set apart."""
    return f"*“{plain(text)}”*"


def bullets(lines: tuple[str, ...]) -> str:
    """Lines as a bulleted list."""
    return "\n".join(f"- {plain(line)}" for line in lines)


def steps(lines: tuple[str, ...]) -> str:
    """Lines as a numbered list."""
    return "\n".join(f"{number}. {plain(line)}" for number, line in enumerate(lines, start=1))
