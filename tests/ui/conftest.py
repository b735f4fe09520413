"""What every test of the pages needs."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(autouse=True)
def _main_module_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts each page in the place of ``__main__``, which later child processes import."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
