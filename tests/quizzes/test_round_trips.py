"""What is written in a format is read again, letter by letter, wherever no loss was reported."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.formats.lines import one_line
from app.quizzes.formats.model import ANYTHING, FORMAT_NAMES, FULL, NONE, Option, Question, Type
from app.quizzes.formats.registry import FORMATS
from tests.quizzes import neutral

GIFT_TYPES = (
    Type.SINGLE,
    Type.MULTIPLE,
    Type.TRUE_FALSE,
    Type.NUMERIC,
    Type.SHORT_ANSWER,
    Type.MATCHING,
    Type.FREE_TEXT,
)
QTI_TYPES = tuple(each for each in Type if each is not Type.CALCULATED)
MOODLE_TYPES = tuple(each for each in Type if each is not Type.CATEGORIES)
FEW = settings(max_examples=30, deadline=None)
WRITTEN = [name for name in FORMAT_NAMES if name != "yaml"]


def there_and_back(name: str, questions: list[Question]) -> tuple[list[Question], Any]:
    written = FORMATS[name].write(questions)
    reading = FORMATS[name].read(written.content)
    assert [each.what for each in reading.problems] in (
        [],
        ["no question in the file"],
        ["no item in the package"],
        ["no question under the first line"],
    )
    return reading.questions, written


def bare(question: Question) -> Question:
    """Without what only some formats hold."""
    return replace(question, points=FULL, category="", case_counts=False, unit="", read_again="")


@FEW
@given(neutral.files(*GIFT_TYPES))
def test_gift_keeps_all_that_it_can_hold(questions: list[Question]) -> None:
    questions = [replace(bare(each), category=each.category) for each in questions]
    read, written = there_and_back("gift", questions)
    told = {each.question for each in written.losses}
    # An arrow is the one sign that GIFT cannot escape.
    assert all("->" in repr(each) for each in questions if each.key in told)
    assert read == [each for each in questions if each.key not in told]


@FEW
@given(neutral.files(*MOODLE_TYPES))
def test_moodle_xml_keeps_all_but_the_link_to_read_again(questions: list[Question]) -> None:
    read, written = there_and_back("moodle-xml", questions)
    told = {each.question for each in written.losses}
    # Inside an embedded answer, Moodle has no escape for an opening brace; a star there is a wildcard.
    assert all("{" in repr(each.pairs) or "'*'" in repr(each.pairs) for each in questions if each.key in told)
    assert read == [each for each in questions if each.key not in told]


@FEW
@given(neutral.files())
def test_csv_keeps_everything(questions: list[Question]) -> None:
    questions = [replace(each, unit="€ HT", read_again="play:relancer#know") for each in questions]
    read, written = there_and_back("csv", questions)
    assert not written.losses
    assert read == questions


@FEW
@given(neutral.files(*(each for each in QTI_TYPES if each not in (Type.NUMERIC, Type.SHORT_ANSWER))))
def test_qti_keeps_all_but_categories(questions: list[Question]) -> None:
    questions = [replace(each, category="") for each in questions]
    read, written = there_and_back("qti", questions)
    assert not written.losses
    assert read == questions


@FEW
@given(neutral.files(Type.NUMERIC, Type.SHORT_ANSWER))
def test_qti_says_that_it_keeps_no_feedback_of_single_words_and_no_wildcard(questions: list[Question]) -> None:
    read, written = there_and_back("qti", [replace(each, category="") for each in questions])
    absent = {each.question for each in written.losses if each.what.endswith(": left out")}
    questions = [each for each in questions if each.key not in absent]
    assert len(read) == len(questions)
    for before, after in zip(questions, read, strict=True):
        told = [each.what for each in written.losses if each.question == before.key]
        assert replace(after, options=()) == replace(before, options=(), category="")
        assert bool(told) == (after.options != before.options)


@FEW
@given(neutral.files(Type.SINGLE))
def test_aiken_keeps_stems_and_the_right_option(questions: list[Question]) -> None:
    read, written = there_and_back("aiken", questions)
    assert len(read) == len(questions) - written.left_out
    by_text = {each.text: each for each in read}
    for question in questions:
        kept = by_text.get("\n".join(one_line(line) for line in question.text.split("\n") if line.strip()))
        if kept is None:
            assert any("Aiken cannot hold" in each.what for each in written.losses if each.question == question.key)


@pytest.mark.parametrize("name", WRITTEN)
@given(data=st.data())
@FEW
def test_what_a_format_does_not_keep_it_says(name: str, data: st.DataObject) -> None:
    """Question by question: what is read again is what was written, or a loss names the question."""
    questions = data.draw(neutral.files())
    read, written = there_and_back(name, questions)
    told = {each.question for each in written.losses}
    absent = {each.question for each in written.losses if each.what.endswith(": left out")}
    stayed = [question for question in questions if question.key not in absent]
    assert len(absent) == written.left_out
    for before, after in zip(stayed, read, strict=True):
        if before.key not in told:
            assert replace(after, key=before.key, is_plain=before.is_plain) == before


@pytest.mark.parametrize("name", WRITTEN)
def test_a_repeated_round_changes_nothing_more(name: str) -> None:
    question = Question(
        "prix-net",
        Type.MULTIPLE,
        title="Prix net",
        text="10 % **puis** 5 % ?",
        options=(Option("1 026 €", Fraction(1, 3), "Oui."), Option("1 €", Fraction(2, 3)), Option("0", -FULL)),
        tags=("prix",),
    )
    once, _ = there_and_back(name, [question])
    twice, written = there_and_back(name, once)
    assert twice == once
    assert not written.losses or name == "aiken"


def test_numbers_written_to_five_places_stand_for_the_exact_share() -> None:
    for count in range(1, 11):
        question = Question(
            "q",
            Type.MULTIPLE,
            text="T",
            options=(*(Option(f"r{n}", Fraction(1, count)) for n in range(count)), Option("w")),
        )
        for name in ("gift", "moodle-xml", "csv", "qti"):
            assert there_and_back(name, [question])[0] == [question], (name, count)


def test_an_exact_weight_that_no_percentage_gives_back_is_reported() -> None:
    share = Fraction(5, 29)
    question = Question(
        "q", Type.MULTIPLE, text="T", options=(Option("a", share), Option("b", 1 - share), Option("c", NONE))
    )
    assert [each.what for each in FORMATS["gift"].write([question]).losses] == [
        "GIFT does not keep the exact weights of its answers"
    ]
    assert there_and_back("csv", [question])[0] == [question]


def test_the_feedback_for_any_other_number_survives() -> None:
    question = Question(
        "q", Type.NUMERIC, text="T", options=(Option("3:2", FULL, "oui"), Option(ANYTHING, NONE, "non"))
    )
    read, _ = there_and_back("gift", [question])
    assert read[0].options == question.options
    assert (str(read[0].value), str(read[0].tolerance)) == ("3", "2")
