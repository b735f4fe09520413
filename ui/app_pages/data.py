"""Your data: what is kept about you, to take away; and the way to be gone."""

from datetime import UTC

import engine
import identity
import session
import streamlit as st
from words import bullets, plain

from coach.bootstrap import export_own_data
from coach.domain.program import Person
from coach.errors import CoachError
from coach.program.own_data import STAYS


def show_export(person: Person) -> None:
    """Everything about me, in one archive."""
    st.markdown("## Take it with you", anchors=False)
    st.markdown(
        "One archive with everything that is kept about you: your pairs and sessions, shared "
        "agendas, promises, agreements, cards, private notes, reflections, what of them waits for "
        "your program’s themes, drafts, and who did what in your name. Once to read, once for "
        "another program."
    )
    # Made in this run, which knows who acts: a later thread would not, nor of a sign-out.
    export = engine.workspace().own_data.export(identity.who())
    st.download_button(
        "Download my data",
        export_own_data(export),
        "my-mentoring-data.zip",
        "application/zip",
        key="export_data",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
    st.caption(
        f"It holds what is yours, {plain(person.name)}, as it is now. A release of themes deletes "
        "the statements that it counted; of those the archive says only which release it was."
    )


def show_trail() -> None:
    """What was done in my name, without what was in it."""
    with st.expander("What was done in your name"):
        st.caption("Only what was done and when is kept here, never what was written.")
        lines = engine.workspace().own_data.trail(identity.who())
        if not lines:
            st.markdown("Nothing yet.")
        for line in lines:
            refused = "" if line.allowed else " (refused)"
            when = line.at.astimezone(UTC)
            st.markdown(f"{when:%d %B %Y, %H:%M} UTC · {plain(line.action)}{refused}")


def show_deletion(person: Person) -> None:
    """Delete me, after my name was typed."""
    st.markdown("## Delete me", anchors=False)
    st.markdown("Everything that is yours alone is deleted at once. What stays:")
    st.markdown(bullets(STAYS))
    with st.form("delete_me", border=True):
        st.markdown(f"Your name is **{plain(person.name)}**.")
        typed = st.text_input("Type your name to delete yourself", key="typed_name")
        gone = st.form_submit_button("Delete me for good", icon=":material/delete_forever:")
    if not gone:
        return
    try:
        engine.workspace().own_data.delete(identity.who(), typed)
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/edit_note:")
        return
    session.forget()
    identity.leave()
    st.success("You are deleted. You can close this window.")
    st.stop()


st.title("Your data", anchor=False)
st.caption(identity.who_sees_it())
me = engine.workspace().own_data.me(identity.who())
show_export(me)
show_trail()
identity.show_sign_ins()
show_deletion(me)
