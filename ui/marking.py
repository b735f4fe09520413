"""A message with the words marked that may threaten face, and the reason on hover and focus."""

from __future__ import annotations

import html

import streamlit as st

from coach.domain.phrasing import Finding, TactCheck

#: Lines under words differ by kind, so that nothing hangs on colour; a number leads to the reason.
_LINES = ("wavy", "dotted", "double", "dashed", "solid")
_STYLE = """<style>
.coach-message{line-height:2;white-space:pre-wrap;overflow-wrap:anywhere}
.coach-mark{position:relative;text-decoration-line:underline;text-decoration-thickness:2px;
 text-underline-offset:4px;text-decoration-color:currentColor;cursor:help;border-radius:3px}
.coach-mark sup{font-weight:700;margin-left:1px}
.coach-why{display:none;position:absolute;left:0;top:1.9em;z-index:9;width:min(20rem,70vw);
 padding:.6rem .8rem;border:1px solid currentColor;border-radius:.5rem;line-height:1.4;
 white-space:normal;font-size:.9rem;background:Canvas;color:CanvasText}
.coach-mark:hover .coach-why,.coach-mark:focus .coach-why{display:block}
.coach-mark:focus{outline:2px solid currentColor;outline-offset:2px}
</style>"""


def show_marked(checked: TactCheck) -> None:
    """The message as typed; Tab moves from one marked span to the next.

    Streamlit has no such part: this is fixed markup of ours, and every typed character in it is
    escaped.
    """
    findings = outermost(checked.findings)
    parts, place = [], 0
    for number, found in enumerate(findings, start=1):
        parts.append(html.escape(checked.text[place : found.start]))
        parts.append(_mark(checked.text[found.start : found.end], found, number))
        place = found.end
    parts.append(html.escape(checked.text[place:]))
    st.html(f'{_STYLE}<div class="coach-message">{"".join(parts)}</div>')


def _mark(words: str, found: Finding, number: int) -> str:
    kind = found.kind.value.replace("_", " ")
    line = _LINES[list(type(found.kind)).index(found.kind) % len(_LINES)]
    dark = "dark" if st.context.theme.type == "dark" else "light"
    return (
        f'<span class="coach-mark" tabindex="0" style="text-decoration-style:{line};'
        f'color-scheme:{dark}">{html.escape(words)}<sup>{number}</sup>'
        f'<span class="coach-why" role="note"><b>{html.escape(kind.capitalize())}.</b> '
        f"{html.escape(found.why)} <i>{html.escape(found.instead)}</i></span></span>"
    )


def outermost(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings without those that overlap a graver or longer one."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (-f.severity, -(f.end - f.start))):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda found: found.start)
