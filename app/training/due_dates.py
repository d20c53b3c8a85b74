"""Due dates: the day somebody chose, what it means to the one who reads it, and what counts first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

DEFAULT_DAYS = 7
FURTHEST_DAYS = 730


class When(Enum):
    """How near a due date is."""

    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this week"
    LATER = "later"


@dataclass(frozen=True)
class Due:
    """A due date as its reader sees it: `day` is in their time zone, `days` how many days away, or late."""

    when: When
    day: date
    days: int


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day where the one who chose it lives: until then it is not late."""
    return datetime.combine(day, time(23, 59, 59), zone)


def default_day(now: datetime, zone: ZoneInfo) -> date:
    """The day a form suggests."""
    return now.astimezone(zone).date() + timedelta(days=DEFAULT_DAYS)


def is_acceptable(day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a day may be chosen: today at the earliest, within two years."""
    return 0 <= (day - now.astimezone(zone).date()).days <= FURTHEST_DAYS


def due(due_at: datetime, now: datetime, zone: ZoneInfo) -> Due:
    """How near a due date is, in calendar days of the reader's zone.

    Late by 0 days is possible: the day ended an hour ago for the one who chose it, and not yet here.
    """
    day, today = due_at.astimezone(zone).date(), now.astimezone(zone).date()
    if now > due_at:
        return Due(When.LATE, day, max(0, (today - day).days))
    days = max(0, (day - today).days)
    return Due(_nearness(days), day, days)


def days_late(due_at: datetime, done_at: datetime, zone: ZoneInfo) -> int:
    """By how many days something was done too late; 0 when in time."""
    if done_at <= due_at:
        return 0
    return max(1, (done_at.astimezone(zone).date() - due_at.astimezone(zone).date()).days)


def urgency(due_at: datetime, step_order: int, is_quiz: bool, title: str) -> tuple[datetime, int, bool, str]:
    """What counts first: the oldest due date; then the lower step; then reading before its quiz."""
    return (due_at, step_order, is_quiz, title)


def _nearness(days: int) -> When:
    if days < 2:
        return When.TOMORROW if days else When.TODAY
    return When.THIS_WEEK if days < 7 else When.LATER
