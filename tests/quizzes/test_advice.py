"""Which sections to read again."""

from fractions import Fraction

from app.quizzes.advice import weakest_sections
from app.quizzes.documents import QuizFacts
from tests.library_factories import questions

SECTIONS = ("play:a#know", "play:b#say", "play:a#know", "play:c", "play:d")
FACTS = QuizFacts.model_validate(
    {
        "id": "q",
        "title": "Q",
        "step": "s",
        "pass_mark": 80,
        "questions": [
            {**question, "read_again": section} for question, section in zip(questions(), SECTIONS, strict=True)
        ],
    }
)


def marks(*values: str) -> dict[str, Fraction]:
    return {question.key: Fraction(value) for question, value in zip(FACTS.questions, values, strict=True)}


def test_nothing_lost_is_nothing_to_read() -> None:
    assert weakest_sections(FACTS.questions, marks("1", "1", "1", "1", "1")) == []


def test_points_lost_in_one_section_add_up() -> None:
    assert weakest_sections(FACTS.questions, marks("1/2", "0", "1/4", "1/2", "1")) == ["play:a#know", "play:b#say"]


def test_of_two_equal_ones_the_first_asked_comes_first() -> None:
    assert weakest_sections(FACTS.questions, marks("1", "1", "1", "0", "0"), most=1) == ["play:c"]


def test_questions_without_a_mark_count_as_lost() -> None:
    assert weakest_sections(FACTS.questions, {}) == ["play:a#know", "play:b#say"]
