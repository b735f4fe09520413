"""An answer on the page: cited sentences at once, and a model's words when they are there.

The model works in a thread of its own, which never touches Streamlit; a fragment looks every
second whether it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from threading import Event, Thread

import engine
import identity
import session
import streamlit as st
from cards import open_card_button
from citing import open_passage, show_passage
from session import Key
from words import bullets, plain

from coach.bootstrap import Coach
from coach.domain.answer import Answer, AnswerSentence
from coach.domain.guidance import Passage
from coach.errors import CoachError

_LOOK_EVERY = 1.0


@dataclass
class Asking:
    """One question that a model is asked."""

    drafted: Answer
    person: str
    participants: tuple[str, ...] = ()
    stop: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    found: Answer | None = None

    def begin(self, coach: Coach) -> None:
        """Ask in a thread of its own."""
        Thread(target=self._run, args=(coach,), name="asking").start()

    def _run(self, coach: Coach) -> None:
        try:
            self.found = coach.synthesised(
                self.drafted,
                participants=self.participants,
                stop=self.stop,
                person=self.person,
            )
        except CoachError as error:
            self.found = self.drafted.model_copy(update={"error": str(error)})
        finally:
            self.done.set()


def who_sees() -> str:
    """Who learns what is asked here."""
    coach = engine.coach()
    if not coach.hides_names:
        return engine.only_you()
    return (
        "Only you see this. Your question and the passages that are found go to "
        f"{plain(coach.model_name or 'a model')}, with names hidden."
    )


def new_question() -> None:
    """Another question: what a model still says to the last one is of no use."""
    forget_question()
    st.session_state[Key.ANSWER] = None
    st.session_state[Key.OWN_WORDS] = False
    session.save()


def forget_question() -> None:
    """Stop a model that is still at work."""
    asking: Asking | None = st.session_state.get(Key.ASKING)
    if asking is not None:
        asking.stop.set()
    st.session_state[Key.ASKING] = None


def show_answer(drafted: Answer) -> None:
    """The answer, who wrote it, and the passages behind it."""
    name = engine.coach().model_name
    kept = session.synthesised_answer(drafted) if name else None
    own_words = bool(st.session_state[Key.OWN_WORDS])
    shown = kept if kept is not None and not own_words else drafted
    passages = shown.passages
    if not shown.sentences:
        st.markdown("The guidance has something on this, but no sentence that stands alone.")
    if shown.sentences:
        with st.container(border=True, key="answer"):
            by_passage = groupby(shown.sentences, key=lambda one: one.citation.passage_id)
            for place, (_, sentences) in enumerate(by_passage):
                _show_paragraph(list(sentences), place)
    if name is not None and shown.sentences:
        _show_words(name, drafted, kept)
    _show_passages(passages, opened=not shown.sentences)


def show_not_covered(drafted: Answer) -> None:
    """A calm, complete answer: the guidance has nothing on this, and what is near."""
    with st.container(border=True):
        st.markdown("## The guidance does not cover this", anchors=False)
        st.markdown(
            "Better no answer than a made-up one. Other words may find more, your program lead "
            "may know, or a document of your own may have it."
        )
        st.page_link(
            "app_pages/library.py",
            label="Look through the library, or add a document",
            icon=":material/local_library:",
        )
    if drafted.near:
        st.markdown("Nearest to it, in case it helps:")
    for place, hit in enumerate(drafted.near):
        with st.expander(_title(hit.passage), key=f"near_{place}"):
            show_passage(hit.passage)
            open_card_button(hit.passage.doc_id, hit.passage.title, widget=f"whole_near_{place}")


def _show_paragraph(sentences: Sequence[AnswerSentence], place: int) -> None:
    """Sentences of one passage, and the button that opens it."""
    first = sentences[0]
    st.markdown(" ".join(plain(one.text) for one in sentences))
    if st.button(
        plain(_name(first.citation.title, first.citation.heading)),
        key=f"answer_cite_{place}",
        type="tertiary",
        icon=":material/menu_book:",
        help="Open the passage that this stands on",
    ):
        open_passage(first.citation, first.origin)


def _show_words(name: str, drafted: Answer, kept: Answer | None) -> None:
    """Whose words these are, and the way to the other ones."""
    if kept is None:
        asking: Asking | None = st.session_state.get(Key.ASKING)
        if asking is None or asking.drafted != drafted:
            forget_question()
            names = session.brief_fields()[Key.PARTICIPANTS.value]
            asking = Asking(drafted, identity.who().person_id, tuple(names))
            st.session_state[Key.ASKING] = asking
            asking.begin(engine.coach())
        _watch(name)
        return
    if kept.refined:
        own_words = bool(st.session_state[Key.OWN_WORDS])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if own_words:
                st.caption("In the library’s own words.", width="content")
            else:
                st.caption(
                    f"In words of {plain(name)}, each verified against its passage.",
                    width="content",
                )
            st.button(
                f"Show the words of {plain(name)}" if own_words else "Put the library’s words back",
                key="library_words_again",
                type="tertiary",
                icon=":material/undo:",
                on_click=_choose_words,
                args=(not own_words,),
            )
    else:
        st.caption(
            f"In the library’s own words. {plain(name)} had none that are better and as safe."
        )
    _show_outcome(kept)


def _choose_words(own: bool) -> None:
    st.session_state[Key.OWN_WORDS] = own
    session.save()


@st.fragment(run_every=_LOOK_EVERY)
def _watch(name: str) -> None:
    asking: Asking | None = st.session_state.get(Key.ASKING)
    if asking is None:
        return
    if asking.done.is_set():
        session.keep_answer(asking.found or asking.drafted)
        st.session_state[Key.ASKING] = None
        # The sentences around this fragment change.
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f"In the library’s own words. {plain(name)} is putting them together; what it says is "
            "verified first.",
            width="stretch",
        )
        st.button("Stop", key="asking_stop", icon=":material/stop:", on_click=asking.stop.set)


def _show_outcome(kept: Answer) -> None:
    if kept.error:
        st.caption(f"{plain(kept.error)} The answer is complete without it.")
    if not kept.refused and not kept.withheld:
        return
    with st.expander("What was refused, and why", type="compact", key="answer_refused"):
        if kept.refused:
            st.markdown(
                bullets(tuple(f"{one.reason.value}: “{one.text[:300]}”" for one in kept.refused))
            )
        if kept.withheld:
            st.markdown(
                "Not sent, since it holds instructions aimed at a model: "
                f"{plain(', '.join(kept.withheld))}"
            )


def _show_passages(passages: Sequence[Passage], *, opened: bool) -> None:
    with st.expander("The passages, and what else was found", expanded=opened, key="passages"):
        for number, passage in enumerate(passages, start=1):
            st.markdown(f"**{_title(passage)}**")
            show_passage(passage)
            open_card_button(passage.doc_id, passage.title, widget=f"whole_{number}")


def _title(passage: Passage) -> str:
    return plain(_name(passage.title, passage.heading))


def _name(title: str, heading: str) -> str:
    return f"{title} · {heading}" if heading else title
