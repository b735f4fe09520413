"""An organisation's own documents on the library page: add, list, remove."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath

import engine
import identity
import streamlit as st
from words import plain

from coach.errors import CoachError
from coach.policy.table import Action
from coach.screening.screen import LIKE_AN_ORDER

_KINDS = ["md", "txt", "pdf", "docx"]


def show_documents() -> None:
    """What was added, and the way to add more. Everybody on this machine searches in them."""
    if Action.MANAGE_LIBRARY not in identity.reach().actions:
        return
    coach = engine.coach()
    st.markdown("## Your organisation’s documents", anchors=False)
    st.markdown(
        "A policy or a guide of your own is searched beside the cards. Its text is kept on this "
        "machine until you remove it."
    )
    for document in coach.documents.list():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{plain(document.source)}**, added {document.added:%d %B %Y}", width="stretch"
            )
            st.button(
                f"Remove {plain(document.source)}",
                key=f"remove_{document.id}",
                icon=":material/delete:",
                on_click=_remove,
                args=(document.id,),
            )
    if st.session_state.get("document_said"):
        st.warning(plain(st.session_state["document_said"]), icon=":material/error:")
    # A new box after each file: the old one would still show what was added.
    count = st.session_state.setdefault("documents_added", 0)
    uploaded = st.file_uploader(
        "Choose Markdown, text, PDF or Word, then add it",
        type=_KINDS,
        key=f"document_upload_{count}",
        max_upload_size=25,
    )
    if uploaded and st.button("Add to the library", key="add_document", type="primary"):
        with st.spinner("Reading it …"):
            _add(uploaded.name, uploaded.getvalue())
        st.session_state["documents_added"] = count + 1
        st.rerun()


def _add(name: str, content: bytes) -> None:
    coach = engine.coach()
    # Only the last part of the name is ever used: a browser may send a whole path.
    safe = PurePath(name.replace("\\", "/")).name or "document.txt"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe
        try:
            engine.workspace().guidance.manage(identity.who())
            path.write_bytes(content)
            _, orders = coach.add_document(path)
            coach.rebuild()
        except (CoachError, OSError, ValueError) as error:
            st.session_state["document_said"] = str(error)
        else:
            said = [f"{LIKE_AN_ORDER}: “{order}”" for order in orders]
            st.session_state["document_said"] = " ".join(said)
            st.toast(f"{plain(safe)} was added: questions find it now.", duration="long")


def _remove(name: str) -> None:
    coach = engine.coach()
    st.session_state["document_said"] = ""
    try:
        engine.workspace().guidance.manage(identity.who())
        coach.documents.remove(name)
        coach.rebuild()
    except CoachError as error:
        st.session_state["document_said"] = str(error)
