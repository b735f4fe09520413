"""What each of the people does: they open their pair's home, prepare, promise, and edit a draft.

A visit has all of it, in any order, with time to think between two steps. Every answer is
searched for the marks of others. A write counts as acknowledged once the page shows it, and is
looked for again when the page is opened anew.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from locust import User, between, task
from locust.exception import RescheduleTask, StopUser
from websocket import WebSocketException

from evals.load.client import Browser, FaultError, Page
from evals.load.journal import HOME, Kind, Step, Wrote, note
from evals.load.marks import foreign
from evals.load.people import PASSWORD
from evals.load.plan import read_plan

_FOLDER = Path(os.environ["COACH_LOAD_FOLDER"])
_PLAN = read_plan(_FOLDER)
_WAITING = list(_PLAN.people)
_INSIDE: list[User] = []
_SIGNED_IN: list[User] = []
_PREPARE = "open Prepare"


class Participant(User):
    """One of the people, in a browser of their own."""

    wait_time = between(*_PLAN.think)

    def on_start(self) -> None:
        """Come in, and sign in."""
        self._me = _WAITING.pop(0)
        _INSIDE.append(self)
        self._own = (self._me.pair_mark, self._me.own_mark)
        self._browser = Browser(str(self.host))
        self._page: Page | None = None
        self._edits = self._visits = 0
        self._step("sign in", lambda: self._browser.sign_in(self._me.email, PASSWORD))
        _SIGNED_IN.append(self)
        self.open_home()

    def on_stop(self) -> None:
        """Close the browser."""
        if self._page:
            self._page.close()

    @task
    def visit(self) -> None:
        """Do all that there is to do."""
        steps = [self.open_home, self.prepare, self.promise, self.edit_draft]
        random.shuffle(steps)
        for step in steps:
            step()
            self._think()
        self._visits += 1
        if self._visits == _PLAN.visits:
            _leave(self)

    def open_home(self) -> None:
        """Look at the pair's home."""
        self._open(HOME, "pair", self._own)

    def prepare(self) -> None:
        """Look at the session that is being prepared."""
        self._open(_PREPARE, f"?draft={self._me.draft}", [self._me.own_mark])

    def promise(self) -> None:
        """Write a promise down, and look for it after opening the page anew."""
        page = self._open(HOME, "pair", self._own)
        text = f"promise {uuid4().hex} {self._me.pair_mark}"

        def write() -> None:
            page.press("write_promise")
            if not page.says(text):
                raise FaultError("the promise is not acknowledged")

        self._think()
        key = page.key(f"promise-{self._me.pair_id}_what_")
        self._step("type a promise", lambda: page.type(key, text))
        self._think()
        wrote = Wrote(kind=Kind.PROMISE, of=self._me.pair_id, text=text)
        self._step("write a promise", write, wrote=wrote)
        self._think()
        self._open(HOME, "pair", [text])

    def edit_draft(self) -> None:
        """Change the draft, and look for the change after opening the page anew."""
        page = self._open(_PREPARE, f"?draft={self._me.draft}", [self._me.own_mark])
        self._edits += 1
        text = f"worry {self._edits:06} {self._me.own_mark}"
        self._think()
        wrote = Wrote(kind=Kind.DRAFT, of=self._me.draft, text=text)
        self._step("edit a draft", lambda: page.type("worry", text), [text], wrote)
        self._think()
        self._open(_PREPARE, f"?draft={self._me.draft}", [text])

    def _think(self) -> None:
        self.wait()  # type: ignore[no-untyped-call]

    def _open(self, step: str, path: str, expected: Sequence[str]) -> Page:
        if self._page:
            self._page.close()
        pages = []
        self._step(step, lambda: pages.append(self._browser.open(path)), expected)
        self._page = pages[0]
        return pages[0]

    def _step(
        self,
        name: str,
        do: Callable[[], object],
        expected: Sequence[str] = (),
        wrote: Wrote | None = None,
    ) -> None:
        """Do one step and time it; a fault ends what the person was about to do."""
        rush = len(_SIGNED_IN) < len(_PLAN.people)
        started = time.perf_counter()
        fault = ""
        try:
            do()
        except (FaultError, OSError, WebSocketException) as error:
            fault = f"{type(error).__name__}: {error}"
        spent = (time.perf_counter() - started) * 1_000
        heard = self._browser.heard
        strange = len(foreign(heard, self._own))
        if strange:
            fault = fault or "marks of others were seen"
        if not fault and not all(text.encode() in heard for text in expected):
            fault = "what belongs on the page is not there"
        step = Step(
            name=name,
            ms=spent,
            rush=rush,
            fault=fault,
            foreign=strange,
            wrote=None if fault else wrote,
        )
        note(_FOLDER, step)
        # What Locust itself shows while it runs.
        self.environment.events.request.fire(
            request_type="page",
            name=name,
            response_time=spent,
            response_length=len(heard),
            exception=FaultError(fault) if fault else None,
            context={},
        )
        if fault:
            raise RescheduleTask


def _leave(person: Participant) -> None:
    """Go; the last one closes the door."""
    _INSIDE.remove(person)
    if not _INSIDE and not _WAITING and person.environment.runner:
        person.environment.runner.quit()
    raise StopUser
