"""What lets one process serve many pages at once; ``make load`` measures it.

Python runs one thread at a time, so what counts is how soon a thread that waits gets its turn.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore
from typing import Any

from streamlit import config

#: Seconds after which a thread must give way. Each page waits for the database some twenty times,
#: and each time it would wait for its turn again; Python's own 5 ms add up to more than the work.
_TURN = 0.001
#: New objects after which Python looks for cycles. Its own 700 come up several times on each page.
_NEW_OBJECTS = 20_000
#: Runs of pages at a time: one works while the other waits for the database. More would only
#: take turns, and all be late.
_RUNS = 2
#: Seconds after which a run begins all the same: one before it may wait for a language model.
_PATIENCE = 0.5
_runs = Semaphore(_RUNS)
_sections: dict[str, dict[str, Any]] = {}


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait, for a moment at most, until few others are being shown."""
    held = _runs.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        if held:
            _runs.release()


def prepare_for_many() -> None:
    """Prepare this process; to be called once, when all that stays in memory is loaded."""
    sys.setswitchinterval(_TURN)
    gc.collect()
    # What stays is not searched again, or each search would hold everybody up.
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
    # Streamlit reads each option under one lock, some ten for each element of a page. A thread
    # that loses its turn while it holds that lock holds up all others. The options are replaced
    # as a whole, so that reading them needs no lock.
    config.get_option = _option
    config.get_options_for_section = _section
    config.on_config_parsed(_sections.clear, force_connect=True)


def _option(key: str) -> Any:
    return config.get_config_options()[key].value


def _section(section: str) -> dict[str, Any]:
    if section not in _sections:
        options = config.get_config_options().values()
        _sections[section] = {
            option.name: option.value for option in options if option.section == section
        }
    return dict(_sections[section])
