"""Fixtures that every kind of test shares."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import WordIndex
from hypothesis import settings

from coach.bootstrap import Coach, open_coach, open_records
from coach.domain.library import GuidanceLibrary
from coach.library.load import load_library
from coach.prepare.compose import Composer
from coach.prepare.questions import QuestionWriter
from coach.resources import shipped
from coach.settings import CoachSettings

#: ``large_model`` registers --large-model and says loudly when the large model was not run;
#: ``stores`` keeps records on both stores.
pytest_plugins = ["large_model", "stores"]

# A deadline for each example would fail on a busy machine; pytest-timeout watches the whole test.
settings.register_profile("coach", deadline=None, print_blob=True)
settings.load_profile("coach")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("COACH_")]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches a real home."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def untouched_home(
    tmp_path_factory: pytest.TempPathFactory, _no_settings_of_this_machine: None
) -> Path:
    """A COACH_HOME with the index of the shipped library and empty records, to be copied."""
    home = tmp_path_factory.mktemp("untouched") / "home"
    open_coach(CoachSettings(home=home))
    open_records(CoachSettings(home=home)).close()
    return home


@pytest.fixture(scope="session")
def built_home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for all tests that do not mind what others keep in it."""
    return Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("built") / "home"))


@pytest.fixture(scope="session")
def coach(built_home: Path) -> Coach:
    """The coach over the shipped library. Change nothing through it."""
    return open_coach(CoachSettings(home=built_home))


@pytest.fixture(scope="session")
def library() -> GuidanceLibrary:
    """The library that ships with the coach."""
    return load_library(shipped("knowledge"))


@pytest.fixture(scope="session")
def composer(library: GuidanceLibrary) -> Composer:
    """The composer over the shipped library, with a stand-in for the index."""
    return Composer(library, WordIndex(library))


@pytest.fixture(scope="session")
def question_writer(library: GuidanceLibrary) -> QuestionWriter:
    """The question writer over the shipped library, with a stand-in for the index."""
    return QuestionWriter(library, WordIndex(library))
