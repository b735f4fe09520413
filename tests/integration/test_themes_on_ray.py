"""``coach themes --ray``: a cluster of two nodes of one processor each, and one that runs alone."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from corpora import Command
from fakes import HashEmbedder

from coach.adapters.ray_batches import RayBatches
from coach.bootstrap.theme_batches import Prepared, _joined
from coach.errors import CoachError, EmbedderError, SettingsError

#: On the loopback network, yet not the one address that Ray takes for "the address of this host".
_HERE = "127.0.0.2"
_MEMORY = 80_000_000
_TOLD = (
    "The meeting was cancelled",
    "Our meeting was moved",
    "They never came to the meeting",
    "Nobody had time for the meeting",
    "The calendar was full, so no meeting",
    "Our meeting was too late in the day",
    "A clear prompt gave a better answer",
    "We compared the answers of an assistant",
    "I wrote a shorter prompt",
    "The assistant made a mistake",
    "Each prompt needs an example",
    "We checked what the assistant said",
)
_WHEN = ("again", "this week", "last month", "Maria of Contoso told me", "as so often")
#: Works on a cluster of its own, and lets another process without its token ask for something.
_ALONE = """
import os, subprocess, sys
from coach.adapters.ray_batches import RayBatches

STRANGER = '''
import sys
from ray._raylet import GcsClient
try:
    GcsClient(address=sys.argv[1])
except Exception as error:
    print(type(error).__name__)
'''
with RayBatches("local") as cluster:
    print(cluster.each(lambda texts: texts[0], ["a", "b"]), flush=True)
    import ray
    address = ray.get_runtime_context().gcs_address
    bare = {name: value for name, value in os.environ.items() if "RAY_AUTH" not in name}
    subprocess.run([sys.executable, "-c", STRANGER, address], env=bare, check=True)
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of two nodes; whoever has not the token of the test is not let in."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="r") as place:
        # A short path: the names of sockets have room for about a hundred letters.
        Path(place, "ray").mkdir()
        patch.setenv("RAY_TMPDIR", place)
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
        from ray import cloudpickle
        from ray.cluster_utils import Cluster

        # The nodes have the coach, but not this file.
        cloudpickle.register_pickle_by_value(  # type: ignore[no-untyped-call]
            sys.modules[__name__]
        )
        node: dict[str, Any] = {
            "num_cpus": 1,
            "object_store_memory": _MEMORY,
            "node_ip_address": _HERE,
        }
        nodes = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
        try:
            nodes.add_node(**node)
            yield nodes.address
        finally:
            nodes.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Sixty statements of fifteen pairs."""
    texts = [f"{what}, {when}" for when in _WHEN for what in _TOLD]
    lines = [
        json.dumps({"id": number, "pair": f"p{number % 15}", "text": text})
        for number, text in enumerate(texts)
    ]
    file = tmp_path / "told.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _meet(texts: Sequence[str]) -> str:
    """Waits, by opening one end of a pipe, for who opens the other; returns where this runs."""
    import ray

    path, mode = texts[0].rsplit(" ", 1)
    with Path(path).open(mode, encoding="utf-8"):
        return str(ray.get_runtime_context().get_node_id())


def _same(texts: Sequence[str]) -> list[str]:
    return list(texts)


def _refuse(texts: Sequence[str]) -> None:
    raise EmbedderError(f"The endpoint refused the key for {len(texts)} texts.")


def _stumble(texts: Sequence[str]) -> None:
    raise ValueError(texts[0])


@pytest.mark.slow
def test_two_nodes_give_the_report_of_one_process_byte_by_byte(
    cluster: str, told: Path, coach_process: Command
) -> None:
    words = ("themes", "--jsonl", str(told), "--members", "--date", "2026-03-01")
    with ThreadPoolExecutor() as both:
        here, there = both.map(
            lambda where: coach_process(*words, *where), ((), ("--ray", cluster))
        )

    assert (0, b"") == (here.returncode, here.stderr)
    assert (0, here.stdout) == (there.returncode, there.stdout)
    assert json.loads(here.stdout)["themes"]


def test_a_cluster_of_this_machine_alone_lets_in_nobody_else() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    done = subprocess.run(
        [sys.executable, "-c", _ALONE], env=bare, capture_output=True, text=True, check=False
    )

    assert (0, "['a', 'b']\nAuthenticationError\n") == (done.returncode, done.stdout)


def test_parts_run_on_both_nodes_and_come_back_in_order(cluster: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with RayBatches(cluster) as ray:
        nodes = ray.each(_meet, [f"{pipe} r", f"{pipe} w"])
        parts = ray.each(_same, [str(number) for number in range(60)])

    assert 2 == len(set(nodes))
    assert 2 < len(parts)
    assert list(map(str, range(60))) == [text for part in parts for text in part]


def test_what_goes_wrong_on_a_node_is_told_without_a_trace_or_a_text(cluster: str) -> None:
    with RayBatches(cluster) as ray:
        with pytest.raises(EmbedderError) as refused:
            ray.each(_refuse, ["a", "b"])
        with pytest.raises(CoachError, match=r"could not do its part \(ValueError\)") as stumbled:
            ray.each(_stumble, ["a private text"])

    assert "The endpoint refused the key for 1 texts." == str(refused.value)
    assert "private" not in str(stumbled.value)


def test_a_cluster_that_is_not_there_is_named(told: Path, coach_process: Command) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    done = coach_process("themes", "--jsonl", str(told), "--ray", address)

    assert (1, b"") == (done.returncode, done.stdout)
    assert f"The Ray cluster '{address}' cannot be joined".encode() in done.stderr


@pytest.mark.parametrize("address", ["nonsense", "", "ray://127.0.0.1:10001", "127.0.0.1:99999"])
def test_what_is_no_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(SettingsError, match="cannot be joined"), RayBatches(address):
        pass


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(SettingsError, match=r"pip install 'reverse-mentoring-coach\[scale\]'"):
        RayBatches("auto")


def test_vectors_of_two_embedders_are_not_mixed() -> None:
    part = Prepared(("a",), np.ones((1, 2), dtype=np.float32), "another")

    with pytest.raises(EmbedderError, match="embeds with another"):
        _joined([part], HashEmbedder())
