"""Attempts in three groups by what they earned, as equal as ties allow."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

LOWER, MIDDLE, UPPER = 0, 1, 2


def thirds(earned: Sequence[int] | Sequence[Fraction]) -> list[int]:
    """The third of each attempt, in the order given: LOWER, MIDDLE or UPPER.

    Equal results stay together: they go to the third in which the middle one of them stands when all are sorted, to the
    outer one of two when it stands between them. So neither chance nor the order of the rows decides, the groups may be
    unequal, and when nobody differs all are in the middle one.
    """
    size, below = len(earned), 0
    third = {}
    for value, count in sorted(Counter(earned).items()):
        middle = 3 * (2 * below + count)  # six times as far up as the middle one of them stands
        third[value] = LOWER if middle <= 2 * size else UPPER if middle >= 4 * size else MIDDLE
        below += count
    return [third[value] for value in earned]
