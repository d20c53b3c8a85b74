"""Calculated questions: what is drawn, and the question about a number that it makes."""

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes import calculated, grading
from app.quizzes.calculation import WrongFormula
from app.quizzes.questions.checks import check_questions
from app.quizzes.replies import Typed
from tests.quizzes.question_factories import any_question, question_of

CHANCE = random.Random


@given(any_question("calculated"), st.integers())
def test_what_is_drawn_lies_in_its_range_on_its_grid(question: Any, seed: int) -> None:
    values = calculated.draw(question, CHANCE(seed))
    assert values.keys() == {variable.name for variable in question.variables}
    for variable in question.variables:
        value = values[variable.name]
        assert variable.low <= value <= variable.high
        assert -int(value.as_tuple().exponent) == variable.decimals


@given(any_question("calculated"), st.integers())
def test_the_question_that_values_make_has_one_right_number(question: Any, seed: int) -> None:
    made = calculated.resolve(question, calculated.draw(question, CHANCE(seed)), "en")
    assert (made.key, made.points, made.tolerance, made.unit) == (
        *(question.key, question.points, question.tolerance, question.unit),
    )
    assert "{a}" not in made.text
    assert grading.share(made, Typed(f"{made.value:f}")) == 1


@given(any_question("calculated"), st.integers())
def test_the_same_chance_draws_the_same(question: Any, seed: int) -> None:
    assert calculated.draw(question, CHANCE(seed)) == calculated.draw(question, CHANCE(seed))


def test_numbers_stand_in_the_texts_in_the_notation_of_the_language() -> None:
    question = question_of(
        "calculated",
        variables=[{"name": "ht", "low": "1234.50", "high": "1234.50", "decimals": 2}],
        formula="ht * 1.2",
        text="{ht} € HT, et {inconnu} ?",
        hints=["Partez de {ht}."],
        if_wrong="{ht} × 1,2",
    )
    values = calculated.draw(question, CHANCE(1))
    french, english = (calculated.resolve(question, values, language) for language in ("fr", "en"))
    assert french.text == "1\u202f234,50 € HT, et {inconnu} ?"
    assert french.hints == ["Partez de 1\u202f234,50."]
    assert english.if_wrong == "1,234.50 × 1,2"
    assert french.value == Decimal("1481.40")


@pytest.mark.parametrize(("decimals", "value"), [(2, "0.67"), (0, "1"), (None, "0.666666667")])
def test_the_result_is_rounded_half_up(decimals: int | None, value: str) -> None:
    question = question_of(
        "calculated",
        variables=[{"name": "a", "low": 2, "high": 2}],
        formula="a / 3",
        text="{a} ?",
        decimals=decimals,
    )
    assert calculated.resolve(question, {"a": Decimal(2)}, "fr").value == Decimal(value)


def _by_zero(low: int, high: int) -> Any:
    return question_of(
        "calculated", variables=[{"name": "a", "low": low, "high": high}], formula="10 / a", text="{a} ?", decimals=None
    )


def test_values_that_cannot_be_computed_with_are_drawn_again() -> None:
    question = _by_zero(0, 1)
    assert {calculated.draw(question, CHANCE(seed))["a"] for seed in range(20)} == {Decimal(1)}


def test_a_formula_that_can_never_be_computed_is_given_up() -> None:
    with pytest.raises(WrongFormula, match="a division by zero"):
        calculated.draw(_by_zero(0, 0), CHANCE(1))


def test_a_value_that_is_missing_is_said() -> None:
    with pytest.raises(WrongFormula, match="“a” without a value"):
        calculated.resolve(_by_zero(1, 2), {}, "fr")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"formula": "ht * unknown"}, "“unknown” in the formula"),
        ({"formula": "ht *"}, "the formula: the end of the formula"),
        ({"formula": "ht / (taux - 5)"}, "the formula with ht = 10.00, taux = 5: a division by zero"),
        (
            {
                "formula": "ht / (taux - 5)",
                "variables": [{"name": "ht", "low": 1, "high": 2}, {"name": "taux", "low": 4, "high": 6}],
            },
            "the formula with ht = 2, taux = 5: a division by zero",
        ),
        ({"formula": "(100 * ht + taux) ^ 12"}, "the formula with ht = 10.00, taux = 5: a number out of bounds"),
        ({"formula": "ht * 10 ^ 12 * 10 ^ 5"}, "the formula with ht = 10.00: a result out of bounds"),
    ],
)
def test_what_an_author_gets_wrong_is_found(changes: dict[str, Any], what: str) -> None:
    found = [finding.what for finding in check_questions([question_of("calculated", **changes)])]
    assert any(each.startswith(what) for each in found), found


def test_a_calculated_question_that_can_be_computed_has_nothing_wrong() -> None:
    assert list(check_questions([question_of("calculated")])) == []
