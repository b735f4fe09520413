from __future__ import annotations

import codecs
import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from strategies import HOSTILE

from coach.domain.brief import clean_line
from coach.roster.columns import HEADER
from coach.roster.roster import MAX_PAIRS, Roster, read_roster, roster_csv
from coach.roster.roster_faults import Listed, RosterLine
from coach.roster.spreadsheet import MAX_BYTES

FIRST = ",".join(HEADER)
ANA = "Ana Duarte,ana@example.org,data analyst"
TOM = "Tom Eriksen,tom@example.org,finance director"


def read(*lines: str, first: str = FIRST, encoding: str = "utf-8") -> Roster:
    return read_roster("\n".join([first, *lines]).encode(encoding))


def only_fault(roster: Roster) -> str:
    assert 1 == len(roster.faults), roster.faults
    assert not roster.lines
    return str(roster.faults[0])


def people(roster: Roster) -> list[tuple[Listed, Listed]]:
    assert () == roster.faults
    return [(line.mentor, line.mentee) for line in roster.lines]


def someone(number: int, side: str = "m") -> str:
    return f"{side.title()} {number},{side}{number}@example.org,"


PAIR = [
    (
        Listed(name="Ana Duarte", email="ana@example.org", role="data analyst"),
        Listed(name="Tom Eriksen", email="tom@example.org", role="finance director"),
    )
]


def test_a_line_is_a_pair() -> None:
    roster = read(f"{ANA},{TOM}")

    assert PAIR == people(roster)
    assert 2 == roster.lines[0].line
    assert () == roster.notes


@pytest.mark.parametrize(
    "first",
    [
        "mentor_name,mentor_email,mentor_role,mentee_name,mentee_email,mentee_role",
        "MENTOR,MENTOR E-MAIL,Mentor's job title,Mentee,Mentee e-mail address,Mentee title",
        "Junior,junior email,junior position,Senior,senior mail,senior function",
        "mentorName,mentorEmail,mentorRole,menteeName,menteeEmail,menteeRole",
        "Name of the mentor,E-mail of mentor,Role (mentor),Executive,executive email,Executive job",
        " Mentor  Name ,Mentor\u00a0e\u2011mail,mentor-role,mentee name,mentee.email,mentee role",
    ],
)
def test_the_columns_are_known_by_many_names(first: str) -> None:
    assert PAIR == people(read(f"{ANA},{TOM}", first=first))


def test_the_columns_may_stand_in_any_order_and_others_beside_them() -> None:
    roster = read(
        "tom@example.org,Lyon,Tom Eriksen,ana@example.org,Ana Duarte",
        first="mentee email,site,mentee,mentor email,mentor",
    )

    assert ["Line 1: These columns are not used: 'site'."] == [str(one) for one in roster.notes]
    assert [("Ana Duarte", "Tom Eriksen")] == [
        (mentor.name, mentee.name) for mentor, mentee in people(roster.model_copy())
    ]


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_cells_and_lines_end_as_each_spreadsheet_ends_them(between: str, ends: str) -> None:
    text = ends.join([FIRST, f"{ANA},{TOM}", ""]).replace(",", between)

    assert PAIR == people(read_roster(text.encode()))


@pytest.mark.parametrize("said", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n'])
def test_the_separator_that_excel_names_is_taken(said: str) -> None:
    text = (said + f"{FIRST}\n{ANA},{TOM}\nx").replace(",", ";")

    roster = read_roster(text.encode())

    assert 1 == len(roster.lines)
    assert {4} == {fault.line for fault in roster.faults}


@pytest.mark.parametrize(
    "encoded",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1252",
    ],
)
def test_every_encoding_that_excel_writes_is_read(encoded: str) -> None:
    roster = read("Søren Ødegård,soren@example.org,,Zoë Müller,zoe@example.org,", encoding=encoded)

    assert [("Søren Ødegård", "Zoë Müller")] == [(a.name, b.name) for a, b in people(roster)]


def test_a_big_endian_file_with_its_mark_is_read() -> None:
    text = f"{FIRST}\n陈晓雨,x@example.org,,Маргарита,m@example.org,"

    roster = read_roster(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))

    assert [("陈晓雨", "Маргарита")] == [(a.name, b.name) for a, b in people(roster)]


def test_a_guessed_encoding_is_said() -> None:
    roster = read("Zoë,z@example.org,,B,b@example.org,", encoding="cp1252")

    assert "old Windows encoding" in str(roster.notes[0])


def test_letters_that_cannot_be_read_are_refused() -> None:
    assert "cannot be read" in only_fault(read_roster(FIRST.encode() + b"\n\x81\x8d"))


def test_a_quoted_cell_may_hold_lines_and_separators() -> None:
    roster = read(f'"Duarte,\nAna",ana@example.org,"a ""b""",{TOM}', f"{someone(2)},{someone(3)}")

    assert ("Duarte, Ana", 'a "b"') == (roster.lines[0].mentor.name, roster.lines[0].mentor.role)
    assert [2, 4] == [line.line for line in roster.lines]


