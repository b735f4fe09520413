"""Notes or a transcript, brought to a reflection: whose turns are mine, and what is taken."""

from __future__ import annotations

import streamlit as st
from naming import told
from reflect_form import ReflectionForm
from words import plain

from coach.bootstrap import NOTES, read_notes
from coach.domain.program import Person
from coach.errors import CoachError
from coach.pair.transcript import Transcript

#: Megabytes of a file; Word keeps pictures beside the words.
_MOST_MB = 25
#: Lines that are shown before they are taken.
_SHOWN = 6


def show_import(form: ReflectionForm, me: Person) -> None:
    """What was brought so far, and a box for more."""
    files = form.files
    with st.expander(
        "Bring notes or a transcript", icon=":material/upload_file:", type="compact", key="bring"
    ):
        for place, (name, text) in enumerate(files):
            _show_file(form, place, name, text)
        # A new box after each file: the old one would still show what was taken.
        uploaded = st.file_uploader(
            "Text, Markdown, Word or captions with speakers",
            type=list(NOTES),
            key=f"notes_{len(files)}",
            max_upload_size=_MOST_MB,
        )
        st.caption("Only the words that you choose are kept, for you alone; the file is not.")
        if uploaded is None:
            return
        try:
            found = read_notes(uploaded.name, uploaded.getvalue())
        except CoachError as error:
            st.warning(plain(str(error)), icon=":material/error:")
            return
        _choose(form, uploaded.name, found, me)


def _show_file(form: ReflectionForm, place: int, name: str, text: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{told(name)}**, {len(text):,} characters", width="stretch")
        st.button(
            "Remove",
            key=f"remove_notes_{place}",
            type="tertiary",
            on_click=form.put_files,
            args=([one for at, one in enumerate(form.files) if at != place],),
        )


def _choose(form: ReflectionForm, name: str, found: Transcript, me: Person) -> None:
    text = found.text
    if found.speakers:
        first = me.name.split()[0].casefold() if me.name.split() else ""
        mine = [who for who in found.speakers if first and first in who.casefold().split()]
        chosen = st.pills(
            "Which of these voices are yours?",
            found.speakers,
            selection_mode="multi",
            default=mine,
            format_func=plain,
            key=f"voices_{len(form.files)}_{name}",
        )
        text = found.words_of(chosen)
        count = sum(turn.speaker in chosen for turn in found.turns)
        st.caption(f"{count} of {len(found.turns)} turns are yours. The others are not kept.")
    lines = text.splitlines()
    if not lines:
        return
    with st.container(border=True):
        st.text("\n".join(lines[:_SHOWN]))
        if len(lines) > _SHOWN:
            st.caption(f"and {len(lines) - _SHOWN:,} lines more")
    st.button(
        "Add my words",
        key="add_notes",
        icon=":material/add:",
        on_click=form.put_files,
        args=([*form.files, [name, text]],),
    )
