"""A message with the words marked that may threaten face, and the reason on hover and focus."""

from __future__ import annotations

import streamlit as st

from coach.domain.phrasing import Finding, TactCheck

#: Lines under words differ by kind, so that nothing hangs on colour; a number leads to the reason.
_LINES = ("wavy", "dotted", "double", "dashed", "solid")
_HTML = '<div class="message"></div>'
# Typed words become text nodes and are never read as markup. A reason stays while the pointer is
# on it, goes with Escape, and never leaves the width of the message.
_JS = """
export default function ({ data, parentElement }) {
  const message = parentElement.querySelector(".message");
  const make = (tag, text, home) => {
    const made = document.createElement(tag);
    made.textContent = text;
    home.append(made);
    return made;
  };
  const reasons = [];
  let leaving;
  const hide = () => { clearTimeout(leaving); reasons.forEach((one) => { one.hidden = true; }); };
  const soon = () => { leaving = setTimeout(hide, 200); };
  const show = (mark, reason) => {
    hide();
    reason.hidden = false;
    const around = message.getBoundingClientRect();
    const rows = mark.getClientRects();
    const row = rows[rows.length - 1];
    const most = around.width - reason.offsetWidth;
    reason.style.left = `${Math.max(0, Math.min(row.left - around.left, most))}px`;
    reason.style.top = `${row.bottom - around.top + 6}px`;
  };
  message.replaceChildren();
  for (const piece of data.pieces) {
    if (!piece.number) {
      message.append(piece.text);
      continue;
    }
    const mark = make("mark", piece.text, message);
    make("sup", piece.number, mark);
    mark.tabIndex = 0;
    mark.style.textDecorationStyle = piece.line;
    mark.setAttribute("aria-describedby", `why${piece.number}`);
    const reason = make("div", "", message);
    reason.id = `why${piece.number}`;
    reason.className = "why";
    reason.setAttribute("role", "tooltip");
    reason.hidden = true;
    make("b", `${piece.kind}.`, reason);
    reason.append(` ${piece.why} `);
    make("i", piece.instead, reason);
    reasons.push(reason);
    mark.onfocus = mark.onmouseenter = () => show(mark, reason);
    mark.onblur = hide;
    mark.onclick = () => mark.focus();
    mark.onmouseleave = reason.onmouseleave = soon;
    reason.onmouseenter = () => clearTimeout(leaving);
  }
  const escape = (event) => { if (event.key === "Escape") hide(); };
  window.removeEventListener("keydown", message.escape);
  window.addEventListener("keydown", escape);
  message.escape = escape;
  return () => window.removeEventListener("keydown", message.escape);
}
"""
_CSS = """
.message { position: relative; line-height: 2; white-space: pre-wrap; overflow-wrap: anywhere;
  color: var(--st-text-color) }
mark { color: inherit; background: none; cursor: help; border-radius: 3px;
  text-decoration: underline 2px; text-underline-offset: 4px }
mark:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px }
sup { font-weight: 700; margin-left: 1px; line-height: 0 }
.why { position: absolute; z-index: 9; box-sizing: border-box; width: max-content;
  max-width: min(20rem, 100%); padding: .6rem .8rem; line-height: 1.4; white-space: normal;
  font-size: .9rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-text-color); border-radius: var(--st-base-radius) }
.why[hidden] { display: none }
"""


def show_marked(checked: TactCheck) -> None:
    """The message as typed; Tab moves from one marked span to the next."""
    pieces: list[dict[str, str]] = []
    place = 0
    for number, found in enumerate(outermost(checked.findings), start=1):
        pieces.extend(({"text": checked.text[place : found.start]}, _mark(checked, found, number)))
        place = found.end
    pieces.append({"text": checked.text[place:]})
    marked = st.components.v2.component("coach_marked", html=_HTML, css=_CSS, js=_JS)
    marked(data={"pieces": pieces}, key="marked")


def _mark(checked: TactCheck, found: Finding, number: int) -> dict[str, str]:
    return {
        "text": checked.text[found.start : found.end],
        "number": str(number),
        "line": _LINES[list(type(found.kind)).index(found.kind) % len(_LINES)],
        "kind": found.kind.value.replace("_", " ").capitalize(),
        "why": found.why,
        "instead": found.instead,
    }


def outermost(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings without those that overlap a graver or longer one."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (-f.severity, -(f.end - f.start))):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda found: found.start)
