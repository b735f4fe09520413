"""A pair that is over: what happened, and what its two still read."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st
from agreement_text import show_signed
from former_reflections import show_former_reflections
from naming import called, role_words, told
from past_sessions import show_past
from times import day_words, my_zone
from words import bullets, plain, quote

from coach.bootstrap import export_cancellations
from coach.domain.meeting import PreparedKind, Session, SessionState
from coach.domain.program import GONE, Role
from coach.pair.former import Ending, FormerPair

_WHY = {
    Ending.PROGRAM_OVER: "The program ended{on}, and this pair with it.",
    Ending.PARTNER_DELETED: "Your partner deleted themselves from the coach, so this pair ended"
    "{on}.",
    Ending.PARTNER_LEFT: "{partner} left the program{on}, and so this pair ended.",
    Ending.I_LEFT: "You left the program{on}, and so this pair ended.",
    Ending.ENDED: "Your program’s lead ended this pair{on}.",
}
_KINDS = {PreparedKind.TOPIC: "Topic", PreparedKind.WORRY: "Worry"}


def show_former(pair: FormerPair) -> None:
    """What happened and when, the calendar's part in it, and everything to read."""
    job = pair.pair.mentee_role if pair.my_role is Role.MENTOR else pair.pair.mentor_role
    theirs = Role.MENTEE if pair.my_role is Role.MENTOR else Role.MENTOR
    st.markdown(f"**{told(pair.partner.name)}** · {role_words(theirs, job)}")
    on = f" on {day_words(pair.on)}" if pair.on else ""
    said = _WHY[pair.why].format(on=on, partner=called(pair.partner))
    with st.container(border=True, key="what_happened"):
        st.markdown(f"**This pair is over.** {said}")
        st.markdown(
            "Nothing in it changes any more. You still read what you wrote and what the two of you "
            f"shared {_until(pair)}."
        )
        _show_calendar(pair)
    show_past(pair)
    _show_agendas(pair)
    _show_agreement(pair)
    _show_promises(pair)
    _show_own(pair)
    show_former_reflections(pair)


def _until(pair: FormerPair) -> str:
    if pair.kept_until is not None:
        return f"until {day_words(pair.kept_until)}; then it is deleted"
    days = pair.program.retention_days
    return f"while the program runs, and {days:,} day{'' if days == 1 else 's'} after its end"


def _show_calendar(pair: FormerPair) -> None:
    gone = [one for one in pair.sessions if _will_not_come(pair, one)]
    if not gone:
        return
    some = "1 session that you had planned does" if len(gone) == 1 else (
        f"{len(gone)} sessions that you had planned do"
    )  # fmt: skip
    st.markdown(f"{some} not take place. This file takes them out of your calendar:")
    two = (pair.me, pair.partner)
    people = two if pair.my_role is Role.MENTOR else two[::-1]
    st.download_button(
        "Calendar file",
        lambda: export_cancellations(
            gone,
            title=pair.program.name,
            now=datetime.now(UTC),
            people=[one for one in people if one.name != GONE],
        ),
        "cancelled-sessions.ics",
        "text/calendar",
        key="cancellations_file",
        on_click="ignore",
        icon=":material/event_busy:",
    )


def _will_not_come(pair: FormerPair, session: Session) -> bool:
    cancelled = session.state is SessionState.CANCELLED
    return cancelled and (pair.on is None or session.starts.date() >= pair.on)


def _show_agendas(pair: FormerPair) -> None:
    shared = [(one, pair.agendas[one.id].agenda) for one in pair.sessions if one.id in pair.agendas]
    if not shared:
        return
    st.markdown("## Agendas that you shared", anchors=False)
    zone = my_zone(pair.me.zone)
    for session, agenda in shared:
        day = day_words(session.starts.astimezone(zone).date())
        label = f"{day} · {plain(agenda.brief.topic)}"
        with st.expander(label, key=f"agenda_{session.id}", on_change="rerun") as part:
            if not part.open:
                continue
            for item in agenda.items:
                st.markdown(f"**{item.minutes} min · {plain(item.title)}**")
                st.markdown(plain(item.purpose))
                st.markdown(quote(item.open_with))
                st.markdown(bullets(item.questions))


def _show_agreement(pair: FormerPair) -> None:
    if pair.agreement is None:
        return
    with st.expander("Your agreement", key="agreement"):
        if not pair.agreement.in_force:
            st.markdown("The two of you did not both sign it.")
        show_signed(pair, pair.agreement)


def _show_promises(pair: FormerPair) -> None:
    if not pair.promises:
        return
    with st.expander("Promises", key="promises"):
        for one in pair.promises:
            who = "You" if one.who_id == pair.me.id else called(pair.partner)
            why = f" ({told(one.reason)})" if one.reason else ""
            st.markdown(f"**{who}:** {told(one.what)} · {one.state.value}{why}")


def _show_own(pair: FormerPair) -> None:
    notes = [item for one in pair.preparations for item in one.items]
    if not (notes or pair.pulses):
        return
    with st.expander("Your own notes and answers", key="own_words"):
        for item in notes:
            st.markdown(f"**{_KINDS[item.kind]}:** {told(item.text)}")
        for pulse in pair.pulses:
            note = f" “{told(pulse.note)}”" if pulse.note else ""
            st.markdown(
                f"Worth the time {pulse.worthwhile} of 5, could speak freely "
                f"{pulse.could_speak} of 5.{note}"
            )
        st.caption("Only you see those that you did not share.")
