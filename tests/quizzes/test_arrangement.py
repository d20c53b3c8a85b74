"""In which order things are shown: never the right one, always the same for a question, as drawn when it was drawn."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.quizzes import arrangement
from app.quizzes.asks import text_with_gaps
from app.quizzes.questions import Question
from tests.quizzes.asked_types import asked_types

QUESTION: TypeAdapter[Any] = TypeAdapter(Question)
QUESTIONS = {each["key"]: QUESTION.validate_python(each, strict=False) for each in asked_types()}
ARRANGED = ("gaps-chosen", "matching", "ordering", "categories")


@given(key=st.text("abcdefgh-", min_size=1, max_size=20), several=st.integers(2, 20))
def test_an_order_is_all_of_the_things_and_never_that_of_the_file(key: str, several: int) -> None:
    items = [f"item {number}" for number in range(several)]
    question = QUESTIONS["ordering"].model_copy(update={"key": key, "items": items})
    shown = arrangement.shown_order(question)
    assert sorted(shown) == list(range(several))
    assert shown != list(range(several))
    assert shown == arrangement.shown_order(question)


def test_what_was_drawn_is_shown() -> None:
    for key in ARRANGED:
        drawn = list(reversed(range(arrangement.count(QUESTIONS[key]))))
        assert arrangement.shown_order(QUESTIONS[key], drawn) == drawn


def test_what_cannot_have_been_drawn_for_this_question_is_not() -> None:
    question = QUESTIONS["ordering"]
    for drawn in ([], [0, 1], [0, 0, 1, 2], [0, 1, 2, 4]):
        assert arrangement.shown_order(question, drawn) == arrangement.shown_order(question)


def test_options_stand_as_in_the_file_unless_drawn() -> None:
    assert arrangement.shown_order(QUESTIONS["multiple"]) == [0, 1, 2, 3]
    assert arrangement.shown_order(QUESTIONS["single"], [1, 0]) == [1, 0]


def test_what_is_typed_has_no_order() -> None:
    assert [arrangement.count(QUESTIONS[key]) for key in ("numeric", "short-answer", "gaps", "free-text")] == [0] * 4


def test_a_mark_inside_a_tag_is_no_gap() -> None:
    html = 'A <a href="/x?q=[[2]]">b</a> [[1]] c'
    assert text_with_gaps(html) == ('A <a href="/x?q=[[2]]">b</a> ', 0, " c")
