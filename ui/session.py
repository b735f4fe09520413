"""What a browser session holds: every key, and the draft that survives a refresh.

The draft's name stands in the address (``?draft=…``), and only its author can read it. A page
switch keeps the session's state; a refresh starts a new one, which reads the draft again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import engine
import identity
import streamlit as st
from words import plain

from coach.domain.agenda import Agenda
from coach.domain.answer import Answer
from coach.domain.brief import Setting
from coach.domain.identity import Actor
from coach.domain.phrasing import Channel
from coach.domain.receiver import ReceiverCard
from coach.domain.records import is_id, new_id
from coach.domain.refinement import Refined
from coach.errors import CoachError

_PARAMETER = "draft"


class Key(StrEnum):
    """Every key of the session. Those of the brief are kept in the draft."""

    TOPIC = "topic"
    MINUTES = "minutes"
    SESSION = "session"
    PLANNED = "planned_sessions"
    MENTOR_ROLE = "mentor_role"
    MENTEE_ROLE = "mentee_role"
    SETTING = "setting"
    CARRIED_OVER = "carried_over"
    WORRY = "worry"
    PARTICIPANTS = "participants"
    CURIOUS = "curious"
    ASKED = "asked"
    CHOSEN = "chosen"
    OWN = "own_questions"
    AGENDA = "agenda"
    ITEMS = "item_names"
    EDITED = "edited"
    KIT = "kit"
    PAST = "past_agendas"
    REFINED = "refined_questions"
    REFINING = "refining"
    ANSWER = "answer"
    OWN_WORDS = "library_words"
    ASKING = "asking"
    MESSAGE = "message"
    HAPPENED = "what_happened"
    RELATIONSHIP = "relationship"
    CHANNEL = "channel"
    RUNG = "rung"
    USED = "used_rungs"
    REWORDED = "reworded_rungs"
    GOALS = "goals"
    PAIR = "pair"
    MEETING = "meeting"
    SHARED = "shared_version"
    THEIR_CARD = "their_card"
    TOLD = "told"
    TO_ASK = "to_ask"
    LANDED = "landed_badly"
    FILLED = "filled"
    DRAFT = "draft"
    STARTS = "starts"
    ACTING = "acting"


_DEFAULTS: dict[Key, Any] = {
    Key.TOPIC: "",
    Key.MINUTES: 45,
    Key.SESSION: 1,
    Key.PLANNED: 8,
    Key.MENTOR_ROLE: "",
    Key.MENTEE_ROLE: "",
    Key.SETTING: Setting.IN_PERSON.value,
    Key.CARRIED_OVER: "",
    Key.WORRY: "",
    Key.PARTICIPANTS: "",
    Key.CURIOUS: "",
    Key.ASKED: "",
    Key.CHOSEN: [],
    Key.OWN: "",
    Key.AGENDA: None,
    Key.ITEMS: [],
    Key.EDITED: False,
    Key.KIT: "",
    Key.PAST: [],
    Key.REFINED: [],
    Key.ANSWER: None,
    Key.OWN_WORDS: False,
    Key.MESSAGE: "",
    Key.HAPPENED: "",
    Key.RELATIONSHIP: "",
    Key.CHANNEL: Channel.IN_PERSON.value,
    Key.RUNG: "",
    Key.USED: [],
    Key.REWORDED: [],
    Key.GOALS: [],
    Key.PAIR: "",
    Key.MEETING: "",
    Key.SHARED: 0,
    Key.THEIR_CARD: None,
    Key.TOLD: "",
    Key.TO_ASK: "",
    Key.LANDED: "",
}
#: Versions of the agenda that can be brought back.
_UNDO = 20
#: Questions whose reworded form is kept, over several subjects.
_MARKS = 60
#: How many of them survive a refresh; each is some 40 kB.
_KEPT = 5


def begin(actor: Actor) -> None:
    """Bring back the draft once per session, and keep its name in the address."""
    if st.session_state.get(Key.ACTING, actor.person_id) != actor.person_id:
        # Another person's words must not stay on the page.
        forget()
    st.session_state[Key.ACTING] = actor.person_id
    if Key.DRAFT not in st.session_state:
        name = st.query_params.get(_PARAMETER, "")
        kept = engine.workspace().drafts.read(actor, name) if is_id(name) else {}
        st.session_state[Key.DRAFT] = name if kept else new_id()
        for key, default in _DEFAULTS.items():
            value = kept.get(key, default)
            # A file may hold anything: only what has the right form is brought back.
            same = isinstance(value, type(default)) or default is None
            st.session_state[key] = value if same else default
        if read_agenda() is None:
            st.session_state[Key.EDITED] = False
    for key, default in _DEFAULTS.items():
        # Streamlit forgets a widget's value when another page runs; writing it back keeps it.
        st.session_state[key] = st.session_state.get(key, default)
    if st.query_params.get(_PARAMETER) != st.session_state[Key.DRAFT]:
        st.query_params[_PARAMETER] = st.session_state[Key.DRAFT]


def forget() -> None:
    """Begin anew, as somebody else, or with another draft."""
    who = st.session_state.get(identity.ACT_AS)
    st.session_state.clear()
    if who is not None:
        st.session_state[identity.ACT_AS] = who
    st.query_params.pop(_PARAMETER, None)


def newest_draft() -> str | None:
    """The name of my newest draft, if it is another one than this."""
    name = engine.workspace().drafts.newest(identity.who())
    return name if name != st.session_state[Key.DRAFT] else None


def bring_back(name: str) -> None:
    """Go on with an earlier draft of mine."""
    forget()
    st.query_params[_PARAMETER] = name


def save() -> None:
    """Keep the draft; says so if it cannot be kept."""
    draft = {key.value: st.session_state[key] for key in _DEFAULTS}
    draft[Key.PAST.value] = draft[Key.PAST.value][-_KEPT:]
    try:
        engine.workspace().drafts.keep(identity.who(), st.session_state[Key.DRAFT], draft)
    except CoachError as error:
        st.warning(plain(str(error)))


def brief_fields() -> dict[str, Any]:
    """The brief as typed; ``read_brief`` says what is wrong with it."""
    fields = {
        key.value: st.session_state[key]
        for key in (
            Key.TOPIC,
            Key.MINUTES,
            Key.SESSION,
            Key.PLANNED,
            Key.MENTOR_ROLE,
            Key.MENTEE_ROLE,
            Key.SETTING,
            Key.WORRY,
            Key.KIT,
        )
    }
    fields[Key.GOALS.value] = st.session_state[Key.GOALS]
    for key in (Key.CARRIED_OVER, Key.PARTICIPANTS):
        lines = str(st.session_state[key]).splitlines()
        fields[key.value] = [line for line in lines if line.strip()]
    return fields


def read_agenda() -> Agenda | None:
    """The agenda on the page, or ``None``; one that was kept in another form is dropped."""
    kept = st.session_state.get(Key.AGENDA)
    try:
        return Agenda.model_validate(kept) if kept else None
    except ValueError:
        return None


def remember() -> None:
    """Keep the present agenda, so that a person can take a change back."""
    if st.session_state.get(Key.AGENDA):
        keys = (Key.AGENDA, Key.ITEMS, Key.EDITED)
        past = [*st.session_state.get(Key.PAST, []), [st.session_state[key] for key in keys]]
        st.session_state[Key.PAST] = past[-_UNDO:]


def undo() -> None:
    """Take the last change of the agenda back."""
    past = list(st.session_state.get(Key.PAST, []))
    if past:
        agenda, items, edited = past.pop()
        st.session_state[Key.AGENDA] = agenda
        st.session_state[Key.ITEMS] = items
        st.session_state[Key.EDITED] = edited
        st.session_state[Key.PAST] = past
        save()


def keep_agenda(agenda: Agenda, *, names: list[int] | None = None, edited: bool = True) -> None:
    """Put ``agenda`` on the page. ``names`` follow the items when they move."""
    if edited or st.session_state[Key.EDITED]:
        # A draft that follows the brief is no step of the person's; their own changes are.
        remember()
    st.session_state[Key.AGENDA] = agenda.model_dump(mode="json")
    if names is None:
        names = list(st.session_state[Key.ITEMS])
    st.session_state[Key.ITEMS] = names
    st.session_state[Key.EDITED] = edited
    save()


def keep_refined(agenda: Agenda) -> None:
    """Put a model's accepted words on the page. The step back is the one before it was asked."""
    st.session_state[Key.AGENDA] = agenda.model_dump(mode="json")
    # What was asked for is not thrown away when the brief changes.
    st.session_state[Key.EDITED] = True
    save()


