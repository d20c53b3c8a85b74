"""Questions typed in a spreadsheet."""

from fractions import Fraction

import pytest

from app.quizzes.formats import csv_reader, csv_writer
from app.quizzes.formats.model import FULL, Option, Question, Reading, Type


def read(text: str) -> Reading:
    return csv_reader.read(text.encode())


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_columns_is_found(sign: str) -> None:
    rows = (["type", "text", "option1", "fraction1", "option2"], ["single", "Q", "a", "1", "b"])
    reading = read("\r\n".join(sign.join(row) for row in rows))
    assert reading.problems == []
    assert [(each.text, each.fraction) for each in reading.questions[0].options] == [("a", 1), ("b", 0)]


def test_fractions_as_decimals_with_a_comma_or_as_thirds() -> None:
    reading = read("type;text;option1;fraction1;option2;fraction2;option3;fraction3\nmultiple;Q;a;1/3;b;0,66667;c;-1\n")
    assert [each.fraction for each in reading.questions[0].options] == [Fraction(1, 3), Fraction(2, 3), -1]


def test_numbers_true_or_false_and_pairs() -> None:
    reading = read(
        "type,text,value,tolerance,option1,fraction1,option2,fraction2,prompt1,match1,prompt2,match2,tags\n"
        'numeric,N,"3,5",0.1,,,,,,,,,a|b\n'
        "true_false,V,,,Vrai,1,Faux,0,,,,,\n"
        "matching,M,,,,,,,p,m,q,n,\n"
    )
    number, truth, matching = reading.questions
    assert (str(number.value), str(number.tolerance), number.tags) == ("3.5", "0.1", ("a", "b"))
    assert [(each.text, each.fraction) for each in truth.options] == [("true", 1), ("false", 0)]
    assert [(each.prompt, each.match) for each in matching.pairs] == [("p", "m"), ("q", "n")]
    assert [each.line for each in reading.questions] == [2, 3, 4]


def test_a_cell_of_several_lines_counts_its_lines() -> None:
    reading = read('type,text\nfree_text,"un\ndeux"\nquestion,x\n')
    assert reading.questions[0].text == "un\ndeux"
    assert [each.line for each in reading.problems] == [4]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "no question in the file"),
        ("type,text\n", 1, "no question under the first line"),
        (
            "kind,text\nsingle,Q\n",
            1,
            "the column “kind”, expected key, type, title, text, option1, fraction1, feedback1",
        ),
        ("text\nQ\n", 1, "no column “type”"),
        ("type,text,text\nsingle,Q,Q\n", 1, "the column “text” twice"),
        ("type,text\nsingel,Q\n", 2, "the type “singel”, expected one of single multiple"),
        ("type,text\nfree_text,Q,extra\n", 2, "3 cells, expected 2 as in the first line"),
        ("type,text,option1,fraction1\nsingle,Q,a,2\n", 2, "fraction1 “2”, expected a number from -1 to 1"),
        ("type,text,value\nnumeric,Q,abc\n", 2, "value “abc”, expected a number"),
        ('type,text\nfree_text,"Q\n', 2, "not readable as CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, what: str) -> None:
    reading = read(text)
    assert reading.questions == []
    assert reading.problems[0].line == line
    assert reading.problems[0].what.startswith(what)


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-5 %", "@SUM(A1)", "  =cmd", "'=quoted", "＝1"])
def test_no_spreadsheet_runs_what_is_exported(text: str) -> None:
    question = Question("q", Type.SHORT_ANSWER, text=text, options=(Option(text.strip(), FULL),))
    content = csv_writer.write([question]).content
    cells = content.decode("utf-8-sig").split("\r\n")[1].split(",")
    assert cells[3].startswith("'")
    assert csv_reader.read(content).questions[0].text == text.strip()
