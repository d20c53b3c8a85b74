"""Whether the predictions hold: of the answers that were given a chance of about p to be known, how many were?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

# Fewer answers than this say nothing: one more or less would move the share by more than ten points.
ENOUGH = 10
# Narrow where FSRS lets most questions come back, wide below.
EDGES = (0, 500, 700, 800, 850, 900, 950, 1001)
_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True)
class Answered:
    """An answer: the chance that it would be known, in thousandths, and whether it was."""

    predicted: int
    remembered: bool


@dataclass(frozen=True)
class Share:
    """Of `n` answers: the mean chance predicted and the share remembered, from 0 to 1, with its 95 % interval.

    The three are None below ENOUGH answers.
    """

    n: int
    predicted: float | None = None
    measured: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Bin:
    """The answers whose chance was from `low` to below `high`, in percent."""

    low: int
    high: int
    share: Share


def overall(answers: Sequence[Answered]) -> Share:
    """All answers as one."""
    n = len(answers)
    if n < ENOUGH:
        return Share(n)
    remembered = sum(each.remembered for each in answers)
    return Share(n, sum(each.predicted for each in answers) / n / 1000, remembered / n, wilson(remembered, n))


def bins(answers: Iterable[Answered]) -> list[Bin]:
    """The answers by the chance they were given; bins without any are left out."""
    found: dict[tuple[int, int], list[Answered]] = {(low, high): [] for low, high in pairwise(EDGES)}
    for each in answers:
        for (low, high), held in found.items():
            if low <= each.predicted < high:
                held.append(each)
    return [Bin(low // 10, high // 10, overall(held)) for (low, high), held in found.items() if held]


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share, 95 %: it stays between 0 and 1, and holds for small n.

    Source: Wilson 1927, “Probable inference, the law of succession, and statistical inference”.

    >>> [round(bound, 4) for bound in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    share, square = successes / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    # The share itself lies between them, whatever was rounded on the way.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))