@pytest.mark.parametrize(
    "broken", ['"Ana"x,ana@example.org,,Tom,tom@example.org,', f'"Ana,a@example.org,,{TOM}\n{TOM}']
)
def test_a_misplaced_quotation_mark_swallows_nothing(broken: str) -> None:
    roster = read(f"{someone(1)},{someone(2)}", broken)

    assert 3 == roster.faults[0].line
    assert "quotation mark" in str(roster.faults[0])


def test_blank_lines_are_passed_over_and_counted() -> None:
    roster = read("", " , ,,", f"{ANA},{TOM}", ",,,,,", "")

    assert [4] == [line.line for line in roster.lines]
    assert () == roster.faults


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"Ana,,,{TOM}", "The mentor's e-mail is missing. Write it in the column 'Mentor e-mail'."),
        (f"{ANA},Tom,,", "The mentee's e-mail is missing."),
        (f",ana@example.org,,{TOM}", "The mentor's name is missing."),
        (f"?,ana@example.org,,{TOM}", "The mentor's name is missing."),
        (f"Ana,ana,,{TOM}", "'ana' is not an e-mail address"),
        (f"Ana,ana@example,,{TOM}", "not an e-mail address"),
        (f"Ana,Ana <ana@example.org>,,{TOM}", "Write one address alone"),
        (f"Ana,a@example.org b@example.org,,{TOM}", "not an e-mail address"),
        (f"Ana,<script>@example.org,,{TOM}", "not an e-mail address"),
        (f"Ana,{'a' * 250}@example.org,,{TOM}", "not an e-mail address"),
        (f"Ana,=cmd|'/C calc'!A0@example.org,,{TOM}", "not an e-mail address"),
        (f"{'A' * 301},ana@example.org,,{TOM}", "has 301 characters; at most 300"),
        (f"Ana,ana@example.org,{'r' * 81},{TOM}", "role has 81 characters; at most 80"),
        (f"{ANA},Ana,ANA@example.org,", "both mentor and mentee here. A pair needs two people."),
        (f"{ANA},{TOM},more", "7 cells under 6 names of columns"),
    ],
)
def test_a_faulty_line_is_named_with_what_would_do(line: str, said: str) -> None:
    fault = only_fault(read(line))

    assert fault.startswith("Line 2: ")
    assert said in fault


def test_every_fault_of_every_line_is_named() -> None:
    roster = read("Ana,,,Tom,,", f"{someone(1)},{someone(2)}", f"X,x,,{TOM}")

    assert [2, 2, 4] == [fault.line for fault in roster.faults]
    assert [3] == [line.line for line in roster.lines]


def test_the_same_pair_twice_is_named_with_the_first() -> None:
    roster = read(
        f"{ANA},{TOM}", f"{someone(1)},{someone(2)}", f"{ANA},Tom Eriksen,TOM@Example.org,"
    )

    assert ["Line 4: This pair stands in line 2 already. Take one of the two out."] == [
        str(fault) for fault in roster.faults
    ]


def test_one_address_with_two_names_is_a_fault() -> None:
    roster = read(f"{ANA},{TOM}", "Anna Smith,ana@example.org,,Sue,sue@example.org,")

    assert "'ana@example.org' is 'Anna Smith' here and 'Ana Duarte' in line 2" in str(
        roster.faults[0]
    )


def test_one_person_may_be_in_several_pairs_and_spelt_in_capitals() -> None:
    roster = read(f"{ANA},{TOM}", "ANA DUARTE,Ana@Example.org,,Sue,sue@example.org,")

    assert () == roster.faults


def test_two_who_mentor_each_other_are_refused() -> None:
    roster = read(f"{ANA},{TOM}", f"{TOM},{ANA}")

    assert [3] == [fault.line for fault in roster.faults]
    assert "'Ana Duarte' mentors 'Tom Eriksen'" in str(roster.faults[0])
    assert "(see line 2)" in str(roster.faults[0])


@pytest.mark.parametrize("length", [3, 7, 12])
def test_a_longer_circle_is_refused_at_the_line_that_closes_it(length: int) -> None:
    steps = [f"{someone(n)},{someone((n + 1) % length)}" for n in range(length)]

    roster = read(f"{someone(0)},{TOM}", *steps, f"{ANA},{someone(0)}")

    assert [length + 2] == [fault.line for fault in roster.faults]
    assert "circle" in str(roster.faults[0])


def test_somebody_between_two_ranks_mentors_one_and_learns_from_another() -> None:
    roster = read(
        f"{someone(1)},{someone(2)}", f"{someone(2)},{someone(3)}", f"{someone(1)},{someone(3)}"
    )

    assert 3 == len(people(roster))


def test_marks_that_cannot_be_seen_are_left_out() -> None:
    roster = read("A\u202ena\u202c\x07 \u200b Duarte,a\u200bna@example.org\x7f,," + TOM)

    assert ("Ana Duarte", "ana@example.org") == (
        people(roster)[0][0].name,
        people(roster)[0][0].email,
    )


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+Ana", "-Ana", "@Ana", "＝Ana"])
def test_a_name_that_would_be_a_formula_is_kept_as_text_and_pointed_out(name: str) -> None:
    roster = read(f"{name},ana@example.org,=1+1,{TOM}")

    assert name == people(roster)[0][0].name
    assert "=1+1" == people(roster)[0][0].role
    assert ["begins as a formula does" in str(note) for note in roster.notes] == [True]


