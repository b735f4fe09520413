from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable, Generator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Event

import pytest
from chat_server import message
from pydantic import BaseModel

from coach.adapters.chat.budget import Allowance, BudgetedChat, Ledger, Left, tokens_at_most
from coach.domain.chat import Message, Usage
from coach.errors import BudgetError, ModelError, ModelReplyError, ModelStoppedError
from coach.ports import Schema

_BEFORE_MIDNIGHT = datetime(2026, 3, 7, 23, 58, tzinfo=timezone(timedelta(hours=9)))
_TOOK = Usage(prompt_tokens=10, reply_tokens=5, milliseconds=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = _BEFORE_MIDNIGHT

    def __call__(self) -> datetime:
        """The time that was set."""
        return self.now


class Form(BaseModel):
    words: str


class Speaks:
    """A model that says three words and then ends, as ``end`` says; it counts what it is sent."""

    name = "speaks"

    def __init__(self, end: Usage | ModelError = _TOOK) -> None:
        self._end = end
        self.sent = 0

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limit: int,
        keep: str = "",
        stop: Event | None = None,
    ) -> Generator[str, None, Usage]:
        self.sent += bool(messages and limit and not keep and not stop)
        yield from ("one ", "two ", "three")
        if isinstance(self._end, ModelError):
            raise self._end
        return self._end

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        self.sent += bool(messages and limit and not stop)
        if isinstance(self._end, ModelError):
            raise self._end
        return schema.model_validate({"words": "one"}), self._end


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger_of(tmp_path: Path, clock: Clock) -> Callable[..., Ledger]:
    """Makes ledgers on one file."""
    return lambda **allowed: Ledger(tmp_path / "home" / "m.sqlite", Allowance(**allowed), now=clock)


def _spent(usage: tuple[int, int]) -> ModelReplyError:
    error = ModelReplyError("broke off")
    error.spent = usage
    return error


# --- what a reply costs ---


def test_a_reply_costs_what_it_took(ledger_of: Callable[..., Ledger]) -> None:
    ledger = ledger_of(tokens=1_000, cost=1.0, price_prompt=2_000.0, price_reply=10_000.0)
    chat = BudgetedChat(Speaks(), ledger, "ann")

    pieces = list(chat.stream([message()], limit=50))
    found, took = chat.structured([message()], Form, limit=50)

    assert ["one ", "two ", "three"] == pieces
    assert (Form(words="one"), _TOOK) == (found, took)
    assert 970 == ledger.left("ann").tokens
    assert 1.0 - 2 * (10 * 0.002 + 5 * 0.01) == pytest.approx(ledger.left("ann").cost)


def test_a_reply_that_failed_midway_costs_what_it_used(ledger_of: Callable[..., Ledger]) -> None:
    ledger = ledger_of(tokens=1_000)
    chat = BudgetedChat(Speaks(_spent((30, 12))), ledger, "ann")

    with pytest.raises(ModelReplyError):
        list(chat.stream([message()], limit=50))
    with pytest.raises(ModelReplyError):
        chat.structured([message()], Form, limit=50)

    assert 1_000 - 2 * 42 == ledger.left("ann").tokens


def test_a_request_that_was_never_answered_costs_nothing(
    ledger_of: Callable[..., Ledger],
) -> None:
    ledger = ledger_of(tokens=1_000)

    with pytest.raises(ModelStoppedError):
        list(BudgetedChat(Speaks(ModelStoppedError()), ledger, "ann").stream([message()], limit=9))

    assert Left(1_000, None) == ledger.left("ann")


def test_a_reply_that_nobody_waits_for_costs_what_came(ledger_of: Callable[..., Ledger]) -> None:
    """The question of 30 characters is 8 tokens, as estimates go, and two words came."""
    ledger = ledger_of(tokens=1_000)
    replies = BudgetedChat(Speaks(), ledger, "ann").stream([message()], limit=50)

    next(replies)
    next(replies)
    under_way = ledger.left("ann").tokens
    replies.close()

    assert 1_000 - tokens_at_most([message()]) - 50 == under_way
    assert 1_000 - 8 - 2 == ledger.left("ann").tokens


def test_the_bound_on_a_prompt_holds_in_every_script() -> None:
    """A character outside the Latin script takes up to two tokens."""
    for text in ("a question", "какой вопрос", "一个好问题", "🙂🙂", "សំណួរ"):
        assert tokens_at_most([message(text)]) >= len(text)


# --- what is refused ---


def test_what_does_not_fit_is_not_sent_and_says_when_it_will(
    ledger_of: Callable[..., Ledger],
) -> None:
    model = Speaks()

    with pytest.raises(BudgetError) as caught:
        list(BudgetedChat(model, ledger_of(tokens=60), "ann").stream([message()], limit=50))

    assert 0 == model.sent
    assert "60 tokens" in str(caught.value)
    assert "at midnight, on Sunday 8 March" in str(caught.value)
    assert "nothing was sent" in str(caught.value)


def test_money_is_a_limit_of_its_own(ledger_of: Callable[..., Ledger]) -> None:
    model = Speaks()
    ledger = ledger_of(tokens=1_000_000, cost=0.01, price_reply=1_000.0)

    with pytest.raises(BudgetError, match=r"0\.01 in money"):
        BudgetedChat(model, ledger, "ann").structured([message()], Form, limit=50)

    assert 0 == model.sent


