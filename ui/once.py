"""What a page asks several times and is told once: anew in each run, also in a fragment's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import ref

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Answer = TypeVar("Answer")

_KEPT = "asked_in_this_run"


@dataclass
class _Asked:
    """The answers of one run; Streamlit makes a new coordinator for each."""

    run: ref[object]
    answers: dict[str, Any] = field(default_factory=dict)


def once(name: str, ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` gives, or has given under this name in the same run of the same person's page.

    A callback always asks: it comes before the page, and what it does may change the answer.
    """
    running = get_script_run_ctx()
    run = running.parallel_coordinator if running and running.has_script_started else None
    if run is None:
        return ask()
    kept = st.session_state.get(_KEPT)
    if not isinstance(kept, _Asked) or kept.run() is not run:
        kept = st.session_state[_KEPT] = _Asked(ref(run))
    if name not in kept.answers:
        kept.answers[name] = ask()
    answer: Answer = kept.answers[name]
    return answer


def forget() -> None:
    """Ask anew also in this run."""
    st.session_state.pop(_KEPT, None)