def refined_questions() -> list[Refined]:
    """A model's accepted words for questions; those kept in another form are dropped."""
    try:
        return [Refined.model_validate(kept) for kept in st.session_state[Key.REFINED]]
    except ValueError:
        return []


def keep_refined_questions(marks: list[Refined]) -> None:
    """Keep a model's words for questions, the newest for each draft."""
    newest = {mark.draft: mark.model_dump(mode="json") for mark in marks}
    st.session_state[Key.REFINED] = list(newest.values())[-_MARKS:]
    save()


def synthesised_answer(drafted: Answer) -> Answer | None:
    """What a model made of ``drafted``; ``None`` if it was not asked, or the library changed."""
    kept = st.session_state.get(Key.ANSWER)
    try:
        answer = Answer.model_validate(kept) if kept else None
    except ValueError:
        return None
    # The same question over the same passages: then its words still stand on something.
    same = answer and (answer.question, answer.near) == (drafted.question, drafted.near)
    return answer if same else None


def keep_answer(answer: Answer) -> None:
    """Keep what a model made of a question, so that a refresh does not ask it again."""
    st.session_state[Key.ANSWER] = answer.model_dump(mode="json")
    save()


def receiver_card() -> ReceiverCard | None:
    """My receiver's card, or ``None``."""
    return engine.workspace().cards.mine(identity.who())


def their_card() -> ReceiverCard | None:
    """The card that the one who will hear it gave as a file, or ``None``.

    One that was kept in another form is dropped.
    """
    kept = st.session_state.get(Key.THEIR_CARD)
    try:
        return ReceiverCard.model_validate(kept) if kept else None
    except ValueError:
        return None


def card_for_saying() -> ReceiverCard | None:
    """The card that rungs follow: the file that they gave, or my partner's own.

    Without a partner here it is mine: two who share a computer may have filled it in together.
    """
    if given := their_card():
        return given
    actor = identity.who()
    pairs = engine.workspace().home.mine(actor)
    if not pairs:
        return receiver_card()
    return engine.workspace().cards.partners(actor, pairs[0].pair.id)


def keep_their_card(card: ReceiverCard | None) -> None:
    """Keep the card that they gave; ``None`` removes it."""
    st.session_state[Key.THEIR_CARD] = card.model_dump(mode="json") if card else None
    save()


def keep_receiver_card(card: ReceiverCard) -> None:
    """Keep a new version of my receiver's card."""
    try:
        engine.workspace().cards.keep(identity.who(), card)
    except CoachError as error:
        st.warning(plain(str(error)))
