"""Which row of a list was which: so that one that was moved or changed a little keeps its writing and its comments."""

from collections.abc import Mapping
from typing import Any

MOST_COMPARED = 40_000  # pairs of rows; beyond, those that changed are taken in their order


def same(one: Any, other: Any) -> bool:
    """Equal, and of one type all the way down: 1 is not True, nor is the text "1" the number."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def align(old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new row the old one that it was, each once; None for a row that is new.

    >>> align(["a", "b", "c"], ["c", "a", "d"])
    [2, 0, 1]
    """
    found: list[int | None] = [None] * len(new)
    left = dict(enumerate(old))
    for place, row in enumerate(new):  # unchanged, where it was
        if place in left and same(left[place], row):
            found[place] = place
            del left[place]
    _take_equal(left, new, found)
    rest = [place for place, was in enumerate(found) if was is None]
    if len(left) * len(rest) <= MOST_COMPARED:
        _take_likest(left, new, found, rest)
    for place in list(left):  # changed altogether, where it was
        if place < len(new) and found[place] is None:
            found[place] = place
            del left[place]
    if not any(isinstance(row, Mapping) for row in old):
        _take_in_order(left, found)
    return found


def _take_equal(left: dict[int, Any], new: list[Any], found: list[int | None]) -> None:
    """Unchanged, elsewhere."""
    places: dict[str, list[int]] = {}
    for place, row in left.items():
        places.setdefault(repr(row), []).append(place)
    for place, row in enumerate(new):
        those = places.get(repr(row)) if found[place] is None else None
        if those and same(left[those[0]], row):
            found[place] = those.pop(0)
            del left[found[place] or 0]


def _take_likest(left: dict[int, Any], new: list[Any], found: list[int | None], rest: list[int]) -> None:
    """Rows of keys that share the most values, the nearest first."""
    pairs = [
        (-shared, abs(was - place), place, was)
        for place in rest
        for was, row in left.items()
        if (shared := _shared(row, new[place]))
    ]
    for _, _, place, was in sorted(pairs):
        if was in left and found[place] is None:
            found[place] = was
            del left[was]


def _shared(one: Any, other: Any) -> int:
    """How many values two rows share; 0 when it is less than half of them."""
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        return 0
    shared = sum(1 for key, value in one.items() if key in other and same(value, other[key]))
    return shared if 2 * shared >= min(len(one), len(other)) else 0


def _take_in_order(left: dict[int, Any], found: list[int | None]) -> None:
    """What is left takes the place of what is left, where the two stand at one position or in one order."""
    remaining = iter(sorted(left))
    for place, was in enumerate(found):
        if was is None and (following := next(remaining, None)) is not None:
            found[place] = following
            del left[following]
