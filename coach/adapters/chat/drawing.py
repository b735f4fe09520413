"""Draw items from an asynchronous source without ever being held by it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")

#: Seconds between two looks at whether to go on.
_LOOK = 0.1


class _End:
    """The source has no more, because of ``error`` if there is one."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def drawn(
    source: Callable[[], AsyncGenerator[Item, None]], *, stop: Event, until: float
) -> Generator[Item, None, None]:
    """The items of ``source``, which runs in a thread and an event loop of its own.

    However the source hangs (a name that does not resolve, a server that says nothing), the
    caller waits no longer than ``until`` (on the monotonic clock), and a tenth of a second after
    ``stop``. The source is then cancelled, which closes its connections, in its own time.

    Raises:
        InterruptedError: ``stop`` was set.
        TimeoutError: it is later than ``until``.
    """
    if stop.is_set():
        raise InterruptedError
    found: SimpleQueue[Item | _End] = SimpleQueue()
    over = Event()
    # A daemon: what hangs in the operating system must not keep the process from ending.
    Thread(target=_run, args=(source, found, over), daemon=True).start()
    try:
        while True:
            if stop.is_set():
                raise InterruptedError
            if time.monotonic() > until:
                raise TimeoutError
            try:
                item = found.get(timeout=_LOOK)
            except Empty:
                continue
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        over.set()


def _run(
    source: Callable[[], AsyncGenerator[Item, None]],
    found: SimpleQueue[Item | _End],
    over: Event,
) -> None:
    end = _End()
    try:
        asyncio.run(_draw_until(source, found, over))
    except asyncio.CancelledError:
        end = _End(InterruptedError())
    except Exception as error:  # noqa: BLE001 - carried over to the caller's thread
        end = _End(error)
    finally:
        found.put(end)


async def _draw_until(
    source: Callable[[], AsyncGenerator[Item, None]],
    found: SimpleQueue[Item | _End],
    over: Event,
) -> None:
    drawing = asyncio.ensure_future(_draw(source, found))
    while not drawing.done():
        if over.is_set():
            drawing.cancel()
        await asyncio.wait({drawing}, timeout=_LOOK)
    drawing.result()


async def _draw(
    source: Callable[[], AsyncGenerator[Item, None]], found: SimpleQueue[Item | _End]
) -> None:
    async with aclosing(source()) as items:
        async for item in items:
            found.put(item)
