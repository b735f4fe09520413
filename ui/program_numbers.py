"""A program's numbers for its lead, and what they cannot see."""

from __future__ import annotations

import engine
import streamlit as st
from times import day_words

from coach.domain.bands import ENOUGH
from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.program.numbers import ProgramNumbers

#: Which pairs have a part in a number.
_REAL = "A pair counts once both of its people have signed in, or have written down that they met."
_NOT_SEEN = """
- Which pair met, cancelled or is at risk. Nobody is counted by department, place or anything else,
  and there is no list behind a number.
- Pairs of people who never signed in: names on a list would hide who the others are.
- Exact numbers. They come in steps of five, and “fewer than 5” can be none.
- Each single change. A number stays as it was on its day until at least five pairs have changed
  it, so that pairing somebody anew between two looks shows nothing of them.
- Anything that a pair plans, writes or says. To hear how it goes, ask every pair.
"""


def show_numbers(program: Program, actor: Actor) -> None:
    """Counts that tell of no single pair."""
    numbers = engine.workspace().numbers.see(actor, program.id)
    run = "ran to the end" if program.ended else "run" if numbers.pairs != 1 else "runs"
    st.markdown(f"**{numbers.pairs:,}** pair{'' if numbers.pairs == 1 else 's'} {run}.")
    _show_sessions(numbers)
    if program.ended is None:
        _show_fading(program, numbers)
    with st.expander("What you cannot see here, and why"):
        st.markdown(
            "Two people who know that somebody counts them speak less freely. So you see how the "
            "program goes, and not how a pair does. You do not see:"
        )
        st.markdown(_NOT_SEEN)


def _show_sessions(numbers: ProgramNumbers) -> None:
    if numbers.counted_on is None:
        st.markdown(
            f"Sessions are counted once {ENOUGH} pairs run and {ENOUGH} have planned or held one. "
            f"{_REAL}"
        )
        return
    st.markdown(
        f"Sessions: **{numbers.held}** held, **{numbers.planned}** still planned, "
        f"**{numbers.cancelled}** cancelled.  \n:small[As on {day_words(numbers.counted_on)}]"
    )


def _show_fading(program: Program, numbers: ProgramNumbers) -> None:
    weeks = 2 * program.cadence_weeks
    risk = f"no session held or planned within {weeks} weeks, or two cancelled in a row"
    if numbers.fading is None or numbers.fading_on is None:
        st.markdown(
            f"How many pairs are at risk of fading ({risk}) is shown once nine pairs run of which "
            f"both came in. Among fewer, the number would tell of each. {_REAL}"
        )
        return
    st.markdown(
        f"At risk of fading: **{numbers.fading}** pairs. That is: {risk}.  \n"
        f":small[As on {day_words(numbers.fading_on)}]"
    )
