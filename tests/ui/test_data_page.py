"""Your data: take it away, see what was done in your name, and be gone."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.bootstrap import export_own_data, open_workspace
from coach.program.personal import LOCAL, local_person
from coach.settings import CoachSettings

_ENTRY = Path(__file__).parents[2] / "ui" / "streamlit_app.py"


@pytest.fixture
def data(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of somebody who has just begun."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    started = AppTest.from_file(str(_ENTRY), default_timeout=60).run()
    return started.switch_page("app_pages/data.py").run()


def _delete(data: AppTest, name: str) -> AppTest:
    data.text_input(key="typed_name").set_value(name)
    return next(one for one in data.button if one.label == "Delete me for good").click().run()


def test_the_page_offers_all_that_is_kept_and_says_what_stays(data: AppTest) -> None:
    assert not data.exception
    offered = data.get("download_button")[0].proto
    assert "Download my data" == offered.label
    # What is made only after a click is made where nobody knows any more who clicked.
    assert offered.url
    assert not offered.deferred_file_id
    assert any("stay with your partner" in str(block.value) for block in data.markdown)


def test_nobody_is_deleted_by_a_slip(data: AppTest) -> None:
    _delete(data, "somebody else")

    assert "Type your name exactly" in data.warning[0].value


def test_whoever_deletes_themselves_begins_anew_with_nothing(
    data: AppTest, built_home: Path
) -> None:
    kept = open_workspace(CoachSettings(home=built_home))
    kept.drafts.keep(LOCAL, "a" * 32, {"topic": "my secret"})

    _delete(data, "You")

    assert not data.exception
    assert "You are deleted" in data.success[0].value
    assert kept.drafts.newest(LOCAL) is None


def test_the_archive_reads_the_same_for_people_and_for_programs(built_home: Path) -> None:
    kept = open_workspace(CoachSettings(home=built_home))
    local_person(kept.records)
    kept.drafts.keep(LOCAL, "a" * 32, {"topic": "<b>budgets</b> *now*"})

    packed = zipfile.ZipFile(BytesIO(export_own_data(kept.own_data.export(LOCAL))))

    read = packed.read("data.md").decode()
    assert (
        "<b>budgets</b> *now*"
        == json.loads(packed.read("data.json"))["drafts"][0]["content"]["topic"]
    )
    assert "budgets" in read
    assert "<b>" not in read


def test_a_personal_workspace_does_not_promise_that_only_you_see_the_page(data: AppTest) -> None:
    said = [str(block.value) for block in data.caption]

    assert any("Whoever uses this computer can open this page" in line for line in said)
    assert "Only you see this page." not in said
