"""Who needs their manager this week, and why: reasons, never a bare score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

SETTLING_DAYS = 3  # nobody is called late in starting before
QUIET_DAYS = 7
FAILED_ATTEMPTS = 2


class Cause(IntEnum):
    """Why somebody needs attention, what presses most first."""

    LATE = 1
    STUCK = 2
    QUIET = 3
    NOT_STARTED = 4


@dataclass(frozen=True)
class LateThing:
    """Something due that is not done."""

    title: str
    days: int


@dataclass(frozen=True)
class FailedQuiz:
    """A quiz tried and not passed."""

    title: str
    step_id: str
    step_order: int
    attempts: int
    best_percent: int


@dataclass(frozen=True)
class Situation:
    """What the rules look at for one person. `last_at` is their last act of learning, None for nobody who began."""

    since: datetime
    last_at: datetime | None
    late: Sequence[LateThing] = ()
    failed: Sequence[FailedQuiz] = ()
    all_done: bool = False


@dataclass(frozen=True)
class Reason:
    """One reason, with the facts its sentence needs."""

    cause: Cause
    days: int = 0
    title: str = ""
    others: int = 0
    quiz: FailedQuiz | None = None


def reasons(situation: Situation, now: datetime) -> tuple[Reason, ...]:
    """Why a person needs attention, what presses most first; empty when they do not."""
    found = [_late(situation), *_stuck(situation), _quiet(situation, now)]
    return tuple(reason for reason in found if reason)


def pressing(found: Sequence[Reason]) -> tuple[int, int]:
    """What sorts people who need attention: the first reason's cause, then the longest first."""
    return (found[0].cause, -found[0].days)


def _late(situation: Situation) -> Reason | None:
    if not situation.late:
        return None
    worst = max(situation.late, key=lambda thing: thing.days)
    return Reason(Cause.LATE, worst.days, worst.title, len(situation.late) - 1)


def _stuck(situation: Situation) -> list[Reason]:
    stuck = sorted(
        (quiz for quiz in situation.failed if quiz.attempts >= FAILED_ATTEMPTS), key=lambda quiz: quiz.step_order
    )
    return [Reason(Cause.STUCK, quiz=quiz) for quiz in stuck]


def _quiet(situation: Situation, now: datetime) -> Reason | None:
    """Not started, or nothing for a week; whoever has done everything may rest."""
    if situation.last_at is None:
        days = (now - situation.since) // timedelta(days=1)
        return Reason(Cause.NOT_STARTED, days) if days >= SETTLING_DAYS and not situation.all_done else None
    days = (now - situation.last_at) // timedelta(days=1)
    return Reason(Cause.QUIET, days) if days >= QUIET_DAYS and not situation.all_done else None
