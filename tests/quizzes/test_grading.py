"""Marks, by example and by property."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes import grading
from app.quizzes.documents import QuizFacts
from app.quizzes.grading import Verdict, grade, verdict
from app.quizzes.questions import (
    MultipleQuestion,
    NumericQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.replies import Chosen, Judged, Reply, Typed
from tests.library_factories import questions

SHARED: dict[str, Any] = {"key": "k", "title": "t", "text": "q", "read_again": "step:s"}
WORDS: dict[str, Any] = {"if_right": "oui", "if_wrong": "non"}


def options(*right: bool) -> list[dict[str, Any]]:
    return [{"text": f"option {place}", "right": each, "feedback": "f"} for place, each in enumerate(right)]


def multiple(*right: bool, points: int = 1) -> MultipleQuestion:
    return MultipleQuestion.model_validate({**SHARED, "type": "multiple", "points": points, "options": options(*right)})


def numeric(value: str, tolerance: str = "0", unit: str | None = None) -> NumericQuestion:
    return NumericQuestion(
        **SHARED, **WORDS, type="numeric", value=Decimal(value), tolerance=Decimal(tolerance), unit=unit
    )


def short(*accepted: str) -> ShortAnswerQuestion:
    return ShortAnswerQuestion(**SHARED, **WORDS, type="short_answer", accepted=list(accepted))


def chosen(*places: int) -> Chosen:
    return Chosen(frozenset(places))


def test_single_is_all_or_nothing() -> None:
    question = SingleQuestion.model_validate({**SHARED, "type": "single", "points": 3, "options": options(False, True)})
    assert grade(question, chosen(1)) == 3
    assert grade(question, chosen(0)) == 0
    assert grade(question, chosen(0, 1)) == 0


def test_multiple_gives_partial_credit_exactly() -> None:
    question = multiple(True, True, True, False, False)
    assert grade(question, chosen(0)) == Fraction(1, 3)
    assert grade(question, chosen(0, 1)) == Fraction(2, 3)
    assert grade(question, chosen(0, 1, 2)) == 1
    assert grade(question, chosen(0, 1, 3)) == Fraction(1, 6)
    assert grade(question, chosen(3)) == 0


def test_picking_everything_earns_nothing() -> None:
    assert grade(multiple(True, True, False), chosen(0, 1, 2)) == 0


@pytest.mark.parametrize("answer", [True, False])
def test_true_false(answer: bool) -> None:
    question = TrueFalseQuestion(**SHARED, type="true_false", answer=answer, if_true="v", if_false="f")
    assert grade(question, Judged(answer)) == 1
    assert grade(question, Judged(not answer)) == 0


def test_numeric_counts_the_bounds_of_its_tolerance_exactly() -> None:
    question = numeric("1026.00", "0.01")
    assert [grade(question, Typed(each)) for each in ("1026,01", "1025.99", "1026,010", "1026,0101", "1025,98")] == [
        *(1, 1, 1, 0, 0),
    ]


def test_numeric_without_tolerance_wants_the_very_number() -> None:
    assert grade(numeric("160", unit="luminaires"), Typed("160,0 luminaires")) == 1
    assert grade(numeric("160", unit="luminaires"), Typed("160,1")) == 0


def test_a_number_that_reads_two_ways_counts_when_one_is_right() -> None:
    assert grade(numeric("1026"), Typed("1,026")) == 1
    assert grade(numeric("1.026"), Typed("1,026")) == 1
    assert grade(numeric("1027"), Typed("1,026")) == 0


@pytest.mark.parametrize("typed", ["L'écoute active", "l’ECOUTE  active", "« L’écoute active ! »", "l`ecoute active."])
def test_short_answers_forgive_case_accents_apostrophes_spaces_and_punctuation_at_the_ends(typed: str) -> None:
    assert grade(short("l’écoute active"), Typed(typed)) == 1


@pytest.mark.parametrize("typed", ["écoute active", "l’écoute-active", "!", ""])
def test_short_answers_forgive_nothing_else(typed: str) -> None:
    assert grade(short("l’écoute active"), Typed(typed)) == 0


def test_ligatures_are_letters() -> None:
    assert grade(short("le cœur du besoin"), Typed("Le coeur du besoin")) == 1


def test_a_reply_of_another_type_earns_nothing() -> None:
    pairs: list[tuple[Question, Reply | None]] = [
        (numeric("1"), chosen(1)),
        (multiple(True, False), Typed("0")),
        (short("a"), None),
    ]
    for question, reply in pairs:
        assert grade(question, reply) == 0


def test_the_percent_is_rounded_down_and_the_pass_is_exact() -> None:
    facts = QuizFacts.model_validate(
        {
            "id": "q",
            "title": "Q",
            "step": "s",
            "pass_mark": 67,
            "questions": [
                {**SHARED, "type": "multiple", "options": options(True, True, True, False)},
            ],
        },
    )
    result = grading.grade_all(facts.questions, {"k": chosen(0, 1)}, facts.pass_mark)
    assert (result.mark, result.percent, result.passed) == (Fraction(2, 3), 66, False)


def test_a_verdict_is_right_partly_or_to_review() -> None:
    question = multiple(True, True, False, points=2)
    marks = [grade(question, chosen(*each)) for each in ((0, 1), (0,), (2,))]
    assert [verdict(question, mark) for mark in marks] == [Verdict.RIGHT, Verdict.PARTLY, Verdict.TO_REVIEW]


# Any question of the five types, and any reply to it.
@st.composite
def asked(draw: st.DrawFn) -> tuple[Question, Reply | None]:
    rights = draw(st.lists(st.booleans(), min_size=2, max_size=12).filter(lambda each: 0 < sum(each) < len(each)))
    one = draw(st.integers(0, len(rights) - 1))
    points = draw(st.integers(1, 100))
    question = draw(
        st.sampled_from(
            [
                multiple(*rights, points=points),
                SingleQuestion.model_validate(
                    {**SHARED, "type": "single", "options": options(*(place == one for place in range(len(rights))))}
                ),
                TrueFalseQuestion(**SHARED, type="true_false", answer=True, if_true="v", if_false="f"),
                numeric("12.5", "0.5"),
                short("mesore", "batna"),
            ]
        )
    )
    reply = draw(
        st.one_of(
            st.none(),
            st.frozensets(st.integers(0, len(rights) - 1)).map(Chosen),
            st.booleans().map(Judged),
            st.text("mesoreBATNA012,.5 ’!", max_size=12).map(Typed),
        )
    )
    return question, reply


@given(asked())
def test_a_mark_is_never_below_nothing_nor_above_the_points(pair: tuple[Question, Reply | None]) -> None:
    question, reply = pair
    assert 0 <= grade(question, reply) <= question.points


@given(st.lists(st.booleans(), min_size=2, max_size=12).filter(lambda each: 0 < sum(each) < len(each)), st.data())
def test_the_order_of_options_does_not_matter(rights: list[bool], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rights))))
    picked = data.draw(st.frozensets(st.integers(0, len(rights) - 1)))
    shuffled = multiple(*(rights[place] for place in order))
    moved = Chosen(frozenset(order.index(place) for place in picked))
    assert grade(multiple(*rights), Chosen(picked)) == grade(shuffled, moved)


@given(
    st.lists(st.booleans(), min_size=2, max_size=12).filter(lambda each: 0 < sum(each) < len(each)), st.integers(1, 9)
)
def test_all_the_right_options_earn_all_the_points(rights: list[bool], points: int) -> None:
    question = multiple(*rights, points=points)
    assert grade(question, Chosen(question.right)) == points


@given(st.lists(st.booleans(), min_size=3, max_size=12).filter(lambda each: 0 < sum(each) < len(each)), st.data())
def test_one_more_right_pick_never_costs(rights: list[bool], data: st.DataObject) -> None:
    question = multiple(*rights)
    picked = data.draw(st.frozensets(st.integers(0, len(rights) - 1)))
    more = data.draw(st.sampled_from(sorted(question.right)))
    assert grade(question, Chosen(picked | {more})) >= grade(question, Chosen(picked))


def test_all_right_is_everything() -> None:
    facts = QuizFacts.model_validate({"id": "q", "title": "Q", "step": "s", "pass_mark": 100, "questions": questions()})
    replies: dict[str, Reply | None] = {
        "single": chosen(0),
        "multiple": chosen(0, 1),
        "true-false": Judged(True),
        "numeric": Typed("1.026,00"),
        "short-answer": Typed("batna"),
    }
    result = grading.grade_all(facts.questions, replies, facts.pass_mark)
    assert (str(result.mark), str(result.maximum), result.percent, result.passed) == ("5", "5", 100, True)
    assert grading.grade_all(facts.questions, {}, facts.pass_mark).mark == 0
