"""What lets one process serve many pages changes nothing that the pages see."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from threading import Event, Semaphore, Thread
from types import ModuleType

import pytest
from streamlit import config

from coach.resources import shipped


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(shipped("ui")))
    return importlib.import_module("many_at_once")


@pytest.fixture
def prepared(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    for name in ("get_option", "get_options_for_section"):
        monkeypatch.setattr(config, name, getattr(config, name))
    module.prepare_for_many()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("prepared")
def test_every_option_reads_as_before() -> None:
    for key, option in config.get_config_options().items():
        assert config.get_option(key) == option.value
        assert config.get_options_for_section(option.section)[option.name] == option.value


@pytest.mark.usefixtures("prepared")
def test_options_are_read_while_somebody_holds_their_lock() -> None:
    read: list[object] = []
    reader = Thread(target=lambda: read.append(config.get_option("server.port")))

    with config._config_lock:
        reader.start()
        reader.join(20)

    assert read == [config.get_option("server.port")]


@pytest.mark.usefixtures("prepared")
def test_options_that_are_read_anew_are_not_remembered() -> None:
    before = config.get_options_for_section("theme")
    before["primaryColor"] = "changed by whoever asked"
    config.get_config_options(force_reparse=True)

    after = config.get_options_for_section("theme")

    assert after["primaryColor"] == config.get_option("theme.primaryColor")


def test_a_run_waits_for_others_and_not_for_ever(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = Event()

    def run() -> None:
        with module.in_turn():
            come.set()

    monkeypatch.setattr(module, "_runs", Semaphore(1))
    monkeypatch.setattr(module, "_PATIENCE", 60)
    waiting = Thread(target=run)
    with module.in_turn():
        waiting.start()
        waited = not come.wait(0.1)
        monkeypatch.setattr(module, "_PATIENCE", 0)
        run()
        went_ahead = come.is_set()
    waiting.join()

    assert waited
    assert went_ahead
