"""The agenda on the page: a timeline, items that open in place, and editing by hand."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial
from zlib import crc32

import engine
import session
import streamlit as st
from citing import citation_buttons
from colours import accent
from refining import put_back_in_agenda, show_mark
from session import Key
from words import bullets, plain, quote, steps

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.proposal import Slot
from coach.prepare.edit import move, remove, reword, set_minutes, swap

_MAX_WORDS = 2_000
#: What holds one thing a line, and may be emptied.
_LISTS = ("steps", "questions")


def show_timeline(agenda: Agenda) -> None:
    """A bar in proportion. The list below names every part again, so nothing hangs on colour.

    Streamlit has no such part: this is fixed markup of ours with numbers, and titles only in
    a description for screen readers, where they are escaped.
    """
    named = "; ".join(f"{item.title}: {item.minutes} minutes" for item in agenda.items)
    bars = "".join(
        f'<div style="flex:{item.minutes} 1 0;text-align:center">'
        f'<div style="height:0.8rem;border-radius:4px;background:{accent()}"></div>'
        f"{item.minutes}</div>"
        for item in agenda.items
    )
    st.html(
        f'<div role="img" aria-label="{html.escape(named)}" '
        f'style="display:flex;gap:3px;font-size:0.9rem">{bars}</div>'
    )


def show_items(agenda: Agenda) -> None:
    """Each item as a line that opens."""
    names = st.session_state[Key.ITEMS]
    for position, (name, item) in enumerate(zip(names, agenda.items, strict=True)):
        label = f"**{item.minutes} min** · {plain(item.title)}"
        with st.expander(label, key=f"item_{name}"):
            _show_item(item, name, position)
            _edit_row(agenda, position, name)


def _show_item(item: AgendaItem, name: int, position: int) -> None:
    st.markdown(plain(item.purpose))
    _show_marks(item, Slot.PURPOSE, name, position)
    st.markdown("**Words to open with**")
    st.markdown(quote(item.open_with))
    _show_marks(item, Slot.OPENING, name, position)
    if item.steps:
        st.markdown("**Step by step**")
        st.markdown(steps(item.steps))
    if item.questions:
        st.markdown("**Questions to ask**")
        st.markdown(bullets(item.questions))
        _show_marks(item, Slot.QUESTION, name, position)
    st.markdown("**If it gets awkward**")
    st.markdown(plain(item.if_awkward))
    exchange = item.give_and_take
    st.markdown("**Give and take**")
    st.markdown(
        f"You give: {plain(exchange.mentor_gives)}. They give: {plain(exchange.mentee_gives)}."
    )
    st.markdown("**Stands on**")
    citation_buttons(item.citations, key=str(name))


def _show_marks(item: AgendaItem, slot: Slot, name: int, position: int) -> None:
    """Which of the words above are a model's, and the way back."""
    for mark in item.refined:
        if mark.slot is slot:
            show_mark(
                mark,
                f"back_{slot}_{mark.number}_{name}",
                partial(put_back_in_agenda, position, mark),
            )


def _edit_row(agenda: Agenda, position: int, name: int) -> None:
    minutes = agenda.items[position].minutes
    key = _key("minutes", name, minutes)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Minutes",
            1,
            agenda.brief.minutes,
            minutes,
            key=key,
            width=120,
            on_change=_retime,
            args=(position, key),
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
            "Another way",
            key=f"swap_{name}",
            icon=":material/swap_horiz:",
            on_click=_swap,
            args=(position,),
            help="The next way that the library knows for this part. Undo brings yours back.",
        )
        # Drawn once it is opened: the boxes of all parts would be half of what the page sends.
        with st.popover(
            "Edit words", icon=":material/edit:", key=f"words_{name}", on_change="rerun"
        ) as words:
            if words.open:
                _word_fields(agenda.items[position], position, name)
        st.button(
            "Remove",
            key=f"remove_{name}",
            icon=":material/delete:",
            disabled=len(agenda.items) == 1,
            on_click=_remove,
            args=(position,),
            help="The other parts share its minutes.",
        )


def _word_fields(item: AgendaItem, position: int, name: int) -> None:
    st.caption("Each box is kept when you leave it.")
    fields = {
        "title": ("Title", item.title),
        "purpose": ("Purpose", item.purpose),
        "open_with": ("Words to open with", item.open_with),
        "steps": ("Step by step, one a line", "\n".join(item.steps)),
        "questions": ("Questions, one a line", "\n".join(item.questions)),
        "if_awkward": ("If it gets awkward", item.if_awkward),
    }
    for field, (label, value) in fields.items():
        key = _key(field, name, value)
        st.text_area(
            label,
            value,
            key=key,
            max_chars=_MAX_WORDS,
            height=150 if field in _LISTS else 80,
            on_change=_reword,
            args=(position, field, key),
        )


def _key(field: str, name: int, value: str | int) -> str:
    """A box is a new one once its words change.

    One that is filled through the session while it is folded away opens empty, and an empty box
    then empties the plan: its words must come with it each time, as its first value.
    """
    return f"{field}_{name}_{crc32(str(value).encode()):x}"


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


def _remove(position: int) -> None:
    names = list(st.session_state[Key.ITEMS])
    names.pop(position)
    _change(lambda agenda: remove(agenda, position), names)


def _reword(position: int, field: str, key: str) -> None:
    typed = str(st.session_state[key])
    if field in _LISTS:
        lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
        _change(lambda agenda: reword(agenda, position, **{field: lines}))
    elif typed.strip():
        _change(lambda agenda: reword(agenda, position, **{field: typed}))
    else:
        st.toast("This line cannot be empty; the words stay as they were.", duration="long")


def _change(edit: Callable[[Agenda], Agenda], names: list[int] | None = None) -> None:
    agenda = session.read_agenda()
    if agenda is not None:
        session.keep_agenda(edit(agenda), names=names)
