"""Tests that ask the larger model run only when they are wanted, and say loudly when they do not.

``pytest --large-model`` assembles the model first (1.1 GB, once); ``COACH_TEST_LARGE_GGUF`` names
one that is there already.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_MARK = "large_model"
#: Read before the tests take every setting of this machine away.
_GIVEN = os.environ.get("COACH_TEST_LARGE_GGUF")
_PROVIDE = Path(__file__).parent / "integration" / "provide_large_model.py"
_LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--large-model", action="store_true", help="also ask the larger model")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{_MARK}: asks a model of 1.1 GB")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--large-model") or _GIVEN
    left_out = [] if wanted else [item for item in items if item.get_closest_marker(_MARK)]
    config.stash[_LEFT_OUT] = len(left_out)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if left_out := config.stash.get(_LEFT_OUT, 0):
        terminalreporter.write_line(
            f"NOT RUN: {left_out} tests of the larger model. Run them: pytest --large-model",
            yellow=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def large_gguf() -> Path:
    """The larger model's file; the test fails, and is not skipped, where it cannot be had."""
    if _GIVEN:
        return Path(_GIVEN)
    done = subprocess.run(
        [sys.executable, str(_PROVIDE)], check=False, capture_output=True, text=True, timeout=1800
    )
    if done.returncode:
        pytest.fail(done.stderr.strip(), pytrace=False)
    return Path(done.stdout.strip())
