from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import coach

HEAVY = (
    "langchain_openai",
    "langchain_core",
    "openai",
    "chromadb",
    "streamlit",
    "onnxruntime",
    "tokenizers",
    "bm25s",
    "numpy",
    "pydantic_settings",
    "icalendar",
    "docx",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "cryptography",
    "argon2",
    "starlette",
)


def loaded_by(code: str, home: Path) -> set[str]:
    """The top-level modules in a fresh interpreter after ``code``."""
    script = f"import sys, json\n{code}\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "COACH_HOME": str(home)},
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_the_public_names_are_exactly_those_with_a_home() -> None:
    assert sorted(coach.__all__) == sorted([*coach._HOME, "__version__"])


@pytest.mark.parametrize("name", coach.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    found = getattr(coach, name)

    if name in coach._HOME:
        assert found is getattr(import_module(coach._HOME[name]), name)


def test_a_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}

    exec("from coach import *", names)  # noqa: S102 - the one way to try a star import

    assert set(coach.__all__) <= set(names)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'coach' has no attribute 'Manager'"):
        _ = coach.Manager


def test_importing_the_coach_loads_nothing_heavy(tmp_path: Path) -> None:
    found = loaded_by("import coach", tmp_path)

    assert "coach" in found
    assert set() == found & {*HEAVY, "pydantic"}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["agenda", "--help"], ["library", "--help"], ["db", "--help"], ["--version"]],
)
def test_help_loads_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    found = loaded_by(
        f"sys.argv = ['coach', *{arguments!r}]\n"
        "from coach.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit as end:\n    assert not end.code, end.code",
        tmp_path,
    )

    assert "typer" in found
    assert set() == found & set(HEAVY)


def test_an_import_writes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"

    loaded_by("import coach; coach.Brief(topic='AI')", home)

    assert not home.exists()
