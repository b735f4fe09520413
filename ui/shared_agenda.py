"""The agenda that the two share for their next session, and its older versions."""

from __future__ import annotations

from typing import Any

import engine
import streamlit as st
from agenda_editing import EDITING, edit, show_clash
from agenda_view import show_timeline
from citing import citation_buttons
from naming import called
from set_aside import show_set_aside
from times import moment_words, my_zone
from unfinished import Unfinished
from words import bullets, plain, quote

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.identity import Actor
from coach.domain.meeting import AgendaVersion, Session
from coach.domain.program import Role
from coach.pair.home import PairHome


def show_agenda(home: PairHome, actor: Actor) -> None:
    """The newest version to read and edit, or the way to a first one."""
    if home.next is None:
        return
    st.markdown("## The agenda", anchors=False)
    if home.agenda is None:
        st.markdown(
            "Nothing is shared yet. Prepare the session and share what you made; then both of you "
            "can edit it here."
        )
        return
    kept = home.agenda.agenda
    form = Unfinished(f"agenda-{home.next.id}", {"agenda": kept.model_dump(mode="json")}, actor)
    mine = _read(form)
    if form.clashes and mine:
        show_clash(home, home.agenda, form, mine)
    elif mine and (form.changed or st.session_state.get(EDITING) == home.next.id):
        edit(home, home.agenda, form, mine)
    else:
        _show(home, home.next, home.agenda, form)
        show_set_aside(home, home.next.id, form, actor)


def _read(form: Unfinished) -> Agenda | None:
    try:
        return Agenda.model_validate(form.mine["agenda"])
    except ValueError:
        # A draft of an earlier form of the agenda.
        form.forget()
        return None


def _show(home: PairHome, upcoming: Session, version: AgendaVersion, form: Unfinished) -> None:
    show_timeline(version.agenda)
    if version.agenda.brief.minutes != upcoming.minutes:
        st.markdown(
            f"This agenda takes {version.agenda.brief.minutes} minutes, and the session has "
            f"{upcoming.minutes}. Prepare it anew to fit."
        )
    for place, item in enumerate(version.agenda.items):
        label = f"**{item.minutes} min** · {plain(item.title)}"
        # Drawn once it is opened: all of them would be most of what the page has to send.
        with st.expander(label, key=f"part_{version.id}_{place}", on_change="rerun") as part:
            if part.open:
                _show_item(home, item, place)
    if home.my_role is Role.MENTEE:
        st.caption(f"Its words are for the mentor: “you” in them is {called(home.partner)}.")
    st.caption(f"{_saved(home, version)} You and {called(home.partner)} see this.")
    with st.container(horizontal=True):
        st.button(
            "Edit",
            key="edit_agenda",
            icon=":material/edit:",
            on_click=st.session_state.__setitem__,
            args=(EDITING, upcoming.id),
        )
        if version.number > 1:
            _show_older(home, version, form)


def _show_item(home: PairHome, item: AgendaItem, place: int) -> None:
    st.markdown(plain(item.purpose))
    st.markdown("**Words to open with**")
    st.markdown(quote(item.open_with))
    if item.questions:
        st.markdown("**Questions to ask**")
        st.markdown(bullets(item.questions))
    st.markdown("**If it gets awkward**")
    st.markdown(plain(item.if_awkward))
    me, partner = called(home.me), called(home.partner)
    mentor, mentee = (me, partner) if home.my_role is Role.MENTOR else (partner, me)
    gives = item.give_and_take
    st.markdown(
        f"**{mentor} gives:** {plain(gives.mentor_gives)}. **{mentee} gives:** "
        f"{plain(gives.mentee_gives)}."
    )
    st.markdown("**Stands on**")
    citation_buttons(item.citations, key=f"shared_{place}")


def _saved(home: PairHome, version: AgendaVersion) -> str:
    who = "you" if version.by_id == home.me.id else called(home.partner)
    when = moment_words(version.saved, my_zone(home.me.zone))
    return f"Version {version.number}, saved by {who} on {when}."


def _show_older(home: PairHome, newest: AgendaVersion, form: Unfinished) -> None:
    with st.popover(
        "Older versions", icon=":material/history:", key="older_versions", on_change="rerun"
    ) as older:
        if not older.open:
            return
        actor = Actor(person_id=home.me.id)
        for version in engine.workspace().agendas.versions(actor, newest.session_id):
            if version.number == newest.number:
                continue
            st.markdown(f"**{_saved(home, version)}**")
            st.markdown(
                "\n".join(
                    f"- {item.minutes} min · {plain(item.title)}" for item in version.agenda.items
                )
            )
            st.button(
                "Begin from this one",
                key=f"older_{version.id}",
                on_click=form.fill,
                args=("agenda", _plain_values(version.agenda)),
                help="It opens for you to edit. Nothing changes for the two of you until you save.",
            )


def _plain_values(agenda: Agenda) -> dict[str, Any]:
    return agenda.model_dump(mode="json")
