"""Numbers as people type them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.numbers import readings

N = Fraction(2053, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "1026,5",
        "1026.5",
        "1 026,5",
        "1\u00a0026,5",
        "1\u202f026,50",
        "1\u2009026,50",
        "1.026,50",
        "1,026.50",
        "1'026.50",
        "1’026,50",
        "  1 026,5 € ",
        "1 026,50 euros",
        "€1,026.50",
        "1 026,50 € HT",
        "1026,5 TTC",
        "+1026,5",
        "1 026,5.",
    ],
)
def test_french_and_english_notations_say_the_same_number(typed: str) -> None:
    assert readings(typed) == {N}


@pytest.mark.parametrize("typed", ["25 %", "25%", "25\u202f%", "25 pour cent", "25 percent"])
def test_a_percent_sign_may_follow(typed: str) -> None:
    assert readings(typed, "%") == {Fraction(25)}


@pytest.mark.parametrize("typed", ["160 luminaires", "160 Luminaire", "160luminaires", "160"])
def test_the_unit_of_the_question_may_follow_in_singular_or_plural(typed: str) -> None:
    assert readings(typed, "luminaires") == {Fraction(160)}


def test_a_unit_with_a_digit_in_it_may_follow() -> None:
    assert readings("400 m²", "m²") == {Fraction(400)}


@pytest.mark.parametrize(
    ("typed", "value"), [("-5", -5), ("−5", -5), ("- 5", -5), (",5", Fraction(1, 2)), (".5", Fraction(1, 2))]
)
def test_signs_and_a_missing_zero_are_read(typed: str, value: int) -> None:
    assert readings(typed) == {value}


def test_one_separator_before_three_digits_may_be_either() -> None:
    assert readings("1,026") == readings("1.026") == {Fraction(1026), Fraction(1026, 1000)}
    assert readings("0,500") == {Fraction(1, 2)}
    assert readings("1026,500") == {N}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "3 k€",
        "160 lampes",
        "1 26",
        "12,34,567",
        "1.2.3",
        "5-3",
        "1e5",
        "½",
        "٣",
        "1,,5",
        "-",
        "€",
        ",",
        "9" * 61,
    ],
)
def test_what_is_no_number_is_not_read(typed: str) -> None:
    assert readings(typed, "luminaires") == frozenset()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**12, places=2))
def test_any_amount_reads_back_in_both_notations(amount: object) -> None:
    english = f"{amount:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")
    german = english.translate(str.maketrans(",.", ".,"))
    assert readings(english) == readings(french) == readings(german) == {Fraction(str(amount))}


@given(st.text("0123456789.,'’ \u00a0\u202f+-−€%xk½²٣", max_size=80))
def test_no_text_breaks_the_reading(typed: str) -> None:
    assert len(readings(typed, "€")) <= 2
