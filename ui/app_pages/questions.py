"""Prepare questions: for the senior mentee, curious and open, never a test."""

from functools import partial

import brief_form
import engine
import pair_brief
import session
import streamlit as st
from citing import citation_buttons, show_worry
from downloads import download_questions
from refining import put_back_in_questions, refine_questions_bar, show_mark
from session import Key
from words import plain

from coach.domain.brief import MAX_NOTE, read_brief
from coach.domain.program import Role
from coach.domain.questions import Depth, Question, QuestionSet
from coach.errors import CoachError
from coach.prepare.refined import with_words

_DEPTHS = {
    Depth.OPENING: "To open",
    Depth.EXPLORING: "To explore",
    Depth.DEEPER: "To go deeper",
}


def show_question(question: Question, number: int) -> None:
    """One question with a box to choose it, and what helps to ask it well."""
    name = name_of(question)
    box = f"bring_{name}"
    st.session_state[box] = name in st.session_state[Key.CHOSEN]
    st.checkbox(plain(question.text), key=box, on_change=choose, args=(name,))
    if question.refined:
        show_mark(
            question.refined, f"back_{number}", partial(put_back_in_questions, question.refined)
        )
    st.markdown(
        f"- **Listen for** {plain(question.listen_for)}\n"
        f"- **Offer back** {plain(question.offer_back)}"
    )
    with st.expander(f"What question {number + 1} stands on", type="compact", key=f"more_{number}"):
        citation_buttons(question.citations, key=f"q{number}")


def name_of(question: Question) -> str:
    """The draft's words name a question: a choice stays when a model rewords it."""
    return question.refined.draft if question.refined else question.text


def choose(text: str) -> None:
    """Bring a question, or leave it at home."""
    chosen = [other for other in st.session_state[Key.CHOSEN] if other != text]
    if st.session_state[f"bring_{text}"]:
        chosen.append(text)
    st.session_state[Key.CHOSEN] = chosen
    session.save()


def own_questions() -> tuple[str, ...]:
    """What the person added, a question a line."""
    lines = str(st.session_state[Key.OWN]).splitlines()
    return tuple(clean for line in lines if (clean := " ".join(line.split())))


def to_bring(found: QuestionSet) -> QuestionSet:
    """The chosen questions; all of them if none is chosen, since a set has at least six."""
    picked = [q for q in found.questions if name_of(q) in st.session_state[Key.CHOSEN]]
    return found.model_copy(update={"questions": tuple(picked or found.questions)})


st.title("Prepare questions", anchor=False)
st.markdown("Curious questions show that you want to learn. They make it safe to tell you things.")
pair_brief.offer(Role.MENTEE)
brief_form.topic_line()
brief_form.session_line()
brief_form.people_line("Your own role", Key.MENTEE_ROLE, "for example: finance director")
st.text_input(
    "What are you unsure about? Only you see this.",
    key=Key.CURIOUS,
    max_chars=MAX_NOTE,
    placeholder="for example: I talk too much when I am nervous",
    on_change=session.save,
)
brief_form.names_box()
if not st.session_state[Key.TOPIC].strip():
    st.markdown("Say what the session is about, and six to ten questions appear here.")
    st.button("Fill in an example", key="example", on_click=brief_form.fill_example, type="primary")
    st.stop()
try:
    fields = {**session.brief_fields(), "worry": st.session_state[Key.CURIOUS], "carried_over": []}
    drafted = engine.coach().questions(read_brief(fields))
    found = with_words(drafted, session.refined_questions())
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/edit_note:")
    st.stop()
brief_form.show_kit(found.topic_kit)
for note in found.not_covered:
    st.info(plain(note), icon=":material/info:")
show_worry(found.worry_advice)
refine_questions_bar(drafted)
st.markdown("Tick the two or three that you will bring.")
depth = None
for number, question in enumerate(found.questions):
    if question.depth is not depth:
        depth = question.depth
        st.markdown(f"## {_DEPTHS[depth]}", anchors=False)
    show_question(question, number)
st.text_area(
    "Questions of your own, one a line",
    key=Key.OWN,
    max_chars=2_000,
    height=80,
    placeholder="for example: what did you make of our last town hall?",
    on_change=session.save,
)
download_questions(to_bring(found), own_questions())
