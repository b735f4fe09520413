"""A model at work on the draft: its words as they come, what was refused, and the way back.

The model works in a thread of its own, which never touches Streamlit. A fragment looks every
second for what is new; the draft stays readable and editable meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread

import engine
import identity
import session
import streamlit as st
from session import Key
from words import bullets, plain

from coach.domain.agenda import Agenda
from coach.domain.proposal import Refusal, Slot
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Refined, Refinement
from coach.prepare.refined import mark_of, put_back, take

_LOOK_EVERY = 1.0
#: Why the draft's words stayed, for people.
_REASONS = {
    Refusal.EMPTY: "It said next to nothing",
    Refusal.TOO_LONG: "Too long to say",
    Refusal.FORMAT: "Not plain words",
    Refusal.META: "It talked about the task",
    Refusal.OBEYED: "It sent you somewhere, or asked for something private",
    Refusal.LANGUAGE: "In another language than your brief",
    Refusal.NOT_A_QUESTION: "Not a question",
    Refusal.CLOSED_QUESTION: "A yes-or-no question",
    Refusal.TWO_QUESTIONS: "Two questions in one",
    Refusal.NUMBER: "A figure that nobody gave",
    Refusal.DATE: "A date that nobody gave",
    Refusal.NAME: "A name that nobody gave",
    Refusal.POLICY: "A rule that nobody gave",
    Refusal.PROMISE: "A promise that nobody made",
    Refusal.CLAIM: "A claim that nothing supports",
    Refusal.ROLES: "The two of you swapped",
    Refusal.MEANING: "It meant something else",
    Refusal.UNSUPPORTED: "Not what the guidance says",
    Refusal.RESPECT: "Not respectful enough",
    Refusal.TACT: "Less tactful than the draft",
    Refusal.SCREENED: "Your brief holds what reads like an order to a model, so it was not sent",
    Refusal.UNCHANGED: "The same words again",
}


@dataclass
class Work:
    """One draft that a model is asked about, slot by slot."""

    about: str
    stop: Event = field(default_factory=Event)
    queue: SimpleQueue[Refinement | None] = field(default_factory=SimpleQueue)
    found: list[Refinement] = field(default_factory=list)
    done: bool = False

    def begin(self, ask: Callable[[Event], Iterator[Refinement]]) -> None:
        """Ask in a thread of its own."""
        Thread(target=self._run, args=(ask,), name="refining").start()

    def _run(self, ask: Callable[[Event], Iterator[Refinement]]) -> None:
        try:
            for one in ask(self.stop):
                self.queue.put(one)
        finally:
            self.queue.put(None)

    def news(self) -> list[Refinement]:
        """What came since the last look."""
        new: list[Refinement] = []
        while True:
            try:
                one = self.queue.get_nowait()
            except Empty:
                return new
            if one is None:
                self.done = True
            else:
                self.found.append(one)
                new.append(one)


def refine_agenda_bar(agenda: Agenda) -> None:
    """Ask the model for words of this agenda, watch it, or see what came of it."""
    _bar("agenda", lambda: _start_agenda(agenda), _take_into_agenda)


def refine_questions_bar(found: QuestionSet) -> None:
    """The same for the questions."""
    _bar("questions", lambda: _start_questions(found), _take_into_questions)


def show_mark(mark: Refined, key: str, put: Callable[[], None]) -> None:
    """Says that words above are a model's, and puts the draft's back with one click."""
    # Questions stand in a list, in which nothing else tells whose each one is.
    which = f"“{plain(mark.text)}”: words" if mark.slot is Slot.QUESTION else "Words"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{which} of {plain(mark.provenance.model)}, verified.", width="content")
        st.button(
            "Put the draft’s words back",
            key=key,
            type="tertiary",
            icon=":material/undo:",
            on_click=put,
            help=plain(mark.draft),
        )


def put_back_in_agenda(position: int, mark: Refined) -> None:
    """The draft's words again, in one slot."""
    agenda = session.read_agenda()
    if agenda is not None and mark in agenda.items[position].refined:
        session.keep_agenda(put_back(agenda, position, mark))


def put_back_in_questions(mark: Refined) -> None:
    """The draft's question again."""
    kept = [one for one in session.refined_questions() if one != mark]
    session.keep_refined_questions(kept)


