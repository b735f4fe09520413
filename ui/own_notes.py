"""What somebody notes alone before a session: topics and worries, kept at every pause."""

from __future__ import annotations

import streamlit as st
from both_versions import Version, both_versions
from boxes import PASTED
from changing import forget, made
from unfinished import Unfinished
from words import bullets

from coach.bootstrap import Workspace
from coach.domain.brief import clean_line
from coach.domain.identity import Actor
from coach.domain.meeting import Preparation, PreparedItem, PreparedKind, Session
from coach.errors import ConflictError
from coach.pair.preparing import Together

_BOXES = {
    PreparedKind.TOPIC: (
        "Topics that you want to raise, one a line",
        "for example: which data may go into the tool",
    ),
    PreparedKind.WORRY: (
        "What worries you about it, one a line",
        "for example: it may turn into a test",
    ),
}


def show_notes(session: Session, together: Together, actor: Actor) -> None:
    """A box for topics and one for worries."""
    kept = {kind.value: _lines(together.mine.items, kind) for kind in PreparedKind}
    form = Unfinished(f"preparation-{session.id}", kept, actor, _alike)
    for kind in PreparedKind:
        _box(session, together, form, kind)
    said = "Kept. " if together.mine.items and not form.changed else ""
    st.caption(f"{said}Only you see this, until you release a line.")
    form.say()
    if form.changed and not form.clashes:
        st.button(
            "Save my notes", key="save_notes", on_click=_save, args=(session.id, together, form)
        )
    for field in form.clashes:
        _show_clash(session, together, form, field)


def _box(session: Session, together: Together, form: Unfinished, kind: PreparedKind) -> None:
    label, example = _BOXES[kind]
    key = form.key(kind.value)
    st.text_area(
        label,
        form.mine[kind.value],
        height=100,
        max_chars=PASTED,
        key=key,
        placeholder=example,
        on_change=_typed,
        args=(session.id, together, form, kind.value, key),
    )


def _typed(session_id: str, together: Together, form: Unfinished, field: str, key: str) -> None:
    """Kept at once; a draft holds what could not be kept."""
    form.mine[field] = str(st.session_state[key])
    if form.clashes or not _keep(session_id, together, form):
        form.take(field, form.mine[field])


def newest(mine: Preparation) -> Preparation:
    """``mine``, or what this page has made of it since: a page that runs again is not finished."""
    held = st.session_state.get(_held(mine.session_id), mine)
    return held if held.version > mine.version else mine


def _held(session_id: str) -> str:
    return f"newest notes {session_id}"


def _keep(session_id: str, together: Together, form: Unfinished) -> bool:
    mine = newest(together.mine)

    def keep(at: Workspace, me: Actor) -> None:
        items = _items(form, mine)
        try:
            kept = at.preparing.keep(me, session_id, mine.version, items)
        except ConflictError as error:
            # Being compared with the other's changes the record, and none of its notes.
            if not isinstance(error.theirs, Preparation) or error.theirs.items != mine.items:
                raise
            kept = at.preparing.keep(me, session_id, error.theirs.version, items)
        st.session_state[_held(session_id)] = kept

    kept = made(form.name, keep)
    if kept:
        form.settle()
    return kept


def _items(form: Unfinished, mine: Preparation) -> tuple[PreparedItem, ...]:
    found = {(item.kind, item.text): item for item in mine.items}
    return tuple(
        # A changed line is another note: what was released were the words before.
        found.get((kind, line)) or PreparedItem(kind=kind, text=line)
        for kind in PreparedKind
        for line in _cleaned(form.mine[kind.value])
    )


def _cleaned(text: str) -> tuple[str, ...]:
    return tuple(line for line in dict.fromkeys(map(clean_line, text.splitlines())) if line)


def _alike(typed: str, kept: str) -> bool:
    return _cleaned(typed) == _cleaned(kept)


def _save(session_id: str, together: Together, form: Unfinished) -> None:
    _keep(session_id, together, form)


def _show_clash(session: Session, together: Together, form: Unfinished, field: str) -> None:
    forget(form.name)

    def on_top() -> None:
        form.put_mine_on_top(field)
        _keep(session.id, together, form)

    both_versions(
        field,
        Version(lambda: _show_lines(form.mine[field]), on_top),
        Version(lambda: _show_lines(form.kept[field]), lambda: form.take_theirs(field)),
        by=None,
    )


def _show_lines(text: str) -> None:
    st.markdown(bullets(tuple(text.splitlines())) or "Nothing.")


def _lines(items: tuple[PreparedItem, ...], kind: PreparedKind) -> str:
    return "\n".join(item.text for item in items if item.kind is kind)
