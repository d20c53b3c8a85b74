"""What to ask today, and what waits for another day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

SECONDS_A_QUESTION = 15

Name = tuple[str, str]


@dataclass(frozen=True)
class Limits:
    """At most how many questions a day, and how many of them that were met in a quiz and never reviewed."""

    daily: int
    new_a_day: int


@dataclass(frozen=True)
class Done:
    """How many answers were given today, and how many of them to questions that were new."""

    all: int = 0
    new: int = 0


@dataclass(frozen=True)
class Candidate:
    """A question as the queue sees it: its document and key, the day it is due, and `due_at` for the order of one day.

    `is_new`: never reviewed since it was met. `is_changed`: it asks something else than what was answered last, so it
    is due whatever its day.
    """

    name: Name
    due_on: date
    due_at: datetime
    is_new: bool = False
    is_changed: bool = False

    def is_due(self, today: date) -> bool:
        """Whether it may be asked on this day."""
        return self.is_changed or self.due_on <= today


@dataclass(frozen=True)
class Queue:
    """What to ask today, in order; `waiting` is how many more are due, which the limits leave for another day."""

    names: tuple[Name, ...]
    waiting: int

    def __len__(self) -> int:
        return len(self.names)


def choose(candidates: Iterable[Candidate], today: date, limits: Limits, done: Done) -> Queue:
    """Changed questions first, since what is remembered of them is wrong; then those due longest; then new ones.

    When more is due than the day takes, the oldest come first and the rest waits: nothing new is begun meanwhile.
    """
    due = [each for each in candidates if each.is_due(today)]
    changed = _oldest_first(each for each in due if each.is_changed)
    known = _oldest_first(each for each in due if not each.is_changed and not each.is_new)
    fresh = _oldest_first(each for each in due if not each.is_changed and each.is_new)
    room = max(0, limits.daily - done.all)
    asked = [*changed, *known, *fresh[: max(0, limits.new_a_day - done.new)]][:room]
    return Queue(tuple(each.name for each in asked), len(due) - len(asked))


def minutes(questions: int) -> int:
    """How long so many take, rounded up.

    >>> minutes(12), minutes(1), minutes(0)
    (3, 1, 0)
    """
    return -(-questions * SECONDS_A_QUESTION // 60)


def _oldest_first(candidates: Iterable[Candidate]) -> Sequence[Candidate]:
    return sorted(candidates, key=lambda each: (each.due_at, each.name))
