"""The agenda on the page: a timeline, items that open in place, and editing by hand."""

from __future__ import annotations

from collections.abc import Callable

import engine
import session
import streamlit as st
from citing import citation_buttons
from session import Key
from words import bullets, plain, quote, steps

from coach.domain.agenda import Agenda, AgendaItem
from coach.prepare.edit import move, reword, set_minutes, swap

_MAX_WORDS = 600


def show_timeline(agenda: Agenda) -> None:
    """A bar in proportion. The list below names every part again, so nothing hangs on colour."""
    import altair as alt

    at = 0
    parts = []
    for item in agenda.items:
        end = at + item.minutes
        middle = (at + end) / 2
        parts.append(
            {"from": at, "to": end, "middle": middle, "minutes": item.minutes, "part": item.title}
        )
        at = end
    across = alt.Scale(domain=[0, at], nice=False)
    tip = [alt.Tooltip("part:N", title="Part"), alt.Tooltip("minutes:Q", title="Minutes")]
    base = alt.Chart(alt.InlineData(values=parts))
    bars = base.mark_bar(cornerRadius=3, height=18, yOffset=-10, xOffset=1, x2Offset=-1).encode(
        x=alt.X("from:Q", scale=across, axis=None), x2="to:Q", tooltip=tip
    )
    # Charts do not take the theme's text colour for marks.
    ink = "#e9e6df" if st.context.theme.type == "dark" else "#0b1211"
    numbers = base.mark_text(yOffset=12, fontSize=13, color=ink).encode(
        x=alt.X("middle:Q", scale=across, axis=None), text="minutes:Q", tooltip=tip
    )
    named = "; ".join(f"{part['part']}: {part['minutes']} minutes" for part in parts)
    st.altair_chart((bars + numbers).properties(height=48, description=named), key="timeline")


def show_items(agenda: Agenda) -> None:
    """Each item as a line that opens."""
    names = st.session_state[Key.ITEMS]
    for position, (name, item) in enumerate(zip(names, agenda.items, strict=True)):
        label = f"**{item.minutes} min** · {plain(item.title)}"
        with st.expander(label, key=f"item_{name}"):
            _show_item(item, name)
            _edit_row(agenda, position, name)


def _show_item(item: AgendaItem, name: int) -> None:
    st.markdown(plain(item.purpose))
    st.markdown("**Words to open with**")
    st.markdown(quote(item.open_with))
    if item.steps:
        st.markdown("**Step by step**")
        st.markdown(steps(item.steps))
    st.markdown("**Questions to ask**")
    st.markdown(bullets(item.questions))
    st.markdown("**If it gets awkward**")
    st.markdown(plain(item.if_awkward))
    exchange = item.give_and_take
    st.markdown("**Give and take**")
    st.markdown(
        f"You give {plain(exchange.mentor_gives)}. They give {plain(exchange.mentee_gives)}."
    )
    st.markdown("**Stands on**")
    citation_buttons(item.citations, key=str(name))


def _edit_row(agenda: Agenda, position: int, name: int) -> None:
    minutes = f"minutes_{name}"
    st.session_state[minutes] = agenda.items[position].minutes
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Minutes",
            1,
            agenda.brief.minutes,
            key=minutes,
            width=120,
            on_change=_retime,
            args=(position, minutes),
            help="The other parts give or take, so that the total stays.",
        )
        st.button(
            "Earlier",
            key=f"up_{name}",
            icon=":material/arrow_upward:",
            disabled=position == 0,
            on_click=_move,
            args=(position, position - 1),
        )
        st.button(
            "Later",
            key=f"down_{name}",
            icon=":material/arrow_downward:",
            disabled=position == len(agenda.items) - 1,
            on_click=_move,
            args=(position, position + 1),
        )
        st.button(
            "Swap",
            key=f"swap_{name}",
            icon=":material/swap_horiz:",
            on_click=_swap,
            args=(position,),
            help="Another way to do this part",
        )
        with st.popover("Edit words", icon=":material/edit:"):
            _word_fields(agenda.items[position], position, name)


def _word_fields(item: AgendaItem, position: int, name: int) -> None:
    fields = {
        "title": ("Title", item.title),
        "purpose": ("Purpose", item.purpose),
        "open_with": ("Words to open with", item.open_with),
        "questions": ("Questions, one a line", "\n".join(item.questions)),
        "if_awkward": ("If it gets awkward", item.if_awkward),
    }
    for field, (label, value) in fields.items():
        key = f"{field}_{name}"
        st.session_state[key] = value
        st.text_area(
            label,
            key=key,
            max_chars=_MAX_WORDS,
            height=80,
            on_change=_reword,
            args=(position, field, key),
        )


def _retime(position: int, key: str) -> None:
    _change(lambda agenda: set_minutes(agenda, position, int(st.session_state[key])))


def _move(position: int, to: int) -> None:
    names = list(st.session_state[Key.ITEMS])
    names.insert(to, names.pop(position))
    _change(lambda agenda: move(agenda, position, to), names)


def _swap(position: int) -> None:
    agenda = session.read_agenda()
    others = engine.coach().alternatives(agenda, position) if agenda else ()
    if not others:
        st.toast("The library holds no other way for this part.")
        return
    # The next of the alternatives after the one in use, so that each click shows another.
    turns = f"turn_{st.session_state[Key.ITEMS][position]}"
    turn = int(st.session_state.get(turns, 0))
    st.session_state[turns] = turn + 1
    other = others[turn % len(others)]
    _change(lambda found: swap(found, position, other))


def _reword(position: int, field: str, key: str) -> None:
    typed = str(st.session_state[key])
    if not typed.strip():
        st.toast("An empty line was not kept; the words stay as they were.")
        return
    if field == "questions":
        lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
        _change(lambda agenda: reword(agenda, position, questions=lines))
    else:
        _change(lambda agenda: reword(agenda, position, **{field: " ".join(typed.split())}))


def _change(edit: Callable[[Agenda], Agenda], names: list[int] | None = None) -> None:
    agenda = session.read_agenda()
    if agenda is not None:
        session.keep_agenda(edit(agenda), names=names)
