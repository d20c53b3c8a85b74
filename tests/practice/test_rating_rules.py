"""Ratings deduced from an answer: its share, its hints, its time."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.rating import AWAY, Rating, deduce, expected_time

TEN = timedelta(seconds=10)
SHARES = st.fractions(0, 1, max_denominator=20)
TIMES = st.timedeltas(timedelta(0), timedelta(days=2))


@pytest.mark.parametrize(
    ("share", "hints", "seconds", "rating"),
    [
        ("1", 0, 8, Rating.EASY),
        ("1", 0, 10, Rating.EASY),
        ("1", 0, 11, Rating.GOOD),
        ("1", 0, 50, Rating.GOOD),
        ("1", 0, 51, Rating.HARD),
        ("1", 1, 3, Rating.HARD),
        ("1", 0, 301, Rating.GOOD),  # away, not slow
        ("3/4", 0, 3, Rating.HARD),
        ("1/2", 0, 3, Rating.HARD),
        ("49/100", 0, 3, Rating.AGAIN),
        ("0", 3, 3, Rating.AGAIN),
    ],
)
def test_an_answer_is_rated(share: str, hints: int, seconds: int, rating: Rating) -> None:
    assert deduce(Fraction(share), hints=hints, took=timedelta(seconds=seconds), expected=TEN) is rating


def test_an_answer_in_a_quiz_is_rated_without_a_time() -> None:
    assert [deduce(Fraction(share)) for share in (0, Fraction(1, 2), 1)] == [Rating.AGAIN, Rating.HARD, Rating.GOOD]


@given(SHARES, SHARES, st.integers(0, 5), TIMES)
def test_more_right_is_never_rated_lower(one: Fraction, other: Fraction, hints: int, took: timedelta) -> None:
    low, high = sorted((one, other))
    assert deduce(low, hints=hints, took=took, expected=TEN) <= deduce(high, hints=hints, took=took, expected=TEN)


@given(SHARES, TIMES, st.integers(1, 5))
def test_a_hint_never_helps(share: Fraction, took: timedelta, hints: int) -> None:
    with_hints = deduce(share, hints=hints, took=took, expected=TEN)
    assert with_hints <= min(Rating.HARD, deduce(share, took=min(took, AWAY), expected=AWAY))


def test_who_knows_needs_longer_for_a_longer_question() -> None:
    assert expected_time(0, 0) == timedelta(seconds=4)
    assert expected_time(40, 1) == timedelta(seconds=14)
    assert expected_time(40, 5) == timedelta(seconds=30)