def _bar(about: str, start: Callable[[], None], accept: Callable[[list[Refinement]], bool]) -> None:
    name = engine.coach().model_name
    if name is None:
        return
    work: Work | None = st.session_state.get(Key.REFINING)
    if work is None or work.about != about:
        st.button(
            "Make the words specific to the two of you",
            key=f"refine_{about}",
            icon=":material/edit_note:",
            on_click=start,
            help=f"{plain(name)} proposes other words for single lines. Each is verified against "
            "your brief and the guidance, and you can put the draft’s back.",
        )
    elif not work.done:
        _watch(name, accept)
    else:
        _show_outcome(work, name, start)


@st.fragment(run_every=_LOOK_EVERY)
def _watch(name: str, accept: Callable[[list[Refinement]], bool]) -> None:
    work: Work | None = st.session_state.get(Key.REFINING)
    if work is None:
        return
    if accept(work.news()) or work.done:
        # New words change the page around this fragment.
        st.rerun(scope="app")
    taken = sum(one.text is not None for one in work.found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"{plain(name)} is at work: {len(work.found)} lines looked at, {taken} of them "
            "reworded so far. You can read and change everything meanwhile.",
            width="stretch",
        )
        st.button("Stop", key="refine_stop", icon=":material/stop:", on_click=work.stop.set)


def _show_outcome(work: Work, name: str, start: Callable[[], None]) -> None:
    taken = sum(one.text is not None for one in work.found)
    error = next((one.error for one in work.found if one.is_over), None)
    if error:
        st.warning(f"{plain(error)} Your draft is complete without it.", icon=":material/info:")
    elif work.stop.is_set():
        st.caption(f"Stopped. Words of {plain(name)} in {taken} of the lines it was asked for.")
    else:
        st.caption(
            f"Words of {plain(name)} in {taken} of {len(work.found)} lines. The others kept the "
            "draft’s words."
        )
    reasons = Counter(_why(one) for one in work.found if one.text is None and not one.is_over)
    if reasons:
        with st.expander("Why lines kept the draft’s words", type="compact", key="refine_reasons"):
            st.markdown(bullets(tuple(f"{why}: {count}" for why, count in reasons.most_common())))
    st.button(
        "Ask once more",
        key="refine_again",
        type="tertiary",
        icon=":material/refresh:",
        on_click=start,
    )


def _why(one: Refinement) -> str:
    if one.refusal is None:
        return "No usable reply came"
    return _REASONS.get(one.refusal, one.refusal.value.capitalize())


def _start_agenda(agenda: Agenda) -> None:
    coach, person = engine.coach(), identity.who().person_id
    _start("agenda", lambda stop: coach.refine_agenda(agenda, stop=stop, person=person))


def _start_questions(found: QuestionSet) -> None:
    coach, person = engine.coach(), identity.who().person_id
    _start("questions", lambda stop: coach.refine_questions(found, stop=stop, person=person))


def _start(about: str, ask: Callable[[Event], Iterator[Refinement]]) -> None:
    before: Work | None = st.session_state.get(Key.REFINING)
    if before is not None:
        before.stop.set()
    work = Work(about=about)
    st.session_state[Key.REFINING] = work
    work.begin(ask)


def forget_work(about: str) -> None:
    """A new draft begins: whatever a model still says belongs to the old one."""
    work: Work | None = st.session_state.get(Key.REFINING)
    if work is not None and work.about == about:
        work.stop.set()
        st.session_state[Key.REFINING] = None


def _take_into_agenda(news: list[Refinement]) -> bool:
    agenda = session.read_agenda()
    if agenda is None or not any(one.text for one in news):
        return False
    work: Work = st.session_state[Key.REFINING]
    if not any(one.text for one in work.found if one not in news):
        # One step back undoes all that the model changed.
        session.remember()
    for one in news:
        agenda = take(agenda, one)
    session.keep_refined(agenda)
    return True


def _take_into_questions(news: list[Refinement]) -> bool:
    marks = [mark for one in news if (mark := mark_of(one))]
    if marks:
        session.keep_refined_questions([*session.refined_questions(), *marks])
    return bool(marks)
