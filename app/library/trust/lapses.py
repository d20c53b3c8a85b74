"""When a document ceases to be trusted: some days after its owner last said that it is true, unless it never does."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Standing:
    """How a document stands. `lapses_at` is None for one that never lapses."""

    verified_at: datetime
    lapses_at: datetime | None
    has_lapsed: bool


def standing(verified_at: datetime, every: int | None, usual: int, now: datetime) -> Standing:
    """The standing of a text. `every` is its own interval in days, None for the organisation's `usual`; 0 is never.

    It lapses at the very instant the interval ends.
    """
    days = usual if every is None else every
    if not days:
        return Standing(verified_at, None, False)
    lapses_at = verified_at + timedelta(days=days)
    return Standing(verified_at, lapses_at, lapses_at <= now)
