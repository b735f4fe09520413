"""Writing about a session: prompts, how it felt, and progress; kept at every pause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import engine
import streamlit as st
from both_versions import Version, both_versions
from boxes import LONG, SHORT
from changing import forget
from citing import citation_buttons
from identity import who_sees_this
from reflecting import newest, stepped
from unfinished import Unfinished
from words import plain

from coach.domain.brief import clean_line
from coach.domain.guidance import Stage
from coach.domain.identity import Actor
from coach.domain.kept_reflection import FROM_FILE, Form, Progress, Reflection, Written
from coach.domain.program import Role
from coach.domain.reflection import MOST_REFLECTION
from coach.pair.home import PairHome
from coach.pair.reflection_prompts import CARDS, prompts_for, titles

_FORMS = {
    Form.THREE.value: "Three questions",
    Form.SIX.value: "It was hard: six steps",
    Form.FREE.value: "Free text",
}
FEELINGS = {"-2": "very low", "-1": "low", "0": "neither", "1": "good", "2": "very good"}
RATINGS = {"0": "not begun", "1": "begun", "2": "half way", "3": "nearly", "4": "reached"}
_FILES = "files"


class ReflectionForm:
    """The boxes of one reflection, by field, and what they come to."""

    def __init__(self, home: PairHome, mine: Reflection, actor: Actor) -> None:
        self._mine = mine
        self.goals = goals_of(home)
        self.fields = Unfinished(
            f"reflection-{mine.session_id}", _as_plain(mine, self.goals), actor, _alike
        )

    def typed(self, field: str, key: str) -> None:
        """Keep what a widget holds now."""
        self.put(field, st.session_state[key])

    def put(self, field: str, value: Any) -> None:
        """Keep ``value``; a draft holds what could not be kept."""
        value = "" if value is None else value
        self.fields.mine[field] = value
        if self.fields.clashes or not self.keep():
            self.fields.take(field, value)

    def keep(self) -> bool:
        """Keep all of it; gives whether it was."""
        mine = self.fields.mine
        kept = stepped(
            self.fields.name,
            self._mine,
            lambda at, me, version: at.reflections.keep(
                me,
                self._mine.session_id,
                version,
                form=Form(mine["form"]),
                written=tuple(self._written()),
                before=_number(mine["before"]),
                after=_number(mine["after"]),
                progress=tuple(self._progress()),
            ),
        )
        if kept:
            self.fields.settle()
        return kept

    @property
    def files(self) -> list[list[str]]:
        """What was brought from files: the name of each, and the words that were taken."""
        return list(self.fields.mine[_FILES])

    def put_files(self, files: list[list[str]]) -> None:
        """Keep these in their place."""
        self.put(_FILES, files)

    def keep_now(self) -> None:
        """Keep what another window, or too much of it, kept from being kept."""
        self.keep()

    def standing(self) -> str:
        """Whether all of it is kept, in words."""
        if self.fields.changed:
            return f"A draft of this is kept, your reflection is not yet. {who_sees_this()}"
        if newest(self._mine).version:
            return f"Kept. {who_sees_this()}"
        return f"Kept as you type. {who_sees_this()}"

    def _written(self) -> Iterator[Written]:
        mine = self.fields.mine
        for key in titles():
            if clean_line(mine[key]):
                yield Written(prompt=key, text=mine[key])
        for name, text in mine[_FILES]:
            yield Written(prompt=FROM_FILE, source=name, text=text)

    def _progress(self) -> Iterator[Progress]:
        for place, goal in enumerate(self.goals):
            if rating := self.fields.mine[_rated(place)]:
                yield Progress(goal=goal, rating=int(rating))


def show_form(form: ReflectionForm, role: Role, stage: Stage) -> None:
    """The chosen prompts, what was written to others, how it felt, and how far one is."""
    fields = form.fields
    _choose(form, "form", "How do you want to write?", _FORMS, required=True)
    chosen = Form(fields.mine["form"])
    if card := CARDS.get(chosen):
        _cite(card)
    prompts = prompts_for(chosen, role, stage)
    # One box has room for all of it; several stay in sight together.
    height = LONG if len(prompts) == 1 else SHORT
    for prompt in prompts:
        _box(form, prompt.key, f"{prompt.title} {prompt.ask}", height)
    others = set(titles()) - {prompt.key for prompt in prompts}
    for key, title in titles().items():
        if key in others and fields.mine[key]:
            _box(form, key, f"{title} (written before)", SHORT)
    _choose(form, "before", "How you came, if you remember", FEELINGS)
    _choose(form, "after", "How you left", FEELINGS)
    for place, goal in enumerate(form.goals):
        _choose(form, _rated(place), f"How far you are with: {plain(goal)}", RATINGS)
    fields.say()
    for field in fields.clashes:
        _show_clash(form, field)
    st.caption(form.standing())
    if fields.changed and not fields.clashes:
        st.button("Keep my words", key="keep_words", on_click=form.keep_now)


def _box(form: ReflectionForm, key: str, label: str, height: int) -> None:
    widget = form.fields.key(key)
    st.text_area(
        label,
        form.fields.mine[key],
        height=height,
        # More than is kept: a box that cuts a long paste off explains nothing.
        max_chars=MOST_REFLECTION * 2,
        key=widget,
        on_change=form.typed,
        args=(key, widget),
    )


def _choose(
    form: ReflectionForm, field: str, label: str, names: dict[str, str], *, required: bool = False
) -> None:
    widget = form.fields.key(field)
    # Pills go on in the next line where a telephone ends.
    st.pills(
        label,
        list(names),
        default=form.fields.mine[field] or None,
        format_func=names.__getitem__,
        required=required,
        key=widget,
        on_change=form.typed,
        args=(field, widget),
    )


def _cite(key: str) -> None:
    library = engine.coach().library
    card = library.by_key.get(key)
    if card is not None:
        citation_buttons((library.cite(card, card.sections[0]),), key=f"form_{key}")


def _show_clash(form: ReflectionForm, field: str) -> None:
    fields = form.fields
    forget(fields.name)

    def on_top() -> None:
        fields.put_mine_on_top(field)
        form.keep()

    both_versions(
        field,
        Version(lambda: st.text(str(fields.mine[field])), on_top),
        Version(lambda: st.text(str(fields.kept[field])), lambda: fields.take_theirs(field)),
        by=None,
    )


def goals_of(home: PairHome) -> tuple[str, ...]:
    """What I want to learn, as the agreement has it."""
    if home.in_force is None:
        return ()
    share = home.in_force.mentor if home.my_role is Role.MENTOR else home.in_force.mentee
    return (share.learns,) if share.learns else ()


def _as_plain(mine: Reflection, goals: tuple[str, ...]) -> dict[str, Any]:
    """The fields as a draft can hold them."""
    texts = {one.prompt: one.text for one in mine.written if one.prompt != FROM_FILE}
    rated = {one.goal: str(one.rating) for one in mine.progress}
    return {
        "form": mine.form.value,
        **{key: texts.get(key, "") for key in titles()},
        "before": _said(mine.before),
        "after": _said(mine.after),
        **{_rated(place): rated.get(goal, "") for place, goal in enumerate(goals)},
        _FILES: [[one.source, one.text] for one in mine.written if one.prompt == FROM_FILE],
    }


def _rated(place: int) -> str:
    return f"goal_{place}"


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(said: str) -> int | None:
    return int(said) if said else None


def _alike(typed: Any, kept: Any) -> bool:
    """Whether what is kept is what was typed, but for the spaces around its lines."""
    if not isinstance(typed, str) or not isinstance(kept, str):
        return bool(typed == kept)
    return _trimmed(typed) == _trimmed(kept)


def _trimmed(text: str) -> str:
    return "\n".join(map(clean_line, text.splitlines())).strip()
