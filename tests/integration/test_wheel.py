"""The wheel does the same job from an empty folder, without the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from corpora import healthy, said_address, write_lines

REPO = Path(__file__).parents[2]
_UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=REPO)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that has the wheel, our dependencies, and not the checkout."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, symlinks=os.name == "posix")
    names = {"base": str(place), "platbase": str(place)}
    packages = Path(sysconfig.get_path("purelib", "venv", names))
    scripts = Path(sysconfig.get_path("scripts", "venv", names))
    # A folder that a .pth file adds is searched, but its own .pth files are not read: so the
    # checkout, which an editable install adds by such a file, stays out.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    python = shutil.which("python", path=str(scripts))
    assert python is not None
    _run([_UV, "pip", "install", "-q", "--offline", "--no-deps", "--python", python, str(wheel)])
    return scripts


def _run(command: Sequence[str], cwd: Path | None = None) -> str:
    # Nothing of this run's own paths may help the installed coach to find its files.
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=240
    )

    assert 0 == done.returncode, done.stderr
    return done.stdout


def _command(scripts: Path) -> str:
    found = shutil.which("coach", path=str(scripts))
    assert found is not None
    return found


def test_the_wheel_holds_the_library_the_pages_and_the_notices(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    texts = {name.rpartition("/")[2] for name in names if ".dist-info/" in name}
    cards = {path.name for path in (REPO / "knowledge" / "cards").glob("*.md")}
    pages = {path.name for path in (REPO / "ui" / "app_pages").glob("*.py")}

    assert {
        "coach/py.typed",
        "coach/_shipped/ui/streamlit_app.py",
        "coach/_shipped/.streamlit/config.toml",
        "coach/_shipped/knowledge/sources.yaml",
        "coach/adapters/index/coverage.json",
        "coach/adapters/records/migrations/env.py",
        "coach/adapters/records/migrations/versions/r0001_records.py",
        *(f"coach/_shipped/knowledge/cards/{card}" for card in cards),
        *(f"coach/_shipped/ui/app_pages/{page}" for page in pages),
    } <= names
    assert {"LICENSE", "NOTICE", "entry_points.txt"} <= texts
    assert not [name for name in names if name.startswith(("tests/", "evals/", "knowledge/"))]
    assert not [name for name in names if "__pycache__" in name]


def _index_of(home: Path) -> str:
    return (home / "index" / "CURRENT").read_text()


def test_the_installed_coach_builds_and_searches_an_index(installed: Path, tmp_path: Path) -> None:
    write_lines(tmp_path / "texts.jsonl")

    _run(
        [_command(installed), "index", "build", "--source", "texts.jsonl", "--into", "index"],
        tmp_path,
    )
    found = _run([_command(installed), "search", "dough", "--index", "index", "--json"], tmp_path)

    assert "d2" == json.loads(found)["hits"][0]["doc_id"]


def test_the_installed_coach_does_the_job_from_an_empty_folder(
    installed: Path, tmp_path: Path, built_home: Path
) -> None:
    # The index of the checkout's library serves the wheel's, which must be the same.
    shutil.copytree(built_home, tmp_path / "home")
    empty = tmp_path / "empty"
    empty.mkdir()
    python = shutil.which("python", path=str(installed))
    assert python is not None

    origin = Path(_run([python, "-c", "import coach; print(coach.__file__)"], empty).strip())
    checked = _run([_command(installed), "library", "check"], empty)
    agenda = json.loads(
        _run([_command(installed), "agenda", "safe use of generative AI", "--json"], empty)
    )

    assert origin.is_relative_to(installed.parent)
    assert "all in order." in checked
    assert 45 == sum(item["minutes"] for item in agenda["items"])
    assert all(item["citations"] for item in agenda["items"])
    assert [] == list(empty.iterdir())
    assert _index_of(built_home) == _index_of(tmp_path / "home")

    with subprocess.Popen(
        [_command(installed), "start", "--no-browser", "--port", "8700"],
        cwd=empty,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            address = said_address(process)
            answered = healthy(address)
        finally:
            process.terminate()
            rest = process.communicate(timeout=30)[0]

    assert answered
    assert "Traceback" not in rest
    assert [] == list(empty.iterdir())
