"""What review buys, under a memory that is not FSRS's own: the bench's simulation, smaller."""

import pytest

from bench import review_simulation as simulation


@pytest.mark.parametrize("seed", [1, 2])
def test_as_many_reviews_keep_at_least_as_much_as_a_fixed_ladder_and_far_more_than_one_quiz(seed: int) -> None:
    found = simulation.compare(seed, simulation.DIFFICULTIES["different"], questions=40)
    assert found.fsrs.reviews == pytest.approx(found.ladder.reviews, rel=0.03)
    assert found.fsrs.remembered > found.ladder.remembered - 0.01
    assert found.fsrs.remembered > found.once.remembered + 0.5
    # As it comes it asks a third less often, and keeps nearly what it promises.
    assert found.default.reviews < found.ladder.reviews * 0.8
    assert found.default.remembered > 0.85


def test_practice_right_after_practice_is_forgotten_faster() -> None:
    massed, spaced = (simulation.Question(simulation.THRESHOLD) for _ in range(2))
    for day in (0, 0.01, 0.02):
        massed.practise(day)
    for day in (0, 3, 10):
        spaced.practise(day)
    assert spaced.chance(40) > massed.chance(30.02)
