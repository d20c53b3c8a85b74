"""Mastery: forty percent reading, sixty percent quizzes, rounded down, explainable."""

from hypothesis import given
from hypothesis import strategies as st

from app.training import mastery
from app.training.mastery import StepMastery

PERCENTS = st.integers(0, 100)


def test_reading_counts_forty_percent_and_the_quiz_sixty() -> None:
    found = mastery.of_step(["a", "b"], ["q"], {"a"}, {"q": 80})
    assert found.percent == 20 + 48
    assert (found.plays_read, found.plays, found.quiz_percent, found.quiz_weight) == (1, 2, 80, 60)


def test_without_a_quiz_reading_alone_counts() -> None:
    assert mastery.of_step(["a", "b", "c"], [], {"a", "b"}, {}).percent == 66


def test_without_a_play_the_quiz_alone_counts() -> None:
    assert mastery.of_step([], ["q"], set(), {"q": 71}).percent == 71


def test_a_step_that_holds_nothing_has_no_figure() -> None:
    assert mastery.of_step([], [], set(), {}).percent is None


def test_a_quiz_never_taken_counts_as_nothing() -> None:
    found = mastery.of_step(["a"], ["q", "r"], {"a"}, {"q": 90})
    assert found.percent == 40 + 27
    assert found.quiz_percents == (90, None)


def test_the_overall_figure_is_the_mean_of_the_printed_ones() -> None:
    steps = [StepMastery(percent, 0, 0, ()) for percent in (67, 66, None)]
    assert mastery.overall(steps) == 66
    assert mastery.overall([]) is None


@given(st.integers(0, 9), st.integers(0, 9), st.lists(PERCENTS | st.none(), max_size=4))
def test_mastery_stays_between_0_and_100_and_is_full_only_when_all_is(
    plays: int, read: int, results: list[int | None]
) -> None:
    names = [f"p{each}" for each in range(plays)]
    quizzes = [f"q{each}" for each in range(len(results))]
    best = {quiz: result for quiz, result in zip(quizzes, results, strict=True) if result is not None}
    found = mastery.of_step(names, quizzes, set(names[:read]), best)
    if found.percent is None:
        assert not names
        assert not quizzes
        return
    assert 0 <= found.percent <= 100
    assert (found.percent == 100) == (read >= plays and all(result == 100 for result in results))


@given(st.integers(1, 9), st.integers(0, 8), PERCENTS, PERCENTS)
def test_doing_more_never_lowers_mastery(plays: int, read: int, before: int, after: int) -> None:
    names = [f"p{each}" for each in range(plays)]
    low, high = sorted((before, after))
    less = mastery.of_step(names, ["q"], set(names[:read]), {"q": low}).percent or 0
    more = mastery.of_step(names, ["q"], set(names[: read + 1]), {"q": high}).percent or 0
    assert less <= more
