"""Formulas: what they may hold, what they are worth, and what is refused."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes import calculation
from app.quizzes.calculation import WrongFormula

VALUES = {"ht": Decimal("12.50"), "t": Decimal("20"), "n": Decimal("3")}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("ht * (1 + t / 100)", Fraction(15)),
        ("{ht}*(1+{t}/100)", Fraction(15)),
        ("1 + 2 * 3 - 4 / 5", Fraction(31, 5)),
        ("1 / 3", Fraction(1, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),
        (".5 * 2", Fraction(1)),
        ("-2 ^ 2", Fraction(-4)),
        ("(-2) ** 2", Fraction(4)),
        ("2 ^ -1", Fraction(1, 2)),
        ("2 ^ n ^ 2", Fraction(512)),
        ("2 - 1 - 1", Fraction(0)),
        ("8 / 2 / 2", Fraction(2)),
        ("--5", Fraction(5)),
        ("min(ht, t, n) + max(1, 2)", Fraction(5)),
        ("abs(n - t)", Fraction(17)),
        ("round(2.345, 2)", Fraction(47, 20)),
        ("round(-2.5)", Fraction(-3)),
        ("floor(-0.5) + ceil(ht)", Fraction(12)),
        ("1+" * 149 + "1", Fraction(150)),
    ],
)
def test_a_formula_is_computed_exactly(formula: str, value: Fraction) -> None:
    assert calculation.read(formula).value(VALUES) == value


def test_a_formula_knows_its_variables() -> None:
    assert calculation.read("max({ht}, n) + ht").names == {"ht", "n"}


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("__import__('os').system('id')", "“_”"),
        ("ht.real", "“.”"),
        ("ht.__class__", "“.”"),
        ("open(1)", "the function “open”"),
        ("eval(ht)", "the function “eval”"),
        ("lambda: 1", "“:”"),
        ("[1]", "“[”"),
        ("'a'", "“'”"),
        ("ht if t else n", "“if” where the formula could end"),
        ("٣ + 1", "“٣”"),
        ("1 + ²", "“²”"),
        ("1,5 * ht", "“,” where the formula could end"),
        ("1e5", "“e5” where the formula could end"),
        ("{ht", "“{”"),
        ("HT * 2", "“HT”"),
        ("", "the end of the formula"),
        ("1 +", "the end of the formula"),
        ("(1", "“the end”"),
        ("1 2", "“2” where the formula could end"),
        ("min()", "“)”"),
        ("abs(1, 2)", "2 values in abs()"),
        ("(" * 10_000, "10000 characters"),
        ("(" * 200, "parentheses and signs within each other"),
        ("-" * 200 + "1", "parentheses and signs within each other"),
        ("2^" * 100 + "1", "parentheses and signs within each other"),
        ("9" * 30, "a number out of bounds"),
    ],
)
def test_anything_else_is_refused(formula: str, what: str) -> None:
    with pytest.raises(WrongFormula) as refused:
        calculation.read(formula)
    assert refused.value.what == what
    assert refused.value.expected


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("1 / (n - 3)", "a division by zero"),
        ("(n - 3) ^ -1", "a division by zero"),
        ("9 ** 9 ** 9", "the power 387420489"),
        ("2 ^ 0.5", "the power 1/2"),
        ("9 ^ 12 * 9 ^ 12", "a number out of bounds"),
        ("round(ht, 99)", "round to 99 decimals"),
        ("x + 1", "“x” without a value"),
    ],
)
def test_what_cannot_be_computed_says_so(formula: str, what: str) -> None:
    read = calculation.read(formula)
    with pytest.raises(WrongFormula) as refused:
        read.value(VALUES)
    assert refused.value.what == what


def test_fractions_do_not_grow_without_bound() -> None:
    nested = "(" * 20 + "ht" + " + 1.000000001) ^ 12" * 20
    with pytest.raises(WrongFormula):
        calculation.read(nested).value({"ht": Fraction(1, 3)})


@given(st.text("0123456789.+-*/^()ht{}, minroudfl_", max_size=300))
def test_whatever_is_written_is_read_or_refused(formula: str) -> None:
    with contextlib.suppress(WrongFormula):
        assert isinstance(calculation.read(formula).value(VALUES), Fraction)


@given(st.decimals(-(10**6), 10**6, places=3), st.decimals(-(10**6), 10**6, places=3))
def test_sums_and_products_are_those_of_fractions(a: Decimal, b: Decimal) -> None:
    left, right = Fraction(a), Fraction(b)
    values = {"a": a, "b": b}
    assert calculation.read("a + b * a - (b - a)").value(values) == left + right * left - (right - left)
    assert calculation.read("-a * -b").value(values) == left * right
    if right:
        assert calculation.read("a / b").value(values) == left / right


@given(st.fractions(-1000, 1000, max_denominator=999), st.integers(0, 6))
def test_half_up_is_the_nearest_and_symmetric(value: Fraction, decimals: int) -> None:
    rounded = calculation.half_up(value, decimals)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)
    assert (rounded * 10**decimals).denominator == 1
    assert calculation.half_up(-value, decimals) == -rounded
