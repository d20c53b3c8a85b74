"""Reading a CSV file of people."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import people_file
from app.accounts.people_file import Record, UnreadableFile

ROWS = (("ana@example.org", "Ana Sílva", "commercial", "Équipe Lyon"), ("bo@example.org", "Bo Li", "", ""))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("header", ["email,name,role,team", "Courriel,Nom,Rôle,Équipe", "E-MAIL,nom,role,equipe"])
def test_separators_encodings_line_ends_and_headings(separator: str, encoding: str, end: str, header: str) -> None:
    lines = [header.replace(",", separator), *(separator.join(row) for row in ROWS)]
    records = people_file.read((end.join(lines) + end).encode(encoding))
    assert records == [Record(2, *ROWS[0]), Record(3, *ROWS[1])]


def test_columns_may_stand_in_any_order_and_be_left_out() -> None:
    assert people_file.read(b"nom;courriel\nAna;ana@example.org\n") == [Record(2, "ana@example.org", "Ana", "", "")]


def test_empty_lines_and_trailing_separators_are_passed_over() -> None:
    content = b"\nemail,name,,\n\nana@example.org,Ana,,\n,,,\n\nbo@example.org,Bo\n"
    assert [(record.line, record.email) for record in people_file.read(content)] == [
        (4, "ana@example.org"),
        (7, "bo@example.org"),
    ]


def test_a_quoted_cell_over_two_lines_keeps_the_numbers_right() -> None:
    records = people_file.read(b'email,name\na@example.org,"Ana\nSilva"\nb@example.org,Bo\n')
    assert [record.line for record in records] == [2, 4]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "empty"),
        (b"   \n\n", 1, "empty"),
        (b"email,name\n", 1, "nobody"),
        (b"email,name,rol\na,b,c\n", 1, "Unknown column"),
        (b"email,email,name\na,b,c\n", 1, "twice"),
        (b"email,role\na,b\n", 1, "missing"),
        (b"email,name\na,b,c\n", 2, "cells"),
        (b'email,name\n"a,b\n', 2, "quotation"),
        (b"PK\x03\x04\x00\x00\x00", 1, "not a text file"),
        (b"email,name\n\x81\x8d,b\n", 1, "not a text file"),
        (b"x" * (1024 * 1024 + 1), 1, "too large"),
        (b"email,name\n" + b"a@example.org,A\n" * 2001, 2002, "too many"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(content: bytes, line: int, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        people_file.read(content)
    (problem,) = refused.value.problems
    assert problem.line == line
    assert said in problem.what._args[0]  # type: ignore[attr-defined]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnreadableFile) as refused:
        people_file.read(b"email,name\na,b,c\nd,e\nf,g,h,i\n")
    assert [problem.line for problem in refused.value.problems] == [2, 4]


def test_two_thousand_people_are_not_too_many() -> None:
    assert len(people_file.read(b"email,name\n" + b"a@example.org,A\n" * 2000)) == 2000


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=30
)


@given(st.lists(st.tuples(words, words, words, words), min_size=1, max_size=20), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str, str, str]], separator: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator)
    writer.writerows([("email", "name", "role", "team"), *rows])
    read = people_file.read(written.getvalue().encode("utf-8-sig"))
    assert [(record.email, record.name, record.role, record.team) for record in read] == rows


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_read_or_refused(content: bytes) -> None:
    try:
        found: object = people_file.read(content)
    except UnreadableFile as refused:
        found = refused.problems
    assert found