def test_nothing_is_sent_without_a_budget(ledger_of: Callable[..., Ledger]) -> None:
    model = Speaks()

    with pytest.raises(BudgetError, match="0 tokens"):
        list(BudgetedChat(model, ledger_of(tokens=0), "ann").stream([message()], limit=1))

    assert 0 == model.sent


# --- days, people, restarts ---


def test_a_budget_is_kept_across_restarts_and_starts_anew_at_the_persons_midnight(
    ledger_of: Callable[..., Ledger], clock: Clock
) -> None:
    """Tokyo's midnight is 15:00 in UTC: the day that counts is the person's."""
    chat = BudgetedChat(Speaks(), ledger_of(tokens=100), "ann")
    list(chat.stream([message()], limit=50))

    after_a_restart = ledger_of(tokens=100).left("ann").tokens
    clock.now += timedelta(minutes=3)

    assert 85 == after_a_restart
    assert 100 == ledger_of(tokens=100).left("ann").tokens


def test_each_person_has_a_budget(ledger_of: Callable[..., Ledger]) -> None:
    ledger = ledger_of(tokens=100)

    list(BudgetedChat(Speaks(), ledger, "ann").stream([message()], limit=50))

    assert (85, 100) == (ledger.left("ann").tokens, ledger.left("ben").tokens)


def test_what_a_dead_process_set_aside_counts_as_spent_in_the_end(
    ledger_of: Callable[..., Ledger], clock: Clock
) -> None:
    clock.now -= timedelta(hours=4)
    ledger = ledger_of(tokens=100)
    late = ledger.reserve("ann", 20, 20)

    clock.now += timedelta(hours=1)
    before = ledger.left("ann").tokens
    ledger.settle(late, 1, 1)

    assert 60 == before
    assert 60 == ledger.left("ann").tokens


def test_days_long_past_are_forgotten(
    ledger_of: Callable[..., Ledger], clock: Clock, tmp_path: Path
) -> None:
    ledger = ledger_of(tokens=100)
    for days in (0, 10, 60):
        clock.now = _BEFORE_MIDNIGHT + timedelta(days)
        ledger.settle(ledger.reserve("ann", 1, 1), 1, 1)

    with sqlite3.connect(tmp_path / "home" / "m.sqlite") as file:
        days_kept = [row[0] for row in file.execute("SELECT day FROM spent")]
    file.close()

    assert ["2026-05-06"] == days_kept


# --- many at once ---


def _reserve_all(path: Path, granted: str, number: int) -> None:
    ledger = Ledger(path, Allowance(tokens=1_000))
    got = 0
    for _ in range(number):
        try:
            ledger.reserve("ann", 6, 4)
        except BudgetError:
            continue
        got += 1
    Path(granted).write_text(str(got), encoding="utf-8")


def test_threads_cannot_overspend_together(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    files = [tmp_path / f"granted-{number}" for number in range(8)]
    threads = [threading.Thread(target=_reserve_all, args=(path, file, 25)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 100 == sum(int(file.read_text(encoding="utf-8")) for file in files)


def test_processes_cannot_overspend_together(tmp_path: Path) -> None:
    """They all make the file at once, too."""
    spawn = multiprocessing.get_context("spawn")
    path = tmp_path / "m.sqlite"
    files = [tmp_path / f"granted-{number}" for number in range(4)]
    processes = [spawn.Process(target=_reserve_all, args=(path, file, 50)) for file in files]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [0] * 4 == [process.exitcode for process in processes]
    assert 100 == sum(int(file.read_text(encoding="utf-8")) for file in files)
    assert 0 == Ledger(path, Allowance(tokens=1_000)).left("ann").tokens


# --- the file ---


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "m.sqlite"

    Ledger(path, Allowance(tokens=100)).reserve("ann", 1, 1)

    assert 0o600 == path.stat().st_mode & 0o777
    assert 0o700 == path.parent.stat().st_mode & 0o777


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


def _cut_off(path: Path) -> None:
    Ledger(path, Allowance(tokens=100)).reserve("ann", 1, 1)
    path.write_bytes(path.read_bytes()[:5_000])


def _of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE spent (unlike TEXT)")
        file.execute("CREATE TABLE reserved (unlike TEXT)")
    file.close()


def _a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("damage", [_not_a_database, _cut_off, _of_another_program, _a_folder])
def test_a_damaged_file_is_named_in_one_line_and_nothing_is_sent(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "m.sqlite"
    damage(path)
    model = Speaks()

    with pytest.raises(BudgetError) as caught:
        list(
            BudgetedChat(model, Ledger(path, Allowance(tokens=100)), "a").stream(
                [message()], limit=5
            )
        )

    assert 0 == model.sent
    assert "Nothing was sent" in str(caught.value)
    assert "m.sqlite" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_reply_is_not_lost_where_its_cost_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    replies = BudgetedChat(Speaks(), Ledger(path, Allowance(tokens=100)), "ann").stream(
        [message()], limit=50
    )
    first = next(replies)
    for file in tmp_path.iterdir():
        file.unlink()
    path.write_bytes(b"not a database at all" * 500)

    assert ["one ", "two ", "three"] == [first, *replies]
