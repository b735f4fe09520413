"""Editing the shared agenda in place, and what happens when both do it at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import identity
import streamlit as st
from both_versions import Version, both_versions
from boxes import PAUSE
from changing import forget, made
from naming import called
from set_aside import set_aside
from unfinished import Unfinished
from words import bullets, plain, quote

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.meeting import AgendaVersion
from coach.errors import CoachError
from coach.pair.home import PairHome
from coach.prepare.edit import reword, set_minutes

#: The session whose agenda is being edited.
EDITING = "editing_agenda"
_FIELD = "agenda"
_MAX_WORDS = 2_000


def edit(home: PairHome, newest: AgendaVersion, form: Unfinished, mine: Agenda) -> None:
    """Each part with boxes in place of its words; saved for both with one button."""
    for place, item in enumerate(mine.items):
        with st.container(border=True, key=f"edit_part_{place}"):
            _boxes(form, mine, item, place)
    form.say()
    said = "Not saved yet: only you see your changes." if form.changed else "Change what you like."
    st.caption(f"{said} {called(home.partner)} sees them when you save.")
    with st.container(horizontal=True):
        st.button(
            "Save for both of you",
            key="save_agenda",
            type="primary",
            icon=":material/check:",
            on_click=_save,
            args=(form, newest),
            disabled=not form.changed,
        )
        st.button(
            "Discard my changes" if form.changed else "Stop editing",
            key="discard_agenda",
            on_click=_stop,
            args=(form,),
        )


def show_clash(home: PairHome, newest: AgendaVersion, form: Unfinished, mine: Agenda) -> None:
    """Mine beside theirs."""
    forget(form.name)
    base = Agenda.model_validate(form.base[_FIELD])
    both_versions(
        _FIELD,
        Version(partial(_show_changed, mine, base), partial(_on_top, form, newest)),
        Version(partial(_show_changed, newest.agenda, base), partial(_take_theirs, form, newest)),
        by=home.partner if newest.by_id == home.partner.id else None,
    )


def _boxes(form: Unfinished, mine: Agenda, item: AgendaItem, place: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # Another part's minutes change this one's, and a box shows that only as a new one.
        minutes = f"{form.key(_FIELD)}_minutes_{place}_{item.minutes}"
        st.number_input(
            "Minutes",
            1,
            mine.brief.minutes,
            item.minutes,
            key=minutes,
            width=120,
            on_change=_retime,
            args=(form, place, minutes),
            help="The other parts give or take, so that the total stays.",
        )
        title = f"{form.key(_FIELD)}_title_{place}"
        typed = st.text_input(
            "Part",
            item.title,
            max_chars=_MAX_WORDS,
            key=title,
            live=PAUSE,
            on_change=_reword,
            args=(form, place, "title", title),
        )
    _say_if_empty(typed, item.title)
    for field, label, words in (
        ("open_with", "Words to open with", item.open_with),
        ("questions", "Questions, one a line", "\n".join(item.questions)),
    ):
        key = f"{form.key(_FIELD)}_{field}_{place}"
        typed = st.text_area(
            label,
            words,
            height="content",
            max_chars=_MAX_WORDS,
            key=key,
            on_change=_reword,
            args=(form, place, field, key),
        )
        if field == "open_with":
            _say_if_empty(typed, words)


def _say_if_empty(typed: str, words: str) -> None:
    # Somebody may be about to type others: nothing is put into the box.
    if not typed.strip():
        st.caption(f"This cannot be empty, so it stays: “{plain(words)}”")


def _retime(form: Unfinished, place: int, key: str) -> None:
    _change(form, lambda agenda: set_minutes(agenda, place, int(st.session_state[key])))


def _reword(form: Unfinished, place: int, field: str, key: str) -> None:
    typed = str(st.session_state[key])
    if field == "questions":
        lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
        _change(form, lambda agenda: reword(agenda, place, questions=lines))
    elif typed.strip():
        _change(form, lambda agenda: reword(agenda, place, **{field: typed}))


def _change(form: Unfinished, make: Callable[[Agenda], Agenda]) -> None:
    try:
        changed = make(Agenda.model_validate(form.mine[_FIELD]))
    except CoachError as error:
        st.toast(plain(str(error)), duration="long")
        return
    form.take(_FIELD, changed.model_dump(mode="json"))


def _save(form: Unfinished, newest: AgendaVersion) -> None:
    mine = Agenda.model_validate(form.mine[_FIELD])
    if made(
        form.name,
        lambda at, me: at.agendas.share(me, newest.session_id, mine, after=newest.number),
    ):
        _stop(form)


def _on_top(form: Unfinished, newest: AgendaVersion) -> None:
    form.put_mine_on_top(_FIELD)
    _save(form, newest)


def _take_theirs(form: Unfinished, newest: AgendaVersion) -> None:
    set_aside(newest.session_id, form.mine[_FIELD], identity.who())
    form.take_theirs(_FIELD)
    _stop(form)


def _stop(form: Unfinished) -> None:
    st.session_state.pop(EDITING, None)
    form.forget()


def _show_changed(agenda: Agenda, base: Agenda) -> None:
    """A version's parts; of those that were changed, the words too."""
    for item in agenda.items:
        st.markdown(f"**{item.minutes} min** · {plain(item.title)}")
        before = {(one.title, one.open_with, one.questions) for one in base.items}
        if (item.title, item.open_with, item.questions) not in before:
            st.markdown(quote(item.open_with))
            st.markdown(bullets(item.questions))
