"""What somebody wrote about the sessions of a pair that is over, for them alone to read."""

from __future__ import annotations

import streamlit as st
from changing import change, say
from evidence import mark_of, title_of
from identity import who_sees_this
from naming import told
from reflect_form import FEELINGS
from times import day_words, my_zone
from words import plain

from coach.domain.kept_reflection import FROM_FILE, KeptSummary, Reflection
from coach.domain.reflection import ItemKind
from coach.pair.former import FormerPair
from coach.pair.reflection_prompts import titles


def show_former_reflections(pair: FormerPair) -> None:
    """Each reflection folded away, the newest session first; its words stay as they are."""
    written = {one.session_id: one for one in pair.reflections if one.written or one.summary}
    if not written:
        return
    st.markdown("## Your reflections", anchors=False)
    zone = my_zone(pair.me.zone)
    for session in sorted(pair.sessions, key=lambda one: one.starts, reverse=True):
        if session.id not in written:
            continue
        about = f" · {plain(session.topic)}" if session.topic else ""
        label = f"{day_words(session.starts.astimezone(zone).date())}{about}"
        with st.expander(label, key=f"reflection_{session.id}", on_change="rerun") as part:
            if part.open:
                _show(written[session.id])
    st.caption(f"{who_sees_this()} They are in your archive too, under Your data.")


def _show(mine: Reflection) -> None:
    if mine.after is not None:
        st.markdown(f"You left feeling {FEELINGS[str(mine.after)]}.")
    names = titles()
    for one in mine.written:
        title = one.source if one.prompt == FROM_FILE else names.get(one.prompt, "")
        st.markdown(f"**{told(title)}**")
        # As it was typed, its lines kept and nothing in it markup.
        st.text(one.text)
    if mine.summary and mine.summary.lines:
        _show_summary(mine.summary)
    if mine.shared is not None:
        st.caption("You shared the summary.")
    place = f"themes of {mine.session_id}"
    if mine.themes_may_count:
        st.button(
            "Take my statements out of the program’s themes",
            key=f"take_back_{mine.session_id}",
            icon=":material/undo:",
            on_click=change,
            args=(place, lambda at, me: at.contributing.take_back(me, mine.session_id)),
            help="What a release has told already stays, and tells of nobody.",
        )
    say(place)


def _show_summary(summary: KeptSummary) -> None:
    st.markdown("**In short**")
    st.markdown(" ".join(told(one.text) for one in summary.sentences))
    for kind in ItemKind:
        found = [one for one in summary.items if one.kind is kind]
        if found:
            st.markdown(f"**{title_of(kind)}**")
            marks = (f" :small[{mark}]" if (mark := mark_of(one)) else "" for one in found)
            lines = zip((told(one.text) for one in found), marks, strict=True)
            st.markdown("\n".join(f"- {text}{mark}" for text, mark in lines))
