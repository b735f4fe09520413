"""The way from a message to three rungs, on the page."""

from __future__ import annotations

from datetime import datetime

import session
import streamlit as st
from citing import citation_buttons
from copying import copy_button
from live_box import status
from marking import outermost, show_marked
from rewording import model_bar, show_mark, with_model_words
from session import Key
from words import bullets, plain

from coach.bootstrap import Phrasing
from coach.domain.phrasing import Channel, Context, Ladder, Level, Rung, TactCheck

_TITLES = {Level.GENTLE: "Gentle", Level.BALANCED: "Balanced", Level.DIRECT: "Direct"}
#: From these scores on a message can be heard as it stands, and in part.
_TACTFUL, _MIXED = 0.6, 0.3
#: Notes of what was used that are kept.
_NOTES = 50


def show(phrasing: Phrasing, message: str) -> None:
    """The marked message, what must survive, the rungs, and the other forms.

    The check is shown before the ladder is built: someone who types sees it at once.
    """
    check = phrasing.checker.check(message)
    _show_check(check)
    if check.care:
        st.warning(check.care, icon=":material/volunteer_activism:")
        return
    card = session.card_for_saying()
    drafted = phrasing.ladder.build(message, _context(), card)
    ladder = with_model_words(drafted)
    _show_point(ladder)
    if not ladder.rungs:
        st.markdown(plain(ladder.check.note) or "No way of saying this passed the checks.")
        _show_refused(ladder)
        return
    _show_rungs(ladder)
    model_bar(phrasing, drafted, card)
    _show_forms(ladder)
    if ladder.followed:
        st.markdown("**How your receiver’s card was followed**")
        st.markdown(bullets(ladder.followed))
    _show_refused(ladder)
    _show_notes()


def _context() -> Context:
    return Context(
        what_happened=str(st.session_state[Key.HAPPENED])[:1_000],
        relationship=str(st.session_state[Key.RELATIONSHIP])[:200],
        channel=Channel(st.session_state[Key.CHANNEL] or Channel.IN_PERSON.value),
    )


def _show_check(found: TactCheck) -> None:
    findings = outermost(found.findings)
    with st.container(border=True, key="marked_message"):
        show_marked(found)
    status(_verdict(found), key="verdict")
    if not findings:
        return
    marked = "this place is" if len(findings) == 1 else f"these {len(findings)} places are"
    with st.expander(f"Why {marked} marked", key="why_marked"):
        for number, one in enumerate(findings, start=1):
            words = plain(found.text[one.start : one.end])
            kind = one.kind.value.replace("_", " ")
            st.markdown(f"{number}. “{words}” ({kind}). {one.why} *{one.instead}*")
            citation_buttons((one.citation,), key=f"finding_{number}")


def _verdict(found: TactCheck) -> str:
    if found.care:
        return "This is about more than wording."
    if found.note:
        return found.note
    if found.score >= _TACTFUL and not found.findings:
        return "This can be heard as it stands. Direct is not rude."
    if not found.findings:
        return "No word is marked, but as a whole it may sound harder than you mean."
    if found.score >= _MIXED:
        return "Most of this can be heard; some words may get in the way."
    return "As it stands, this may be heard as an attack."


def _show_point(ladder: Ladder) -> None:
    point = ladder.point
    kept = [*point.statements, *point.requests]
    facts = [*point.numbers, *point.names, *point.dates]
    if kept or facts:
        said = "; ".join(f"“{plain(one)}”" for one in kept)
        facts_said = f" With: {plain(', '.join(facts))}." if facts else ""
        st.markdown(f"**Your point, as it was read:** {said}.{facts_said}")


def _show_rungs(ladder: Ladder) -> None:
    by_level = {rung.level: rung for rung in ladder.rungs}
    if not st.session_state[Key.RUNG]:
        # Until the person chooses, the slider stands where the coach would begin.
        first = ladder.suggested if ladder.suggested in by_level else ladder.rungs[0].level
        st.session_state[Key.RUNG] = first.value
    if len(by_level) > 1:
        # All levels, always: a choice must not move because one is missing for a moment.
        st.select_slider(
            "How direct",
            [level.value for level in Level],
            format_func=lambda value: _TITLES[Level(value)],
            key=Key.RUNG,
            on_change=session.save,
        )
        chosen = Level(st.session_state[Key.RUNG])
        if chosen not in by_level:
            st.caption(f"No {chosen.value} way of saying this passed the checks.")
    else:
        chosen = None
    if ladder.suggestion:
        st.caption(f"Try {ladder.suggested.value} first. {ladder.suggestion}")
    given = [by_level[level] for level in Level if level in by_level]
    for column, rung in zip(st.columns(len(given)), given, strict=True):
        with column:
            # The slider begins where the coach would: that is not the person's choice.
            begins = rung.level is ladder.suggested
            _show_rung(rung, "Suggested" if begins else "Your choice", chosen=rung.level is chosen)


def _show_rung(rung: Rung, badge: str, *, chosen: bool) -> None:
    with st.container(border=True, height="stretch", key=f"rung_{rung.level.value}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"### {_TITLES[rung.level]}", anchors=False, width="content")
            if chosen:
                st.badge(badge, icon=":material/check:", color="gray")
        st.caption(plain(rung.technique))
        st.markdown(f"**{plain(rung.text)}**" if chosen else plain(rung.text))
        show_mark(rung)
        if rung.blanks:
            st.caption(f"Only you know, so fill in: {plain('; '.join(rung.blanks))}")
        with st.container(horizontal=True, vertical_alignment="center"):
            copy_button(rung.text, key=f"copy_{rung.level.value}")
            st.button(
                "I used this one",
                key=f"used_{rung.level.value}",
                type="tertiary",
                icon=":material/check:",
                on_click=_note,
                args=(rung,),
            )
        with st.expander("Why this works", type="compact", key=f"why_{rung.level.value}"):
            st.markdown(plain(rung.why))
            citation_buttons((rung.citation,), key=f"rung_{rung.level.value}")


def _show_forms(ladder: Ladder) -> None:
    forms = {
        "As a question": ladder.question,
        "In a chat": ladder.chat,
        "As an e-mail": ladder.email,
    }
    given = {name: text for name, text in forms.items() if text}
    if not given:
        return
    with st.expander("As a question, in a chat, as an e-mail", key="forms"):
        for name, text in given.items():
            st.markdown(f"**{name}**")
            st.text(text)
            copy_button(text, key=f"copy_{name}")


def _show_refused(ladder: Ladder) -> None:
    if not ladder.refused:
        return
    with st.expander(
        (
            "One way that was refused, and why"
            if len(ladder.refused) == 1
            else f"{len(ladder.refused)} ways that were refused, and why"
        ),
        type="compact",
        key="refused",
    ):
        for one in ladder.refused:
            st.markdown(f"- {plain(one.text)} *({plain(one.reason)})*")


def _note(rung: Rung) -> None:
    note = {"on": f"{datetime.now().astimezone():%Y-%m-%d}", "text": rung.text}
    st.session_state[Key.USED] = [*st.session_state[Key.USED], note][-_NOTES:]
    session.save()
    st.toast("Noted for you alone.")


def _show_notes() -> None:
    notes = [note for note in st.session_state[Key.USED] if isinstance(note, dict)]
    if not notes:
        return
    with st.expander("What you used, for your own eyes", type="compact", key="own_notes"):
        for note in reversed(notes):
            st.markdown(f"- {plain(str(note.get('on')))}: {plain(str(note.get('text')))}")
