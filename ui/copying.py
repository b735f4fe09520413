"""A button that copies words, and says that it did."""

from __future__ import annotations

import streamlit as st

_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
    } catch {
      const area = document.createElement("textarea");
      area.value = data.text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = data.label; }, 2000);
  };
}
"""
_CSS = """
button { font: inherit; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, .5rem);
  padding: .35rem .8rem; cursor: pointer }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px }
"""


def copy_button(text: str, key: str, label: str = "Copy") -> None:
    """Copies ``text`` to the clipboard of whoever clicks."""
    button = st.components.v2.component(
        "coach_copy", html='<button type="button"></button>', css=_CSS, js=_JS
    )
    button(data={"text": text, "label": label}, key=key)
