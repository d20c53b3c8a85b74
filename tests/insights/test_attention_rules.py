"""Who needs their manager, and why."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.insights import attention
from app.insights.attention import Cause, FailedQuiz, LateThing, Situation

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def _causes(situation: Situation) -> list[Cause]:
    return [reason.cause for reason in attention.reasons(situation, NOW)]


def test_whoever_moves_on_needs_nobody() -> None:
    assert _causes(Situation(since=_ago(60), last_at=_ago(6))) == []


def test_late_names_the_oldest_thing_and_counts_the_others() -> None:
    (reason,) = attention.reasons(Situation(_ago(60), _ago(1), late=[LateThing("a", 2), LateThing("b", 9)]), NOW)
    assert (reason.cause, reason.title, reason.days, reason.others) == (Cause.LATE, "b", 9, 1)


def test_two_failures_are_being_stuck_and_one_is_not() -> None:
    once, twice = FailedQuiz("q", "s", 4, 1, 60), FailedQuiz("q", "s", 4, 2, 60)
    assert _causes(Situation(_ago(60), _ago(1), failed=[once])) == []
    assert _causes(Situation(_ago(60), _ago(1), failed=[twice])) == [Cause.STUCK]


def test_a_week_without_a_deed_is_silence() -> None:
    assert _causes(Situation(_ago(60), _ago(7))) == [Cause.QUIET]


def test_whoever_has_done_everything_may_rest() -> None:
    assert _causes(Situation(_ago(60), _ago(90), all_done=True)) == []


def test_newcomers_have_three_days_to_begin() -> None:
    assert _causes(Situation(since=_ago(2), last_at=None)) == []
    assert _causes(Situation(since=_ago(3), last_at=None)) == [Cause.NOT_STARTED]


@given(
    st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.lists(st.builds(LateThing, st.just("t"), st.integers(0, 60)), max_size=4),
    st.lists(
        st.builds(FailedQuiz, st.just("q"), st.just("s"), st.integers(1, 7), st.integers(1, 5), st.just(50)), max_size=4
    ),
)
def test_what_presses_most_is_said_first_and_nobody_is_both_silent_and_new(
    since: int, last: int | None, late: list[LateThing], failed: list[FailedQuiz]
) -> None:
    found = _causes(Situation(_ago(since), None if last is None else _ago(last), late, failed))
    assert found == sorted(found)
    assert (Cause.LATE in found) == bool(late)
    assert not {Cause.QUIET, Cause.NOT_STARTED} <= set(found)
