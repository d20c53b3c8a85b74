"""Aiken, with what Moodle's importer takes and what people forget."""

from app.quizzes.formats import aiken
from app.quizzes.formats.model import Reading, Type


def read(text: str) -> Reading:
    return aiken.read(text.encode())


def test_letters_with_a_point_or_a_bracket_with_or_without_a_space() -> None:
    for text in ("Q ?\nA. un\nB. deux\nANSWER: B", "Q ?\nA) un\nB) deux\nANSWER: B", "Q ?\nA)un\nB)deux\nANSWER:B\n"):
        reading = read(text)
        assert reading.problems == []
        question = reading.questions[0]
        assert (question.type, question.text) == (Type.SINGLE, "Q ?")
        assert [(each.text, each.fraction) for each in question.options] == [("un", 0), ("deux", 1)]


def test_small_letters_and_blank_lines() -> None:
    reading = read("Q ?\n\na) un\nb) deux\n\nanswer: b\n")
    assert [each.fraction for each in reading.questions[0].options] == [0, 1]


def test_a_stem_of_several_lines_that_begins_like_an_option() -> None:
    reading = read(
        "M. Orsel hésite.\nQue dites-vous ?\nA. a. rien\nB. x\nANSWER: A\n\nC. Colomb ?\nA) 1492\nB) 1515\nANSWER: A"
    )
    assert reading.problems == []
    assert [each.text for each in reading.questions] == ["M. Orsel hésite.\nQue dites-vous ?", "C. Colomb ?"]
    assert reading.questions[0].options[0].text == "a. rien"


def test_mistakes_are_told_by_line_and_the_others_are_read() -> None:
    reading = read(
        "Too few\nA) Only answer\nANSWER: A\n\nA) Not started\nB) Nor this\n\nANSWER: x\n\n"
        "Good\nA) Yes\nB) No\nANSWER: A\n\n"
        "Not finished\nA) a\nB) b\n\nSecond good\nA) a\nB) b\nANSWER: B\n\nNo such\nA) a\nB) b\nANSWER: C\n"
    )
    assert [(each.text, each.line) for each in reading.questions] == [("Good", 10), ("Second good", 19)]
    assert [(each.line, each.what) for each in reading.problems] == [
        (1, "fewer than two options"),
        (5, "an option before any question"),
        (6, "an option before any question"),
        (8, "an ANSWER without a question"),
        (15, "no ANSWER before line 19"),
        (27, "ANSWER: C, expected the letter of one of its 2 options"),
    ]


def test_an_option_out_of_turn_spoils_its_question() -> None:
    reading = read("Q\nA) a\nC) c\nANSWER: A\n")
    assert reading.questions == []
    assert [each.line for each in reading.problems] == [3, 1]
