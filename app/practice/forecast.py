"""What the next thirty days will ask: each question answered rightly when it is due, within the day's limits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from app.practice import queue, scheduling
from app.practice.queue import Candidate, Done, Limits, Name
from app.practice.rating import Rating
from app.practice.scheduling import Memory

DAYS = 30
_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True)
class Planned:
    """A question with what is remembered of it; None for one that is new again."""

    candidate: Candidate
    memory: Memory | None


@dataclass(frozen=True)
class Day:
    """How many questions a day asks, and how many of them are new."""

    on: date
    questions: int
    new: int


def forecast(planned: Iterable[Planned], today: date, limits: Limits, done: Done, retention: int) -> list[Day]:
    """The questions of each day, from today on. A missed one comes back sooner, so the days may ask a little more."""
    cards: dict[Name, Planned] = {each.candidate.name: each for each in planned}
    days = []
    for number in range(DAYS):
        on = today + timedelta(days=number)
        chosen = queue.choose((each.candidate for each in cards.values()), on, limits, done if number == 0 else Done())
        new = sum(cards[name].candidate.is_new and not cards[name].candidate.is_changed for name in chosen.names)
        days.append(Day(on, len(chosen), new))
        for name in chosen.names:
            cards[name] = _answered(cards[name], datetime.combine(on, _NOON), retention)
    return days


def _answered(card: Planned, at: datetime, retention: int) -> Planned:
    memory, due_at = scheduling.rate(card.memory, Rating.GOOD, at, retention)
    candidate = replace(card.candidate, due_on=due_at.date(), due_at=due_at, is_new=False, is_changed=False)
    return Planned(candidate, memory)
