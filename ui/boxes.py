"""Boxes for words, which are kept at every pause in typing and not only once a box is left."""

from __future__ import annotations

from typing import Any

import streamlit as st
from unfinished import Unfinished

#: More than may be kept: a box that cuts a long paste off explains nothing.
PASTED = 5_000
#: About ten lines, where somebody tells what happened: what they wrote stays in sight.
LONG = 280
#: About six, where one of several questions is answered.
SHORT = 160
#: Without a key for so long, the words are read.
PAUSE = "600ms"
#: While keys go on coming, they are read after so long.
LONGEST = "3000ms"
# Streamlit reads a text area when it is left, or at Ctrl+Enter: this presses those keys after a
# pause, which moves neither the focus nor the cursor. Never while a letter is being composed, in
# an empty box (somebody may be about to write another line), or in a form, which it would send.
_JS = """
export default function ({ data, parentElement }) {
  const listen = () => {
    let timer, box, since;
    const read = () => {
      since = undefined;
      const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
      if (box.value.trim()) box.dispatchEvent(new KeyboardEvent("keydown", keys));
    };
    const typed = (event) => {
      if (!event.target.matches?.("[data-testid=stTextArea] textarea")) return;
      if (event.target.closest("[data-testid=stForm]")) return;
      clearTimeout(timer);
      box = event.target;
      since ??= Date.now();
      if (event.isComposing) return;
      // Somebody who never pauses is read all the same.
      const left = since + parseInt(data.longest) - Date.now();
      timer = setTimeout(read, Math.max(0, Math.min(parseInt(data.pause), left)));
    };
    const events = ["input", "compositionend"];
    events.forEach((name) => document.addEventListener(name, typed));
    return () => {
      clearTimeout(timer);
      events.forEach((name) => document.removeEventListener(name, typed));
    };
  };
  parentElement.stop ??= listen();
  return parentElement.stop;
}
"""


def line(form: Unfinished, field: str, label: str, **looks: Any) -> None:
    """A box for one line; ``looks`` as for ``st.text_input``."""
    key = form.key(field)
    st.text_input(
        label,
        form.mine[field],
        max_chars=PASTED,
        key=key,
        live=PAUSE,
        on_change=form.typed,
        args=(field, key),
        **looks,
    )


def area(form: Unfinished, field: str, label: str, **looks: Any) -> None:
    """A box for several lines; ``looks`` as for ``st.text_area``."""
    key = form.key(field)
    st.text_area(label, form.mine[field], key=key, on_change=form.typed, args=(field, key), **looks)


def keep_while_typing() -> None:
    """Have the page's text areas read at every pause too; once a page."""
    script = st.components.v2.component("coach_keep_while_typing", html="", js=_JS)
    script(data={"pause": PAUSE, "longest": LONGEST}, key="keep_while_typing")
