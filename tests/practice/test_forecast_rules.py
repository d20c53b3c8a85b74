"""The forecast: what the next thirty days will ask, within each day's limits."""

from datetime import UTC, date, datetime, timedelta

from app.practice.forecast import DAYS, Planned, forecast
from app.practice.queue import Candidate, Done, Limits
from app.practice.rating import Rating
from app.practice.scheduling import rate

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = AT.date()
MANY = Limits(40, 10)


def planned(key: str, *, rating: Rating = Rating.GOOD, days_ago: int = 2, new: bool = False) -> Planned:
    memory, due_at = rate(None, rating, AT - timedelta(days=days_ago), 90)
    return Planned(Candidate(("quiz", key), due_at.date(), due_at, is_new=new), memory)


def counts(cards: list[Planned], limits: Limits = MANY, done: Done | None = None) -> list[int]:
    return [day.questions for day in forecast(cards, TODAY, limits, done or Done(), 90)]


def test_a_question_comes_again_as_often_as_its_memory_wants() -> None:
    found = forecast([planned("a")], TODAY, MANY, Done(), 90)
    assert (len(found), found[0].on, found[-1].on) == (DAYS, TODAY, date(2026, 12, 22))
    assert [place for place, day in enumerate(found) if day.questions] == [0, 11]


def test_what_a_day_does_not_take_moves_to_the_next() -> None:
    found = counts([planned(str(number)) for number in range(7)], Limits(3, 10))
    assert found[:4] == [3, 3, 1, 0]


def test_what_was_done_today_counts_for_today_alone() -> None:
    assert counts([planned(str(number)) for number in range(4)], Limits(3, 10), Done(2, 0))[:3] == [1, 3, 0]


def test_new_ones_enter_a_few_a_day() -> None:
    found = forecast([planned(str(number), new=True) for number in range(5)], TODAY, Limits(40, 2), Done(), 90)
    assert [(day.questions, day.new) for day in found[:4]] == [(2, 2), (2, 2), (1, 1), (0, 0)]


def test_a_changed_one_is_asked_today_and_starts_again() -> None:
    memory, _ = rate(None, Rating.EASY, AT, 90)
    candidate = Candidate(("quiz", "a"), TODAY + timedelta(days=200), AT, is_changed=True)
    assert memory.stability > 8
    assert [place for place, count in enumerate(counts([Planned(candidate, None)])) if count] == [0, 2, 13]
