"""From the pair's home to the brief, and from the agenda back to the pair."""

from __future__ import annotations

from typing import Any

import engine
import identity
import session
import streamlit as st
from session import Key
from words import plain

from coach.domain.agenda import Agenda
from coach.domain.brief import MAX_NAME, Brief, Setting
from coach.domain.meeting import AgendaVersion
from coach.domain.program import Role
from coach.errors import CoachError, ConflictError
from coach.pair.home import MyPair, PairHome


def offer(role: Role) -> None:
    """Fill the brief from the next session of a pair in which I have this role."""
    if st.session_state[Key.MEETING] or st.session_state[Key.TOPIC].strip():
        return
    for mine in _pairs():
        if mine.my_role is not role:
            continue
        st.button(
            f"Prepare the next session with {plain(mine.partner.name)}",
            key=f"prepare_{mine.pair.id}",
            icon=":material/group:",
            on_click=fill,
            args=(mine.pair.id,),
        )


def fill(pair_id: str) -> None:
    """The brief of a pair's next session: what is known need not be typed."""
    home = engine.workspace().home.open(identity.who(), pair_id)
    if home.next and engine.workspace().drafts.read(identity.who(), home.next.id):
        # What I began for this session and did not share, for whoever closed the browser.
        session.bring_back(home.next.id)
        session.begin(identity.who())
        return
    names = tuple(name[:MAX_NAME] for name in (home.me.name, home.partner.name))
    agenda = home.agenda.agenda if home.agenda else None
    if agenda:
        # What one types for oneself is not in what was shared.
        brief = agenda.brief.model_copy(update={"participants": names, "session": home.place})
        agenda = agenda.model_copy(update={"brief": brief})
    else:
        brief = _first_brief(home, names)
    for key, value in _as_typed(brief).items():
        st.session_state[key] = value
    st.session_state[Key.PAIR] = pair_id
    st.session_state[Key.MEETING] = home.next.id if home.next else ""
    st.session_state[Key.SHARED] = home.agenda.number if home.agenda else 0
    if home.next:
        st.session_state[Key.DRAFT] = home.next.id
    if agenda:
        session.keep_agenda(agenda, names=list(range(len(agenda.items))))
    session.save()


def _first_brief(home: PairHome, names: tuple[str, ...]) -> Brief:
    upcoming = home.next
    topic = upcoming.topic if upcoming else ""
    return Brief.model_construct(
        topic=topic,
        minutes=upcoming.minutes if upcoming else home.program.session_minutes,
        session=home.place,
        planned_sessions=home.program.planned_sessions,
        mentor_role=home.pair.mentor_role,
        mentee_role=home.pair.mentee_role,
        setting=upcoming.setting if upcoming else Setting.IN_PERSON,
        carried_over=tuple(promise.what for promise in home.carried),
        participants=names,
        goals=_goals(home),
    )


def _as_typed(brief: Brief) -> dict[Key, Any]:
    return {
        Key.TOPIC: brief.topic,
        Key.MINUTES: brief.minutes,
        Key.SESSION: brief.session,
        Key.PLANNED: brief.planned_sessions,
        Key.MENTOR_ROLE: brief.mentor_role,
        Key.MENTEE_ROLE: brief.mentee_role,
        Key.SETTING: brief.setting.value,
        Key.CARRIED_OVER: "\n".join(brief.carried_over),
        Key.PARTICIPANTS: "\n".join(brief.participants),
        Key.GOALS: list(brief.goals),
        Key.KIT: brief.kit,
    }


def share_bar(agenda: Agenda) -> None:
    """Share the agenda with my partner, or say that they saved one meanwhile."""
    meeting = st.session_state[Key.MEETING]
    pairs = (mine for mine in _pairs() if mine.pair.id == st.session_state[Key.PAIR])
    mine = next(pairs, None)
    if not meeting or mine is None:
        return
    partner = plain(mine.partner.name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Share with {partner}",
            key="share",
            icon=":material/group:",
            on_click=_share,
            args=(agenda, meeting),
        )
        number = st.session_state[Key.SHARED]
        st.caption(
            f"Shared as version {number}. {partner} can read and edit it."
            if number
            else "Only you see this until you share it. Your worry is never shared.",
            width="content",
        )
    _show_clash(partner)


def _share(agenda: Agenda, meeting: str) -> None:
    try:
        version = engine.workspace().agendas.share(
            identity.who(), meeting, agenda, after=st.session_state[Key.SHARED]
        )
    except ConflictError as error:
        st.session_state["share_clash"] = (str(error), error.theirs)
        return
    except CoachError as error:
        st.session_state["share_clash"] = (str(error), None)
        return
    st.session_state.pop("share_clash", None)
    st.session_state[Key.SHARED] = version.number
    session.save()


def _show_clash(partner: str) -> None:
    message, theirs = st.session_state.get("share_clash", ("", None))
    if not message:
        return
    st.warning(plain(message), icon=":material/difference:")
    if theirs is None:
        return
    with st.expander(f"The version that {partner} saved"):
        for item in theirs.agenda.items:
            st.markdown(f"**{item.minutes} min** {plain(item.title)}")
    with st.container(horizontal=True):
        st.button("Save mine on top", key="mine_on_top", on_click=_on_top, args=(theirs.number,))
        st.button("Take theirs", key="take_theirs", on_click=_take, args=(theirs,))


def _on_top(number: int) -> None:
    st.session_state[Key.SHARED] = number
    st.session_state.pop("share_clash", None)
    agenda = session.read_agenda()
    if agenda:
        _share(agenda, st.session_state[Key.MEETING])


def _take(theirs: AgendaVersion) -> None:
    st.session_state[Key.SHARED] = theirs.number
    st.session_state.pop("share_clash", None)
    session.keep_agenda(theirs.agenda, names=list(range(len(theirs.agenda.items))))
    st.toast("Your own version is not lost: “Undo” brings it back.", duration="long")


def _goals(home: PairHome) -> tuple[str, ...]:
    agreed = home.in_force
    learned = (agreed.mentor.learns, agreed.mentee.learns) if agreed else ()
    return tuple(goal for goal in learned if goal)


def _pairs() -> tuple[MyPair, ...]:
    return engine.workspace().home.mine(identity.who())
