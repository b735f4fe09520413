"""A box for words that is read while someone types, and never takes the cursor from them.

Streamlit's own text area is read when it is left. This one sends what stands in it shortly after
the last key, and takes words from the page only when the page itself filled some in.
"""

from __future__ import annotations

from collections.abc import Callable

import identity
import session
import streamlit as st
from session import Key

#: Milliseconds without a key before the words are read.
_PAUSE = 400
_HTML = """
<label for="box"></label>
<textarea id="box" rows="4" aria-describedby="help" readonly></textarea>
<p id="help"></p>
"""
# Words are sent with the time: the same words again after the page filled in others are a change.
# `filled` tells words of the page from the echo of older typing, which must never come back.
# What is not yet kept stands in this tab's own storage, so that a refresh in mid-word finds it.
_JS = """
export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.querySelector("textarea");
  parentElement.querySelector("label").textContent = data.label;
  parentElement.querySelector("p").textContent = data.help;
  box.placeholder = data.placeholder;
  box.maxLength = data.most;
  box.send = () => {
    clearTimeout(box.timer);
    if (box.value === box.sent) return;
    box.sent = box.value;
    setStateValue("typed", { text: box.value, at: Date.now() });
  };
  box.oninput = () => {
    sessionStorage.setItem(data.store, JSON.stringify({ text: box.value, draft: data.draft }));
    clearTimeout(box.timer);
    box.timer = setTimeout(() => box.send(), data.pause);
  };
  box.onblur = () => box.send();
  box.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.send();
    event.stopPropagation();
  };
  const found = () => {
    const left = JSON.parse(sessionStorage.getItem(data.store) ?? "null");
    // A draft that was never kept comes back under another name, and empty.
    return left && (left.draft === data.draft || !data.text) ? left.text : data.text;
  };
  const unsent = box.sent !== undefined && box.value !== box.sent;
  if (box.filled !== data.filled && !unsent) {
    box.sent = data.text;
    box.value = box.readOnly ? found() : data.text;
    box.send();
  }
  if (box.value === data.text) sessionStorage.removeItem(data.store);
  box.filled = data.filled;
  box.readOnly = false;
}
"""
_CSS = """
label { display: block; margin-bottom: .25rem; font-size: .875rem; line-height: 1.6;
  color: var(--st-text-color) }
textarea { display: block; box-sizing: border-box; width: 100%; min-height: 7.5rem;
  max-height: 24rem; field-sizing: content; resize: vertical; padding: .75rem; font: inherit;
  font-size: .875rem; line-height: 1.4; color: var(--st-text-color);
  background: var(--st-secondary-background-color);
  border: 1px solid var(--st-widget-border-color); border-radius: var(--st-base-radius) }
textarea:focus { outline: 1px solid var(--st-primary-color); outline-offset: 0;
  border-color: var(--st-primary-color) }
textarea::placeholder { color: color-mix(in srgb, var(--st-text-color) 70%, transparent);
  opacity: 1 }
p { margin: .25rem 0 0; font-size: .875rem; line-height: 1.6;
  color: color-mix(in srgb, var(--st-text-color) 60%, transparent) }
"""
_STATUS_JS = """
export default function ({ data, parentElement }) {
  const line = parentElement.querySelector("p");
  if (line.textContent !== data.text) line.textContent = data.text;
}
"""
_STATUS_CSS = "p { margin: 0; font-weight: 600; color: var(--st-text-color) }"


def live_box(  # noqa: PLR0913 - what a person sees of it, by name
    name: Key, label: str, *, most: int, placeholder: str, describing: str, then: Callable[[], None]
) -> None:
    """The words of ``name``, at most ``most`` characters, kept in the session as they are typed.

    ``describing`` stands under the box and is read out with it; ``then`` is called after each
    change. Words that the page itself puts in come through ``fill``.
    """
    key = f"{name}_box"

    def keep() -> None:
        typed = st.session_state[key].get("typed")
        text = typed.get("text") if isinstance(typed, dict) else None
        if isinstance(text, str):
            st.session_state[name] = text[:most]
            then()

    box = st.components.v2.component("coach_live_box", html=_HTML, css=_CSS, js=_JS)
    box(
        data={
            "label": label,
            "text": str(st.session_state[name]),
            # Of one person: whoever signs in next in this tab must not find it.
            "store": f"coach {name} {identity.who().person_id}",
            "draft": str(st.session_state[Key.DRAFT]),
            "filled": st.session_state.get(Key.FILLED, 0),
            "most": most,
            "placeholder": placeholder,
            "help": describing,
            "pause": _PAUSE,
        },
        key=key,
        on_typed_change=keep,
    )


def fill(name: Key, text: str) -> None:
    """Put words of the page into a live box, and keep them."""
    st.session_state[name] = text
    st.session_state[Key.FILLED] = st.session_state.get(Key.FILLED, 0) + 1
    session.save()


def status(text: str, key: str) -> None:
    """A line that is read out when it changes, without moving the focus."""
    line = st.components.v2.component(
        "coach_status", html='<p role="status"></p>', css=_STATUS_CSS, js=_STATUS_JS
    )
    line(data={"text": text}, key=key)
