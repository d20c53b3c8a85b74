"""Calibration: predicted against remembered, with how sure one can be."""

from decimal import Decimal, getcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.calibration import ENOUGH, Answered, Share, bins, overall, wilson

ANSWERS = st.lists(st.builds(Answered, st.integers(0, 1000), st.booleans()), max_size=80)


def test_below_ten_answers_there_is_no_figure() -> None:
    assert overall([Answered(900, True)] * (ENOUGH - 1)) == Share(ENOUGH - 1)
    assert overall([]) == Share(0)


def test_the_share_remembered_stands_beside_the_mean_prediction() -> None:
    found = overall([Answered(900, True)] * 9 + [Answered(800, False)])
    assert (found.n, found.predicted, found.measured) == (10, pytest.approx(0.89), 0.9)
    assert found.interval == pytest.approx((0.5958, 0.9821), abs=1e-4)


def test_a_bin_with_few_answers_says_only_how_many() -> None:
    found = bins([*([Answered(920, True)] * 12), *([Answered(300, False)] * 2), Answered(1000, True)])
    assert [(each.low, each.high, each.share.n, each.share.measured) for each in found] == [
        (0, 50, 2, None),
        (90, 95, 12, 1.0),
        (95, 100, 1, None),
    ]


@given(ANSWERS)
def test_every_answer_is_in_one_bin(answers: list[Answered]) -> None:
    assert sum(each.share.n for each in bins(answers)) == len(answers)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_solves_its_equation(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    # Its bounds are where the share lies 1.96 standard errors away, computed here in another way.
    getcontext().prec = 30
    share, z = Decimal(successes) / n, Decimal("1.959964")
    for bound in (low, high):
        p = Decimal(bound)
        assert float((share - p) ** 2 - z * z * p * (1 - p) / n) == pytest.approx(0, abs=1e-9)
