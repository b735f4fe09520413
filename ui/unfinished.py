"""What somebody typed into a form and has not saved: kept at every pause, back after a reload.

What is kept in the records comes through wherever nothing was typed. Where both changed one
field neither is lost, and the person chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import eq
from typing import Any

import engine
import streamlit as st
from changing import change, say

from coach.domain.identity import Actor

_TURNS = "turns"
_SIDES = ("base", "mine")


class Unfinished:
    """One form of plain values, by field.

    ``kept`` is what stands in the records, ``mine`` what stands on the page, and ``base`` what
    was kept when ``mine`` was begun. ``name`` is the draft's; ``alike`` tells of a typed value
    and a kept one whether they come to the same.
    """

    def __init__(
        self,
        name: str,
        kept: Mapping[str, Any],
        actor: Actor,
        alike: Callable[[Any, Any], bool] = eq,
    ) -> None:
        self.name = name
        self.kept = dict(kept)
        self._place = f"unfinished {name}"
        self._draft = f"draft {name}"
        if self._place not in st.session_state:
            draft = engine.workspace().drafts.read(actor, name)
            sides = {side: self._read(draft, side) for side in _SIDES}
            st.session_state[self._place] = {**sides, "drafted": bool(draft)}
        self._state = st.session_state[self._place]
        self.base: dict[str, Any] = self._state.setdefault("base", dict(kept))
        self.mine: dict[str, Any] = self._state.setdefault("mine", dict(kept))
        for field in self.kept:
            if alike(self.mine[field], self.kept[field]):
                # As it was typed: a box with the cursor in it must not change.
                self.kept[field] = self.mine[field]
            if self.mine[field] == self.base[field]:
                self._put(field)
            elif self.mine[field] == self.kept[field]:
                self.base[field] = self.kept[field]

    def _read(self, draft: Mapping[str, Any], side: str) -> dict[str, Any]:
        found = draft.get(side, {})
        return {
            # A draft may hold what an earlier form of the page kept.
            field: found[field] if isinstance(found.get(field), type(value)) else value
            for field, value in self.kept.items()
        }

    def _put(self, field: str) -> None:
        """Show what is kept."""
        if self.mine[field] != self.kept[field]:
            self._turn(field)
        self.base[field] = self.mine[field] = self.kept[field]

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields with something in them that is not saved."""
        return tuple(field for field in self.kept if self.mine[field] != self.base[field])

    @property
    def clashes(self) -> tuple[str, ...]:
        """The fields that were saved by somebody else since mine was begun."""
        return tuple(field for field in self.changed if self.base[field] != self.kept[field])

    def key(self, field: str) -> str:
        """The key of the field's widget, which begins with ``mine``."""
        turn = st.session_state.get(_TURNS, {}).get((self.name, field), 0)
        return f"{self.name}_{field}_{turn}"

    def typed(self, field: str, key: str) -> None:
        """Take what was typed into the widget ``key``; for its ``on_change``."""
        self.take(field, st.session_state[key])

    def take(self, field: str, value: Any) -> None:
        """Take ``value``, which the field's widget shows already."""
        self.mine[field] = value
        self._keep()

    def fill(self, field: str, value: Any) -> None:
        """Put ``value`` into a field, for its widget to show."""
        self._turn(field)
        self.take(field, value)

    def put_mine_on_top(self, field: str) -> None:
        """Where both changed a field: mine shall be saved in the place of theirs."""
        self.base[field] = self.kept[field]
        self._keep()

    def take_theirs(self, field: str) -> None:
        """Where both changed a field: leave it as the other saved it."""
        self._put(field)
        self._keep()

    def say(self) -> None:
        """Say what stood in the way of saving, or of keeping the draft."""
        say(self.name)
        say(self._draft)

    def forget(self) -> None:
        """Mine was saved, or given up: show what is kept from now on."""
        for field in self.kept:
            self._turn(field)
        if self._state.get("drafted"):
            change(self._draft, lambda at, me: at.drafts.keep(me, self.name, {}))
        st.session_state[self._place] = {}

    def settle(self) -> None:
        """Mine was saved while somebody may still be typing: what the boxes hold stays."""
        self.base.update(self.mine)
        if self._state.get("drafted"):
            self._keep()

    def _turn(self, field: str) -> None:
        # A box shows other words than those typed into it only as a new one.
        turns = st.session_state.setdefault(_TURNS, {})
        turns[self.name, field] = turns.get((self.name, field), 0) + 1

    def _keep(self) -> None:
        changed = self.changed
        held = {"base": self.base, "mine": self.mine}
        content = {side: {field: held[side][field] for field in changed} for side in _SIDES}
        change(self._draft, lambda at, me: at.drafts.keep(me, self.name, content))
        self._state["drafted"] = bool(changed)