def test_a_letter_that_was_lost_before_is_pointed_out() -> None:
    assert "was lost before" in str(read(f"Zo\ufffd,z@example.org,,{TOM}").notes[0])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "The file is empty"),
        (b"sep=;", "The file is empty"),
        (FIRST.encode(), "No pair stands under the names of columns."),
        (f"{ANA},{TOM}".encode(), "Line 1: The first line holds people"),
        (b"a;b;c\n1;2;3", "No column is called 'Mentor name', 'Mentor e-mail', 'Mentee name' or"),
        (b"mentor,mentee\nAna,Tom", "No column is called 'Mentor e-mail' or 'Mentee e-mail'"),
        (b"mentor,junior,mentee\nA,B,C", "'mentor' and 'junior' seem to hold the same"),
        (b"PK\x03\x04" + bytes(40), "Excel workbook or another packed file, not a CSV"),
        (b"\xd0\xcf\x11\xe0" + bytes(40), "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (f"{FIRST}\nAna,a\0na@example.org".encode(), "Line 2: There are NUL bytes"),
        (b"\0" * 100, "NUL bytes"),
        (b"x" * (MAX_BYTES + 1), "This file has 5.0 MB; at most 5 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(data: bytes, said: str) -> None:
    assert said in only_fault(read_roster(data))


def test_as_many_pairs_as_are_allowed_are_read_and_one_more_is_not() -> None:
    lines = [f"{someone(n)},{someone(n, 's')}" for n in range(MAX_PAIRS)]

    assert MAX_PAIRS == len(people(read(*lines)))
    assert "more than 10,000 lines" in only_fault(read(*lines, f"{ANA},{TOM}"))


def test_ten_thousand_faults_are_all_named() -> None:
    chain = [f"{someone(n)},{someone(n + 1)}" for n in range(MAX_PAIRS // 2)]
    back = [f"{someone(n + 1)},{someone(0)}" for n in range(MAX_PAIRS // 2)]

    roster = read(*chain, *back)

    assert [*range(MAX_PAIRS // 2 + 2, MAX_PAIRS + 2)] == [fault.line for fault in roster.faults]


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-16")))
@example(b"\xff\xfe\0")
@example(b'"')
@example(b"sep=\0\n")
def test_no_file_can_make_the_reader_fail(data: bytes) -> None:
    for after in (data, f"{FIRST}\n".encode() + data, f"{FIRST}\n".encode("utf-16") + data):
        roster = read_roster(after)

        assert all(fault.text for fault in roster.faults)
        assert roster.lines or roster.faults


NAMES = (
    (
        st.text(min_size=1, max_size=60)
        | st.sampled_from(HOSTILE)
        | st.sampled_from(["=1+1", "';=x"])
    )
    .map(clean_line)
    .filter(lambda text: 0 < len(text) <= 80 and any(mark.isalnum() for mark in text))
)


@st.composite
def rosters(draw: st.DrawFn) -> list[RosterLine]:
    pairs = draw(st.lists(st.tuples(NAMES, NAMES, NAMES | st.just("")), max_size=6))
    starts = st.sampled_from(["", "=", "+", "-", "'="])
    return [
        RosterLine(
            line=0,
            mentor=Listed(name=mentor, email=f"{draw(starts)}m{place}@example.org", role=role),
            mentee=Listed(name=mentee, email=f"s{place}@example.org", role=role),
        )
        for place, (mentor, mentee, role) in enumerate(pairs)
    ]


@effort(max_examples=200)
@given(rosters())
def test_what_is_exported_is_read_back_as_it_was(lines: list[RosterLine]) -> None:
    roster = read_roster(roster_csv(lines))

    assert [line.model_copy(update={"line": 0}) for line in roster.lines] == lines


@effort(max_examples=200)
@given(rosters(), st.sampled_from([",", ";", "\t", "|"]))
def test_no_spreadsheet_finds_a_formula_in_an_export(lines: list[RosterLine], between: str) -> None:
    """Whichever separator the reader's country has: it may cut cells elsewhere than we did."""
    text = roster_csv(lines).decode("utf-8-sig")

    for row in csv.reader(io.StringIO(text, newline=""), delimiter=between):
        assert not [cell for cell in row if re.match(r'"?[=+\-@＝＋－＠]', cell.lstrip())]


def test_an_export_is_what_spreadsheets_and_rfc_4180_want() -> None:
    line = RosterLine(
        mentor=Listed(name='Ana "A" Duarte', email="ana@example.org", role="a, b"),
        mentee=Listed(name="=HYPERLINK(1)", email="+tom@example.org"),
    )

    assert (
        codecs.BOM_UTF8 + FIRST.encode() + b'\r\n"Ana ""A"" Duarte",ana@example.org,"a, b",'
        b"'=HYPERLINK(1),'+tom@example.org,\r\n"
    ) == roster_csv([line])
