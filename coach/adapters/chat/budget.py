"""A person's daily budget of tokens and money, which parallel requests cannot overspend."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from coach.adapters.chat.store import opened, trouble
from coach.domain.chat import Message, Usage
from coach.errors import BudgetError, ModelError
from coach.ports import ChatModel, Schema

#: A reservation of a process that died counts as spent until then, in seconds: longer than any
#: reply takes.
_HELD = 900.0
#: Days that are kept, for a look back.
_KEPT = 31
#: No text has more tokens than half its bytes (English has a quarter, most scripts a third), and
#: each message comes with a few marks round it.
_BYTES, _AROUND = 2, 16


@dataclass(frozen=True)
class Allowance:
    """What a person may use in one day.

    ``cost`` is in the currency of the two prices, which are per million tokens; ``None`` is
    without limit.
    """

    tokens: int
    cost: float | None = None
    price_prompt: float = 0.0
    price_reply: float = 0.0

    def price(self, prompt: int, reply: int) -> float:
        """What so many tokens of a prompt and of a reply cost."""
        return (prompt * self.price_prompt + reply * self.price_reply) / 1_000_000


@dataclass(frozen=True)
class Left:
    """What is left of a day's budget, after what is spent and what is under way."""

    tokens: int
    cost: float | None


class Ledger:
    """Who has used what, on which day: the person's own, by the zone of ``now``.

    Kept in a file across restarts. Safe for threads and processes. Raises ``BudgetError``.
    """

    def __init__(
        self,
        path: Path,
        allowance: Allowance,
        *,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._path = path
        self._now = now
        #: What each person may use.
        self.allowance = allowance

    def reserve(self, person: str, prompt: int, reply: int) -> int:
        """Set so many tokens aside, or raise ``BudgetError``; gives what ``settle`` wants back."""
        tokens, cost = prompt + reply, self.allowance.price(prompt, reply)
        now = self._now()
        with self._opened() as ledger:
            ledger.execute("DELETE FROM spent WHERE day < ?", (_day(now - timedelta(_KEPT)),))
            left = self._left(ledger, person, now)
            if left.tokens < tokens:
                raise BudgetError(self._used_up(f"{self.allowance.tokens:,} tokens", now))
            if left.cost is not None and left.cost < cost:
                raise BudgetError(self._used_up(f"{self.allowance.cost:.2f} in money", now))
            made = ledger.execute(
                "INSERT INTO reserved (person, day, tokens, cost, until) VALUES (?, ?, ?, ?, ?)",
                (person, _day(now), tokens, cost, now.timestamp() + _HELD),
            )
            return int(made.lastrowid or 0)

    def settle(self, reservation: int, prompt: int, reply: int) -> None:
        """Put what was really used in place of what was set aside."""
        with self._opened() as ledger:
            row = ledger.execute(
                "SELECT person, day FROM reserved WHERE id = ?", (reservation,)
            ).fetchone()
            # Without one, it was held for so long that it counts as spent already.
            if row is not None:
                ledger.execute("DELETE FROM reserved WHERE id = ?", (reservation,))
                _spend(ledger, (*row, prompt + reply, self.allowance.price(prompt, reply)))

    def left(self, person: str) -> Left:
        """What ``person`` may still use today; never below 0."""
        with self._opened() as ledger:
            left = self._left(ledger, person, self._now())
        return Left(max(0, left.tokens), None if left.cost is None else max(0.0, left.cost))

    def _left(self, ledger: sqlite3.Connection, person: str, now: datetime) -> Left:
        over = (now.timestamp(),)
        stale = "SELECT person, day, tokens, cost FROM reserved WHERE until < ?"
        for row in ledger.execute(stale, over).fetchall():
            _spend(ledger, row)
        ledger.execute("DELETE FROM reserved WHERE until < ?", over)
        tokens, cost = ledger.execute(
            "SELECT coalesce(sum(tokens), 0), coalesce(sum(cost), 0.0) FROM ("
            "SELECT person, day, tokens, cost FROM spent UNION ALL "
            "SELECT person, day, tokens, cost FROM reserved) WHERE person = ? AND day = ?",
            (person, _day(now)),
        ).fetchone()
        money = None if self.allowance.cost is None else self.allowance.cost - float(cost)
        return Left(self.allowance.tokens - int(tokens), money)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path) as ledger:
                yield ledger
        except (sqlite3.Error, OSError) as error:
            raise BudgetError(trouble(self._path, error)) from error

    def _used_up(self, what: str, now: datetime) -> str:
        anew = now + timedelta(days=1)
        return (
            f"What is left of today's budget for the language model ({what}) is too little for "
            f"this request; nothing was sent. The budget starts anew at midnight, on "
            f"{anew:%A} {anew.day} {anew:%B}. COACH_LLM_DAILY_TOKENS and COACH_LLM_DAILY_COST "
            "set it."
        )


class BudgetedChat:
    """A chat model that sends no more than a person's budget allows; see ``ChatModel``."""

    def __init__(self, inner: ChatModel, ledger: Ledger, person: str) -> None:
        self._inner = inner
        self._ledger = ledger
        self._person = person

    @property
    def name(self) -> str:
        """The model's name."""
        return self._inner.name

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limit: int,
        keep: str = "",
        stop: Event | None = None,
    ) -> Generator[str, None, Usage]:
        """The reply piece by piece; see ``ChatModel.stream``.

        What was sent is paid for, also where nobody waits for the end.
        """
        reservation = self._ledger.reserve(self._person, tokens_at_most(messages), limit)
        # Whoever leaves early has had the prompt read, and what came so far.
        spent = (sum(tokens_in(message.text) for message in messages), 0)
        replies = self._inner.stream(messages, limit=limit, keep=keep, stop=stop)
        try:
            while True:
                try:
                    piece = next(replies)
                except StopIteration as end:
                    usage: Usage = end.value
                    spent = (usage.prompt_tokens, usage.reply_tokens)
                    return usage
                spent = (spent[0], spent[1] + tokens_in(piece))
                yield piece
        except ModelError as error:
            spent = error.spent
            raise
        finally:
            replies.close()
            self._settle(reservation, spent)

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """The reply as ``schema``; see ``ChatModel.structured``."""
        reservation = self._ledger.reserve(self._person, tokens_at_most(messages), limit)
        # An error that nobody foresaw may have cost all of it.
        spent = (sum(tokens_in(message.text) for message in messages), limit)
        try:
            found, usage = self._inner.structured(messages, schema, limit=limit, stop=stop)
            spent = (usage.prompt_tokens, usage.reply_tokens)
        except ModelError as error:
            spent = error.spent
            raise
        finally:
            self._settle(reservation, spent)
        return found, usage

    def _settle(self, reservation: int, spent: tuple[int, int]) -> None:
        # The reply is there and paid for. What was set aside stays so, and the next request
        # meets the trouble before it is sent.
        with suppress(BudgetError):
            self._ledger.settle(reservation, *spent)


def tokens_at_most(messages: Sequence[Message]) -> int:
    """A number of tokens that these messages stay below, in any script."""
    return sum(-(-len(message.text.encode()) // _BYTES) + _AROUND for message in messages)


def tokens_in(text: str) -> int:
    """A rough number of tokens: pieces that stream in hold about one each."""
    return max(1, -(-len(text) // 4))


def _spend(ledger: sqlite3.Connection, row: tuple[str, str, int, float]) -> None:
    ledger.execute(
        "INSERT INTO spent (person, day, tokens, cost) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (person, day) DO UPDATE SET "
        "tokens = tokens + excluded.tokens, cost = cost + excluded.cost",
        row,
    )


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
