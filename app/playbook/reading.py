"""How far a reader is with what there is to read: plain rules on what they said and what still holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reading(StrEnum):
    """Where a reader stands with one play."""

    READ = "read"
    CHANGED = "changed"
    TO_READ = "to_read"


def reading(said_on: int | None, *, holds: bool) -> Reading:
    """The state of a play: `said_on` is the revision somebody acknowledged; does that word still hold?"""
    if said_on is None:
        return Reading.TO_READ
    return Reading.READ if holds else Reading.CHANGED


@dataclass(frozen=True)
class Tally:
    """How many plays there are, were read, and changed since."""

    plays: int
    read: int
    changed: int

    @property
    def left(self) -> int:
        """How many ask to be read, for the first time or again."""
        return self.plays - self.read


def tally(states: Iterable[Reading]) -> Tally:
    """Count the states."""
    states = list(states)
    return Tally(len(states), states.count(Reading.READ), states.count(Reading.CHANGED))


def next_to_read(states: Mapping[str, Reading]) -> str | None:
    """The play to read next, among plays in order: first one that changed, because it was taken for known."""
    for wanted in (Reading.CHANGED, Reading.TO_READ):
        for play_id, state in states.items():
            if state is wanted:
                return play_id
    return None
