"""The queue of a day: what comes first, and what the limits leave for another."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.practice.queue import Candidate, Done, Limits, choose, minutes

TODAY = date(2026, 11, 23)
MANY = Limits(daily=40, new_a_day=10)


def candidate(key: str, in_days: int = 0, *, new: bool = False, changed: bool = False) -> Candidate:
    on = TODAY + timedelta(days=in_days)
    return Candidate(("quiz", key), on, datetime(on.year, on.month, on.day, tzinfo=UTC), new, changed)


def keys(candidates: list[Candidate], limits: Limits = MANY, done: Done | None = None) -> list[str]:
    return [key for _, key in choose(candidates, TODAY, limits, done or Done()).names]


def test_what_is_due_later_waits_for_its_day() -> None:
    assert keys([candidate("today"), candidate("tomorrow", 1), candidate("late", -9)]) == ["late", "today"]


def test_changed_ones_come_first_then_those_due_longest_then_new_ones() -> None:
    wanted = [candidate("new", -5, new=True), candidate("b", -1), candidate("a", -2), candidate("c", 30, changed=True)]
    assert keys(wanted) == ["c", "a", "b", "new"]


def test_more_than_a_day_takes_leaves_the_youngest_for_tomorrow() -> None:
    wanted = [candidate(str(days), -days) for days in range(5)]
    found = choose(wanted, TODAY, Limits(3, 10), Done())
    assert ([key for _, key in found.names], found.waiting, len(found)) == (["4", "3", "2"], 2, 3)


def test_nothing_new_is_begun_while_old_ones_wait() -> None:
    wanted = [candidate("new", -9, new=True), *(candidate(str(days), -days) for days in range(3))]
    assert keys(wanted, Limits(3, 10)) == ["2", "1", "0"]


def test_only_so_many_are_new_a_day_those_of_this_morning_included() -> None:
    wanted = [candidate(str(number), new=True) for number in range(6)]
    assert keys(wanted, Limits(40, 4)) == ["0", "1", "2", "3"]
    assert keys(wanted, Limits(40, 4), Done(all=9, new=3)) == ["0"]
    assert keys(wanted, Limits(40, 0)) == []
    assert keys(wanted, Limits(40, 4), Done(all=40, new=0)) == []


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.booleans(), st.booleans()), max_size=40),
    st.integers(1, 20),
    st.integers(0, 20),
    st.integers(0, 30),
)
def test_a_queue_keeps_its_limits_and_loses_nothing(
    made: list[tuple[int, bool, bool]], daily: int, new_a_day: int, done: int
) -> None:
    wanted = [candidate(str(number), *each[:1], new=each[1], changed=each[2]) for number, each in enumerate(made)]
    found = choose(wanted, TODAY, Limits(daily, new_a_day), Done(done, 0))
    by_name = {each.name: each for each in wanted}
    asked = [by_name[name] for name in found.names]
    assert len(asked) <= max(0, daily - done)
    assert sum(each.is_new and not each.is_changed for each in asked) <= new_a_day
    assert all(each.is_due(TODAY) for each in asked)
    assert len(asked) + found.waiting == sum(each.is_due(TODAY) for each in wanted)
    assert len(set(found.names)) == len(found.names)


def test_twelve_questions_take_three_minutes() -> None:
    assert [minutes(questions) for questions in (0, 1, 4, 5, 12, 40)] == [0, 1, 1, 2, 3, 10]
