"""Whether a person may start a quiz once more: how many attempts are left, and from when."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Allowance:
    """`left` is how many more attempts may be started, None without a limit; `again_at` is when the pause after the
    last one ends, None when there is none or nothing is left to wait for."""

    left: int | None
    again_at: datetime | None
    may_start: bool


@dataclass(frozen=True)
class Taken:
    """The attempts that a person has started at a quiz: how many, and when the last of those handed in was."""

    started: int
    last_end: datetime | None


def allowance(most: int | None, pause: timedelta, taken: Taken, at: datetime) -> Allowance:
    """What `most` attempts, with a `pause` between the end of one and the start of the next, leave at a moment.

    >>> at = datetime(2026, 11, 23, 8)
    >>> allowance(3, timedelta(hours=1), Taken(2, at - timedelta(minutes=59)), at).again_at
    datetime.datetime(2026, 11, 23, 8, 1)
    """
    left = None if most is None else max(0, most - taken.started)
    if left == 0:
        return Allowance(0, None, False)
    again_at = taken.last_end + pause if pause and taken.last_end else None
    if again_at is None or again_at <= at:
        return Allowance(left, None, True)
    return Allowance(left, again_at, False)
