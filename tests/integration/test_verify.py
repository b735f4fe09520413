"""``coach verify`` as people and programs call it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from corpora import Command, replies

_DRAFT = "What would make you keep this up?"
_GOOD = "What would make you keep this up between our sessions?"
_LINE: dict[str, Any] = {
    "id": 1,
    "slot": "question",
    "brief": {"topic": "team chat", "mentee_role": "finance director"},
    "passage": "Ask what would have to change for the new way to stay.",
    "draft": _DRAFT,
    "text": _GOOD,
}


def _lines(*lines: dict[str, Any]) -> bytes:
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _options(**options: str) -> list[str]:
    given = {"slot": "question", "topic": "team chat", "draft": _DRAFT, **options}
    return [part for name, value in given.items() for part in (f"--{name}", value)]


def test_a_good_text_for_people(run_coach: Command) -> None:
    done = run_coach("verify", _GOOD, *_options())

    assert (0, b"Accepted.\n", b"") == (done.returncode, done.stdout, done.stderr)


def test_a_bad_text_for_people_says_why(run_coach: Command) -> None:
    """A refusal is an answer, not a failure."""
    done = run_coach("verify", "Would you keep this up?", *_options())

    assert (0, b"") == (done.returncode, done.stderr)
    assert done.stdout.decode().startswith("Refused. Closed question: Would you keep this up?")


def test_a_verdict_for_programs(run_coach: Command) -> None:
    good = json.loads(run_coach("verify", _GOOD, *_options(), "--json").stdout)
    bad = json.loads(run_coach("verify", "Would you?", *_options(), "--json").stdout)

    assert {"accepted", "reason", "detail", "support"} == set(good)
    assert (True, None) == (good["accepted"], good["reason"])
    assert 0 <= good["support"] <= 1
    assert (False, "empty", None) == (bad["accepted"], bad["reason"], bad["support"])


def test_a_text_needs_no_topic(run_coach: Command) -> None:
    done = run_coach("verify", _GOOD, "--slot", "question", "--draft", _DRAFT, "--json")

    assert (0, b"") == (done.returncode, done.stderr)
    assert json.loads(done.stdout)["accepted"]


def test_each_line_gets_the_verdict_of_its_text(run_coach: Command) -> None:
    done = run_coach(
        "verify",
        "--jsonl",
        "-",
        stdin=_lines(
            _LINE,
            {**_LINE, "id": "b", "text": "Would you keep this up?"},
            {**_LINE, "id": None, "text": "What would make you keep this up in March?"},
            {**_LINE, "id": 4, "brief": "team chat"},
            {**_LINE, "id": 5, "passage": [_LINE["passage"], "Put phones face down."]},
            {**_LINE, "id": 6, "passage": None, "draft": None},
            {"id": 7, "slot": "question", "draft": _DRAFT, "text": _GOOD},
            {**_LINE, "id": 8, "text": ""},
        ),
    )
    found = replies(done.stdout)

    assert (0, b"") == (done.returncode, done.stderr)
    assert [1, "b", None, 4, 5, 6, 7, 8] == [reply["id"] for reply in found]
    assert {frozenset({"id", "accepted", "reason", "detail", "support"})} == set(
        map(frozenset, found)
    )
    assert [None, "closed question", "date", None, None] == [reply["reason"] for reply in found[:5]]
    assert ["empty"] == [reply["reason"] for reply in found[7:]]
    assert all(reply["accepted"] is (reply["reason"] is None) for reply in found)


def test_a_file_of_lines_is_answered_like_standard_input(
    run_coach: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("lines") / "texts.jsonl"
    path.write_bytes(_lines(_LINE))

    assert run_coach("verify", "--jsonl", "-", stdin=_lines(_LINE)).stdout == (
        run_coach("verify", "--jsonl", str(path)).stdout
    )


def test_a_faulty_line_is_named_and_the_run_goes_on(run_coach: Command) -> None:
    faulty: dict[str, dict[str, Any]] = {
        "The slot is one of: purpose, opening, question": {"slot": "poem"},
        "The slot is one of": {"slot": ["question"]},
        "The slot is one of:": {"slot": None},
        "The text is needed": {"text": None},
        "The text is needed, with": {"text": 5},
        "at most 20,000 characters": {"text": "a" * 20_001},
        'The brief is an object such as {"topic"': {"brief": 5},
        "The brief is an object": {"brief": ["team chat"]},
        "Write the topic in a few words": {"brief": {"topic": ""}},
        "The brief has no field 'tpoic'": {"brief": {"tpoic": "team chat"}},
        "Minutes are a whole number": {"brief": {"topic": "team chat", "minutes": 5}},
        "Draft and passage are texts.": {"draft": 5},
        "Draft and passage are": {"passage": [5]},
        "Draft and passage": {"passage": 5},
        "Draft and": {"passage": {"text": "Put phones face down."}},
        "passage are texts": {"passage": True},
        "A text holds half a character": {"text": "What \ud800 would make you keep this up?"},
        "A text holds half": {"passage": "\ud800 Put phones face down."},
        "holds half a character": {"draft": "\ud800 What would make you keep this up?"},
        "an unknown field 'context'": {"context": "x"},
    }
    done = run_coach(
        "verify",
        "--jsonl",
        "-",
        stdin=_lines(*({**_LINE, "id": said, **changed} for said, changed in faulty.items()))
        + b'not json\n["a list"]\n'
        + _lines({"id": "bare"}, _LINE),
    )
    found = replies(done.stdout)

    assert (1, b"") == (done.returncode, done.stderr)
    assert len(faulty) + 4 == len(found)
    for reply in found[: len(faulty)]:
        assert {"id", "error"} == set(reply)
        assert str(reply["id"]) in str(reply["error"])
    assert ["error" in reply for reply in found[len(faulty) :]] == [True, True, True, False]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give a text: coach verify"),
        ([" "], "Give a text: coach verify"),
        ([_GOOD, "--slot", "poem"], "The slot is one of: purpose, opening, question"),
        ([_GOOD, "--topic", "🙂"], "Write the topic in a few words"),
        (["--jsonl", "gone.jsonl"], "cannot be read"),
        (["a" * 20_001], "at most 20,000 characters"),
    ],
)
def test_a_faulty_call_is_one_line_that_says_what_to_do(
    arguments: list[str], said: str, run_coach: Command
) -> None:
    done = run_coach("verify", *arguments)

    assert (1, b"") == (done.returncode, done.stdout)
    assert said in done.stderr.decode()
    assert 1 == len(done.stderr.splitlines())


def test_markup_in_a_refused_text_is_shown_as_typed(run_coach: Command) -> None:
    done = run_coach("verify", "Would you [bold]keep[/bold] this up?", *_options())

    assert "[bold]" in done.stdout.decode()
