"""Before a session is cancelled: what could be done instead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import engine
import identity
import streamlit as st
from boxes import line
from changing import made, seen
from moving import say_in_dialog
from naming import called
from times import moment_words, my_zone, pick_moment
from unfinished import Unfinished
from words import plain

from coach.bootstrap import Workspace
from coach.domain.agenda import Agenda, AgendaItem, ItemKind
from coach.domain.brief import MAX_TOPIC, Brief
from coach.domain.identity import Actor
from coach.domain.meeting import Session
from coach.domain.program import Role
from coach.errors import CoachError
from coach.pair.home import PairHome
from coach.pair.sessions import Rescue

#: What a quarter of an hour is about where nothing else was said.
_TOPIC = "how we work together"


@st.dialog("Before you cancel", width="medium")
def ask_before_cancelling(home: PairHome, session: Session) -> None:
    """A shorter session first, then another day, and cancelling last."""
    place = f"cancel {session.id}"
    newest = seen(place, session)
    try:
        rescue = engine.workspace().sessions.before_cancelling(identity.who(), session.id)
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    note = st.container()
    st.markdown(plain(rescue.why_it_matters))
    _show_card(rescue)
    if rescue.talk_about_rhythm:
        st.page_link(
            "app_pages/agreement.py", label="Change the rhythm", icon=":material/handshake:"
        )
    if newest.starts > datetime.now(UTC):
        _offer_short(home, newest, rescue, place)
    _offer_another_day(home, newest, rescue, place)
    _cancel(home, newest, place)
    with note:
        say_in_dialog(home, session, place)


def _show_card(rescue: Rescue) -> None:
    library = engine.coach().library
    card = library.by_key[rescue.card]
    with st.expander(f"From the library: {plain(card.title)}", type="compact"):
        for section in card.sections[:3]:
            st.markdown(f"**{plain(' · '.join(section.path))}**")
            st.markdown(library.readable(section.text))


def _offer_short(home: PairHome, session: Session, rescue: Rescue, place: str) -> None:
    with st.container(border=True):
        st.markdown("### A quarter of an hour instead", anchors=False)
        agenda = _short_agenda(home, session, rescue.short_minutes)
        st.markdown(
            f"{moment_words(session.starts, my_zone(home.me.zone))}, for {rescue.short_minutes} "
            "minutes:"
        )
        parts = (f"- {one.minutes} min · {_told_to(home, one)}" for one in agenda.items)
        st.markdown("\n".join(parts))
        if home.my_role is Role.MENTEE:
            st.caption(f"{called(home.partner)} opens each part; what you bring is your own work.")

        def shorten(at: Workspace, who: Actor) -> None:
            newest = at.agendas.newest(who, session.id)
            at.sessions.move(
                who, session.id, session.version, session.starts, minutes=rescue.short_minutes
            )
            at.agendas.share(who, session.id, agenda, after=newest.number if newest else 0)

        if st.button("Keep it short", key=f"short_{place}", type="primary") and made(
            place, shorten
        ):
            st.rerun()


def _told_to(home: PairHome, item: AgendaItem) -> str:
    """What a part is called, said to the one who reads it: agendas speak to the mentor."""
    if home.my_role is Role.MENTEE and item.kind is ItemKind.DRIVE:
        return plain(f"You drive: {item.title.partition(': ')[2]}")
    if home.my_role is Role.MENTEE and item.kind is ItemKind.EXCHANGE:
        return "Trade places: you give something back"
    return plain(item.title)


def _short_agenda(home: PairHome, session: Session, minutes: int) -> Agenda:
    planned = home.agenda.agenda.brief.topic if home.agenda else ""
    topics = (topic[:MAX_TOPIC] for topic in (session.topic, planned, _TOPIC))
    return engine.coach().agenda(
        Brief(
            # A topic has letters; what somebody typed may have none.
            topic=next(topic for topic in topics if any(mark.isalpha() for mark in topic)),
            minutes=minutes,
            session=home.place,
            planned_sessions=home.program.planned_sessions,
            mentor_role=home.pair.mentor_role,
            mentee_role=home.pair.mentee_role,
            setting=session.setting,
            carried_over=tuple(promise.what for promise in home.carried[:1]),
        )
    )


def _offer_another_day(home: PairHome, session: Session, rescue: Rescue, place: str) -> None:
    zone = my_zone(home.me.zone)
    with st.container(border=True):
        st.markdown("### Another day", anchors=False)
        starts = pick_moment(place, _coming(rescue.instead), zone)
        if st.button("Move it there", key=f"move_{place}") and made(
            place,
            lambda at, who: at.sessions.move(
                who, session.id, session.version, starts, zone=zone.key
            ),
        ):
            st.rerun()


def _cancel(home: PairHome, session: Session, place: str) -> None:
    form = Unfinished(f"cancel-{session.id}", {"reason": ""}, identity.who())
    line(form, "reason", f"Why, if you like. {called(home.partner)} reads it.")
    if st.button("Cancel it all the same", key=f"cancel_{place}") and made(
        place,
        lambda at, who: at.sessions.cancel(who, session.id, session.version, form.mine["reason"]),
    ):
        form.forget()
        st.rerun()


def _coming(moment: datetime) -> datetime:
    """The same time of the week, not in the past."""
    while moment < datetime.now(UTC):
        moment += timedelta(weeks=1)
    return moment
