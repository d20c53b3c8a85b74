"""Thirds of attempts: as equal as ties allow, whatever the order of the rows."""

from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.statistics.thirds import LOWER, MIDDLE, UPPER, thirds


def test_three_equal_groups_when_nobody_ties() -> None:
    assert thirds([5, 1, 9, 2, 8, 4]) == [MIDDLE, LOWER, UPPER, LOWER, UPPER, MIDDLE]


def test_equal_results_stay_together_where_the_middle_one_of_them_stands() -> None:
    # Of ten, 1 stands first, four 5s from the second to the fifth (their middle is 3 of 10), five 9s from the sixth on.
    assert thirds([1, 5, 5, 5, 5, 9, 9, 9, 9, 9]) == [LOWER] * 5 + [UPPER] * 5
    assert thirds([7] * 10) == [MIDDLE] * 10
    assert thirds([0] * 20 + [1] * 10) == [LOWER] * 20 + [UPPER] * 10  # between two thirds: to the outer one
    assert thirds([0] * 10 + [1] * 20) == [LOWER] * 10 + [UPPER] * 20
    assert thirds([]) == []


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing_and_better_is_never_lower(earned: list[int], chance: object) -> None:
    third = dict(zip(earned, thirds(earned), strict=True))
    assert sorted(third.values()) == [third[value] for value in sorted(third)]
    shuffled = list(earned)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert thirds(shuffled) == [third[value] for value in shuffled]


@given(st.integers(1, 60))
def test_without_ties_thirds_differ_by_one_at_most(size: int) -> None:
    found = thirds(list(range(size)))
    sizes = [found.count(third) for third in (LOWER, MIDDLE, UPPER)]
    assert max(sizes) - min(sizes) <= 1
