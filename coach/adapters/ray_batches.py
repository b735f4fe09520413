"""Batches as tasks on the nodes of a Ray cluster."""

from __future__ import annotations

import math
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

import numpy as np

from coach.adapters.clustering import VectorGroups
from coach.errors import CoachError, SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

Done = TypeVar("Done")

#: Texts of one task at most, and tasks that each processor gets at least, so that none waits long.
_MOST_TEXTS, _TURNS = 256, 2
#: Seconds to wait for a cluster's door; Ray itself would try for minutes.
_PATIENCE = 5.0


class RayBatches:
    """A Ray cluster, for as long as the ``with`` lasts; also a ``Clusterer`` on one of its nodes.

    ``address`` is ``auto`` for the cluster that this machine belongs to, ``local`` for one of
    this machine alone, which ends with the ``with``, or where the cluster is: ``host:port``.
    What is sent to the nodes is what it is given, as it stands.

    Raises ``SettingsError`` without Ray, and if the cluster cannot be joined.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._ray: Any = _loaded(alone=address == "local")

    def __enter__(self) -> Self:
        ray = self._ray
        own: dict[str, Any] = {"include_dashboard": False} if self._address == "local" else {}
        try:
            _knock(self._address)
            ray.init(address=self._address, log_to_driver=False, logging_level="ERROR", **own)
        except (OSError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
            raise SettingsError(
                f"The Ray cluster {self._address!r} cannot be joined ({type(error).__name__}). "
                "Give 'local', 'auto' on a machine where 'ray start' has run, or host:port."
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ray.shutdown()

    def each(self, work: Callable[[Sequence[str]], Done], texts: Sequence[str]) -> list[Done]:
        """What ``work`` makes of parts of ``texts`` on all nodes, in order; read it before the end.

        Raises what ``work`` raises on purpose, and ``CoachError`` for all else that goes wrong.
        """
        processors = max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
        size = min(_MOST_TEXTS, max(math.ceil(len(texts) / (_TURNS * processors)), 1))
        task = self._ray.remote(work).options(scheduling_strategy="SPREAD")
        parts = [task.remote(texts[at : at + size]) for at in range(0, len(texts), size)]
        done: list[Done] = self._got(parts)
        return done

    def group(
        self, vectors: Rows, deciding: NDArray[np.bool_], groups: int | None = None
    ) -> NDArray[np.int64]:
        """See ``Clusterer.group``: one task, wherever there is room."""
        task = self._ray.remote(_grouped)
        # A copy: what Ray hands out is its own memory, for reading, and gone with the cluster.
        return np.array(self._got(task.remote(vectors, deciding, groups)), dtype=np.int64)

    def pair_up(self, likeness: Rows) -> list[tuple[int, int]]:
        """See ``Clusterer.pair_up``: too little to be sent anywhere."""
        return VectorGroups().pair_up(likeness)

    def _got(self, tasks: Any) -> Any:
        failures = self._ray.exceptions
        try:
            return self._ray.get(tasks)
        except failures.RayTaskError as error:
            if isinstance(error.cause, CoachError):
                raise error.cause from None
            raise CoachError(
                f"A node of the Ray cluster could not do its part ({type(error.cause).__name__}). "
                "Install the same version of the coach on every node, and try again."
            ) from error
        except failures.RayError as error:
            raise CoachError(
                f"The Ray cluster lost a part of the work ({type(error).__name__}). "
                "Look at its nodes' memory and logs, and try again, or leave --ray out."
            ) from error


def _grouped(vectors: Rows, deciding: NDArray[np.bool_], groups: int | None) -> NDArray[np.int64]:
    return VectorGroups().group(vectors, deciding, groups)


def _loaded(*, alone: bool) -> Any:
    # Ray reads these as it loads.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if alone:
        # It listens on every network that the machine is in; without the token nobody gets in.
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    try:
        import ray
    except ImportError as error:
        raise SettingsError(
            "Themes on many machines need Ray, which is not installed. Install it with "
            "pip install 'reverse-mentoring-coach[scale]', or leave --ray out."
        ) from error
    return ray


def _knock(address: str) -> None:
    if address in {"auto", "local"}:
        return
    place = urlsplit(f"//{address}")
    if not place.hostname or not place.port:
        raise ValueError(address)
    socket.create_connection((place.hostname, place.port), _PATIENCE).close()
