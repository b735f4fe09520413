"""The summary of a reflection: made, read beside one's words, changed, and its promises kept."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from boxes import PASTED
from changing import say, tell
from evidence import show_evidence, title_of
from naming import called, told
from reflect_smoothing import show_smoothing
from reflecting import step
from times import day_words, my_zone
from words import plain

from coach.domain.kept_reflection import FROM_FILE, KeptItem, KeptSentence, KeptSummary, Reflection
from coach.domain.reflection import ItemKind
from coach.pair.home import PairHome
from coach.pair.promised import as_both_read
from coach.pair.reflection_prompts import titles

_PLACE = "summary"
#: Characters from which a summary is worth waiting for knowingly.
_LONG = 20_000


def show_summary(home: PairHome, mine: Reflection) -> None:
    """A button until there is one; then the summary, with what can be done about it."""
    summary = mine.summary
    _show_button(mine)
    say(_PLACE)
    if summary is None:
        return
    if mine.outdated:
        st.markdown("You changed your words after this summary was made.")
    if summary.note:
        st.caption(plain(summary.note))
    if not summary.lines:
        st.markdown("No line of it could be told from your words. They are kept as they are.")
        return
    st.markdown("## In short", anchors=False)
    show_evidence(summary, _named(mine, summary))
    st.caption("Choose a line to see the words of yours that it stands on.")
    if summary.dropped:
        st.caption(f"Left out, since no words of yours carried it: {summary.dropped}.")
    show_smoothing(mine, summary)
    _show_editing(mine, summary)
    _show_promises(home, mine, summary)


def _show_button(mine: Reflection) -> None:
    first = mine.summary is None
    if not st.button(
        "Summarise" if first else "Summarise again",
        key="summarise",
        type="primary" if first or mine.outdated else "secondary",
        icon=":material/notes:",
    ):
        return
    length = sum(map(len, mine.texts))
    takes = (
        f"Reading {length:,} characters, which takes some seconds."
        if length > _LONG
        else "Reading your words. The first time after a start takes a few seconds."
    )
    with st.spinner(takes):
        step(
            _PLACE,
            mine,
            lambda at, me, version: at.reflections.summarise(me, mine.session_id, version),
        )
    st.rerun()


def _named(mine: Reflection, summary: KeptSummary) -> list[str]:
    """Where each text of the summary stands now; nothing for words that were changed since."""
    names = titles()
    places = {
        one.text: one.source if one.prompt == FROM_FILE else names.get(one.prompt, "")
        for one in mine.written
    }
    return [places.get(text, "") for text in summary.texts]


def _show_editing(mine: Reflection, summary: KeptSummary) -> None:
    with st.expander("Change or drop a line", type="compact", key="edit_summary"):
        st.caption(
            "A line that you change, or put under another heading, says so. Summarising again "
            "keeps it."
        )
        for line in summary.lines:
            title = title_of(line.kind) if isinstance(line, KeptItem) else "In the paragraph"
            with st.container(horizontal=True, vertical_alignment="bottom"):
                _edit(mine, line, title)
                if isinstance(line, KeptItem) and not line.promised:
                    _choose_heading(mine, line)


def _edit(mine: Reflection, line: KeptSentence | KeptItem, title: str) -> None:
    key = f"line_{line.id}"
    st.text_input(
        title,
        line.text,
        max_chars=PASTED,
        key=key,
        on_change=_reword,
        args=(mine, line.id, key, line.text),
    )
    st.button(
        "Drop",
        key=f"drop_{line.id}",
        type="tertiary",
        help="Take this line out of the summary. Your own words stay.",
        on_click=step,
        args=(
            _PLACE,
            mine,
            lambda at, me, version: at.reflections.drop(me, mine.session_id, version, line.id),
        ),
    )


def _choose_heading(mine: Reflection, item: KeptItem) -> None:
    kinds = {kind.value: title_of(kind) for kind in ItemKind}
    key = f"kind_{item.id}_{item.kind}"
    st.selectbox(
        "Under",
        list(kinds),
        list(kinds).index(item.kind),
        format_func=kinds.__getitem__,
        key=key,
        width=210,
        on_change=_move,
        args=(mine, item.id, key),
    )


def _move(mine: Reflection, item_id: str, key: str) -> None:
    kind = ItemKind(st.session_state[key])
    step(
        _PLACE,
        mine,
        lambda at, me, version: at.reflections.move(me, mine.session_id, version, item_id, kind),
    )


def _reword(mine: Reflection, line_id: str, key: str, text: str) -> None:
    words = str(st.session_state[key]).strip()
    if not words:
        # Emptied is not dropped: what the partner would read must be what one sees.
        st.session_state[key] = text
        tell(_PLACE, "A line cannot be empty, so it stays. Drop takes it out.")
        return
    step(
        _PLACE,
        mine,
        lambda at, me, version: at.reflections.reword(me, mine.session_id, version, line_id, words),
    )


def _show_promises(home: PairHome, mine: Reflection, summary: KeptSummary) -> None:
    found = [one for one in summary.items if one.kind is ItemKind.COMMITMENT]
    if not found:
        return
    partner = called(home.partner)
    st.markdown("## Promises to keep", anchors=False)
    st.caption(
        f"Those that you confirm stand under Our pair, where {partner} sees them too. Each agenda "
        "takes up a few: what is due by then, and then the oldest. Until you confirm one, it is a "
        "draft of yours alone."
    )
    for item in found:
        with st.container(border=True, key=f"promise_{item.id}"):
            st.markdown(told(item.text))
            if item.promised:
                st.markdown(":material/check: Written down under Our pair.")
            else:
                _confirm(home, mine, item)


def _confirm(home: PairHome, mine: Reflection, item: KeptItem) -> None:
    names = {"me": "You", "partner": called(home.partner), "both": "Both of you"}
    overdue = item.when is not None and item.when < datetime.now(my_zone(home.me.zone)).date()
    who, what, due = (f"{field}_{item.id}" for field in ("who", "what", "due"))
    st.segmented_control(
        "Who",
        list(names),
        default=item.who if item.who in names else None,
        format_func=names.__getitem__,
        key=who,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        act = as_both_read(item.what or item.text, item.who, home.me.name)
        st.text_input("Will do what", act, max_chars=PASTED, key=what)
        day = None if overdue else item.when
        st.date_input("By when", day, format="DD/MM/YYYY", key=due, width=160)
    if overdue and item.when:
        st.caption(
            f"What you wrote, {day_words(item.when)}, is past. If it still is to be done, choose "
            "another day, or none."
        )
    place = f"promise {item.id}"
    say(place)
    st.button(
        "Confirm this promise",
        key=f"confirm_{item.id}",
        icon=":material/check:",
        on_click=_promise,
        args=(place, mine, item.id),
    )


def _promise(place: str, mine: Reflection, ident: str) -> None:
    who, what, due = (st.session_state[f"{field}_{ident}"] for field in ("who", "what", "due"))
    step(
        place,
        mine,
        lambda at, me, version: at.reflections.promise(
            me, mine.session_id, version, ident, who=who or "", what=what, due=due
        ),
    )
