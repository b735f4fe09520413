"""What every test of the pages needs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _main_module_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts each page in the place of ``__main__``, which later child processes import."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def built_home(untouched_home: Path, tmp_path: Path) -> Path:
    """A built home of the test's own: the pages keep records in it."""
    if engine := sys.modules.get("engine"):
        # The process has one workspace; the test before had another home.
        engine.opened_workspace.clear()
    return Path(shutil.copytree(untouched_home, tmp_path / "built"))
